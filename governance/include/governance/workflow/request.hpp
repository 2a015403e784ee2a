#pragma once

#include "governance/calendar.hpp"
#include "governance/ids.hpp"
#include "governance/majority.hpp"
#include "governance/proposal.hpp"
#include "governance/router.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace governance {
struct SlaTable;
struct RoutingTable;
struct CatalogueItem;
} // namespace governance

namespace governance::workflow {

/// Who asks, as far as this matter is concerned.
struct Actor {
    PersonId person; ///< empty for timer, bot and imported sources
    HouseholdId household;
    std::string name; ///< as the plan or the household file names the person; may be empty
    std::set<std::string>
        words; ///< actor words of permissions.json fulfilled by role in the matter's scope ("committee", "supervision"…);
               ///< words by relation ("author", "reporter", "responsible unit", "handler", "subject") the engine adds itself
    std::set<std::string> units; ///< units and departments the person acts for
    bool bound = true;
    bool in_scope = true; ///< lives in, or owns within, the matter's scope
    bool adult = true;

    [[nodiscard]] static Actor timer();
    [[nodiscard]] static Actor bot();
};

/// What a step was given, typed once at the door; names of `needs` and of missing_item are the members' names. Source:
/// domain.md 4.6, 8.3, 6.3.
struct StepInput {
    std::optional<std::string> title;
    std::optional<std::string> text; ///< of a proposal, report or comment
    std::optional<std::string> address;
    std::optional<std::string> reason; ///< also: what to change, what changed, what is new, the objection
    std::optional<std::string> reason_code;
    std::optional<std::string> answer; ///< written answer to an objection
    std::optional<ResolutionMode> mode;
    std::optional<UnitId> scope;
    std::optional<ScopeKind> scope_kind;
    std::optional<std::int64_t> scope_households; ///< declared total of `scope`
    std::optional<CostClass> cost;
    std::optional<std::int64_t> amount_fen; ///< a household's share
    std::optional<MatterClass> matter_class;
    std::optional<std::vector<std::string>> parties;
    std::optional<std::string> party_study;
    std::optional<std::string> minutes;
    std::optional<std::string> question;
    std::optional<std::vector<std::string>> options;
    std::optional<int> days;
    std::optional<std::string> agreement;  ///< text of a signed consensus
    std::optional<std::string> plan_owner; ///< PersonId or UnitId as text
    std::optional<std::string> body;       ///< residents' own body that looks after the result, as in parking_committee
    std::optional<std::int64_t> budget_fen;
    std::optional<std::vector<Milestone>> milestones;
    std::optional<int> percent;
    std::optional<std::int64_t> spent_fen;
    std::optional<int> pictures;
    std::optional<LocalDate> restart;
    std::optional<std::string> basis;           ///< of a stop
    std::optional<std::string> emergency;       ///< reason for not waiting out the objection window
    std::optional<RefNo> merge_target;          ///< also the master of a duplicate report
    std::optional<std::string> transfer_target; ///< report, service, mediation, four_two, owners_meeting
    std::optional<std::string> result;          ///< of handling, as told to the reporter; of a visit
    std::optional<std::string> channel;         ///< where a refused report belongs
    std::optional<std::string> unit;            ///< department, next level or right unit
    std::optional<std::vector<std::string>> co_units;
    std::optional<std::string> due_text; ///< by when, as told to the reporter
    std::optional<int> stars;
    std::optional<bool> unsolved;
    std::optional<std::string> item_code; ///< of the points catalogue
    std::optional<std::int64_t> delta_hundredths;
    std::optional<Instant> occurred_at;
    std::optional<std::string> cause;
    std::optional<std::vector<std::string>> evidence;
    std::optional<std::vector<PersonId>> panel;
    std::optional<bool> put_right;
};
/// Names of all members, for Vocabulary::items.
[[nodiscard]] std::set<std::string> item_names();
/// True when the member with that name is there and not an empty text or list. An unknown name throws std::logic_error.
[[nodiscard]] bool has_item(StepInput const& input, std::string const& item);

/// Another matter, as a merge needs it.
struct TargetView {
    RefNo no;
    std::string kind; ///< definition id
    std::string state;
    bool alive = false;        ///< not in an end state
    bool covers_scope = false; ///< same scope or wider
    bool same_place = false;
    std::string subcategory;
    Instant opened_at{};
};

/// What only the store can count. A guard that needs one that is absent throws std::logic_error: the caller forgot it. Which trigger needs
/// which fact stands behind the member.
struct Facts {
    // create (2), confirm, reopen (39)
    std::optional<bool> muted;                    ///< create
    std::optional<RefNo> similar_open;            ///< create: the author's own open proposal with similarity >= 0.8; absent when none
    std::optional<std::int64_t> scope_households; ///< create, open_vote, evaluation_ends, accept: declared total of the scope
    std::optional<bool> presented;                ///< fast_track: author or presenter holds a presenting role there
    // endorsements
    std::optional<std::int64_t> endorsing_households; ///< endorsed, collection_ends
    // accept
    std::optional<CommunityKind> community_kind; ///< accept
    std::optional<bool> has_owners_meeting;      ///< accept: estate of the scope has one
    std::optional<bool> private_property_touched;
    std::optional<bool> land_touched;
    std::optional<RefusedTopic> refused_topic;
    // merge, mark_duplicate
    std::optional<TargetView> target; ///< merge, mark_duplicate
    // revise (14)
    std::optional<std::int64_t> speakers; ///< revise: people who spoke in the deliberation
    std::optional<std::int64_t> speakers_for_revision;
    std::optional<bool> author_agrees;
    // open_vote (15)
    std::optional<std::int64_t> roll_rows;  ///< rows of the complete roll of the scope
    std::optional<std::int64_t> electorate; ///< size of the frozen electorate (for committee_decision: members of both committees)
    // start (27)
    std::optional<bool> plan_owner_fits; ///< start: the named person or unit may do `execution.update` there
    // close_vote (18-20), run-off
    std::optional<Tally> tally; ///< of the current round, eligible included
    // evaluation_ends (35, 36)
    std::optional<Scores> scores; ///< of the current evaluation round
    // reopen (39)
    std::optional<std::int64_t> reopen_supporters; ///< households that asked for it within the window
    // reports
    std::optional<bool> unit_known;    ///< dispatch, escalate: the named unit exists
    std::optional<bool> office_checks; ///< feed_back, check_failed of a confidential report: its office has somebody else than the handler
    // points
    std::optional<CatalogueItem const*> item;                    ///< declare, record, approve
    std::optional<std::int64_t> posted_in_cap_period_hundredths; ///< approve: sum already posted for the item in its cap period
    std::optional<bool> fact_scored_before;                      ///< record, approve
    std::optional<Instant> period_ends;                          ///< publish_quarter
};

/// What the rules may look at beside the matter.
struct Surroundings {
    WorkCalendar const* calendar = nullptr; ///< required
    SlaTable const* sla = nullptr;          ///< reports
    RoutingTable const* routing = nullptr;  ///< reports
};

struct Request {
    std::string trigger;
    Actor actor;
    std::vector<Actor> concurring; ///< others who agreed to exactly these settings (two pairs of eyes)
    StepInput input;
    Facts facts;
    Instant now{};
    Surroundings surroundings;
};

} // namespace governance::workflow
