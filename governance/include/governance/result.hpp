#pragma once

#include <boost/system/result.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// What a rule answers when it does not allow something: a code and what the wording needs to say it.
namespace governance {

/// Why something was refused. The Chinese wording lives in a catalogue keyed by name(); the comment names the details each code carries.
enum class RefusalCode {
    needs_second_person = 1, ///< roles (actor words joined by |, who may be the second), settings are the caller's to show
    missing_item,            ///< item: name of an item of StepInput, as in minutes, reason, days
    bad_item,                ///< item; why: not_allowed, unknown, empty; allowed (joined by |) where there is a list
    out_of_range,            ///< item, min, max
    wrong_state,             ///< state, state_title, next (trigger of the next possible step), next_actors (actor words joined by |)
    not_the_actor,           ///< actors: actor words of the row joined by |
    same_person,             ///< the second person is the first
    too_early,               ///< not_before: an instant as seconds since the epoch
    too_late,                ///< until: an instant as seconds since the epoch
    mode_comes_later,        ///< mode (resolution mode or transfer target), contact: actor word of whom to turn to
    not_bound,
    minor,
    muted,
    not_in_scope,
    empty_base,            ///< the base of a majority is 0
    tally_mismatch,        ///< counts that do not add up
    text_too_short,        ///< min: characters
    text_too_long,         ///< max: characters
    similar_proposal_open, ///< ref: the number to endorse instead
    threshold_not_reached, ///< needed, have
    not_a_presenter,       ///< neither author nor presenter may skip endorsements
    merge_target_dead,     ///< ref
    merge_target_narrower, ///< ref
    merge_with_itself,     ///< ref
    unchanged,
    refused_topic,    ///< topic
    mode_not_allowed, ///< mode, allowed (joined by |, the first is the default)
    party_study_missing,
    parties_missing,        ///< item=parties; a consensus names its parties
    revision_not_supported, ///< needed (thirds of speakers rounded up), have: neither the author nor a third of the speakers ask
    no_ballot_in_mode,      ///< mode: parties sign, nobody votes
    roll_incomplete,        ///< have, declared
    nobody_eligible,
    not_a_consensus,  ///< mode
    party_not_signed, ///< party: the first that has not signed; missing: how many
    not_a_party,      ///< party
    vote_still_open,  ///< until, participating, eligible
    outcome_differs,  ///< outcome: what the count says; this step is for another outcome
    extension_used,
    objection_open,        ///< open: how many objections wait for an answer
    objection_window_open, ///< until
    objection_window_over, ///< until
    own_objection,         ///< an objection's author does not judge it
    percent_fell,          ///< from, to: needs a reason
    not_the_plan_owner,    ///< owner
    checker_is_executor,   ///< owns the plan or reported progress
    pictures_missing,
    evaluation_still_open, ///< until
    rework_used_up,        ///< a second failure goes to the supervisor
    no_second_failure,
    reopen_needs_support, ///< needed, have, until
    reopen_window_over,   ///< until
    new_facts_missing,
    household_endorsed_already,
    household_rated_already,
    voting_not_open,
    voting_closed, ///< closes_at
    not_in_electorate,
    option_expected, ///< options (joined by |)
    option_unknown,  ///< options (joined by |)
    choice_expected, ///< for, against or abstain, not an option
    no_ballot,
    paper_ballot_stands,
    place_missing,
    problem_missing,
    critical_never_waits,
    critical_not_withdrawn,
    nothing_missing,     ///< the report has place and problem
    not_the_same_matter, ///< ref: other subcategory or place, or too old
    beyond_the_grid,     ///< level: who handles it first
    within_the_grid,     ///< the grid handles it itself
    at_the_top,          ///< level: no level above
    unit_unknown,        ///< unit
    already_designated,  ///< unit: a designated unit may not return the order
    extension_limit,     ///< used, max: how often; or until: latest new due time
    checker_is_handler,
    not_the_handler,    ///< handler
    not_rated_badly,    ///< stars: nothing to reopen
    rated_badly,        ///< stars: two or fewer reopen the case instead of closing it
    reopen_limit,       ///< max: then the supervisor takes over
    occurred_too_early, ///< days: declared later than that after the event
    occurred_in_future,
    item_unknown,      ///< code
    delta_not_allowed, ///< min, max in points
    auditor_conflict,  ///< why: declarer, collector, household
    warning_not_due,   ///< until: the household may still put it right
    put_right,         ///< fixed in time: no deduction
    period_open,       ///< until
    appeal_open,
    appeal_used,        ///< one appeal an entry
    panel_wrong,        ///< needed; why: too_few, auditor, involved
    fact_scored_before, ///< record
    points_overflow,
    not_reversible, ///< state
};

/// The code's own name, as in "needs_second_person".
[[nodiscard]] std::string_view name(RefusalCode code);

/// Keys are those named beside the code; numbers and instants (seconds since the epoch) are decimal text.
struct Refusal {
    RefusalCode code = RefusalCode::wrong_state;
    std::map<std::string, std::string> details;

    Refusal() = default;
    // Implicit, so that `return RefusalCode::muted;` reads as what it is.
    // NOLINTNEXTLINE(google-explicit-constructor)
    Refusal(RefusalCode refused, std::map<std::string, std::string> with = {}) : code(refused), details(std::move(with)) {}
    friend bool operator==(Refusal const&, Refusal const&) = default;
};

/// Thrown by result::value() on a refusal that the caller did not look at: a bug of the caller.
class UnreadRefusal : public std::logic_error {
public:
    explicit UnreadRefusal(Refusal const& refusal);
};
[[noreturn]] void throw_exception_from_error(Refusal const& refusal, boost::source_location const& where);

template <class T>
using result = boost::system::result<T, Refusal>;

} // namespace governance
