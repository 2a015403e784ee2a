#include "governance/result.hpp"

namespace governance {

// One line a code, without a default, so that a new code is a warning.
std::string_view name(RefusalCode code) // NOLINT(readability-function-size)
{
    switch (code) {
    case RefusalCode::needs_second_person: return "needs_second_person";
    case RefusalCode::missing_item: return "missing_item";
    case RefusalCode::bad_item: return "bad_item";
    case RefusalCode::out_of_range: return "out_of_range";
    case RefusalCode::wrong_state: return "wrong_state";
    case RefusalCode::not_the_actor: return "not_the_actor";
    case RefusalCode::same_person: return "same_person";
    case RefusalCode::too_early: return "too_early";
    case RefusalCode::too_late: return "too_late";
    case RefusalCode::mode_comes_later: return "mode_comes_later";
    case RefusalCode::not_bound: return "not_bound";
    case RefusalCode::minor: return "minor";
    case RefusalCode::muted: return "muted";
    case RefusalCode::not_in_scope: return "not_in_scope";
    case RefusalCode::empty_base: return "empty_base";
    case RefusalCode::tally_mismatch: return "tally_mismatch";
    case RefusalCode::text_too_short: return "text_too_short";
    case RefusalCode::text_too_long: return "text_too_long";
    case RefusalCode::similar_proposal_open: return "similar_proposal_open";
    case RefusalCode::threshold_not_reached: return "threshold_not_reached";
    case RefusalCode::not_a_presenter: return "not_a_presenter";
    case RefusalCode::merge_target_dead: return "merge_target_dead";
    case RefusalCode::merge_target_narrower: return "merge_target_narrower";
    case RefusalCode::merge_with_itself: return "merge_with_itself";
    case RefusalCode::unchanged: return "unchanged";
    case RefusalCode::refused_topic: return "refused_topic";
    case RefusalCode::mode_not_allowed: return "mode_not_allowed";
    case RefusalCode::party_study_missing: return "party_study_missing";
    case RefusalCode::parties_missing: return "parties_missing";
    case RefusalCode::revision_not_supported: return "revision_not_supported";
    case RefusalCode::no_ballot_in_mode: return "no_ballot_in_mode";
    case RefusalCode::roll_incomplete: return "roll_incomplete";
    case RefusalCode::nobody_eligible: return "nobody_eligible";
    case RefusalCode::not_a_consensus: return "not_a_consensus";
    case RefusalCode::party_not_signed: return "party_not_signed";
    case RefusalCode::not_a_party: return "not_a_party";
    case RefusalCode::vote_still_open: return "vote_still_open";
    case RefusalCode::outcome_differs: return "outcome_differs";
    case RefusalCode::extension_used: return "extension_used";
    case RefusalCode::objection_open: return "objection_open";
    case RefusalCode::objection_window_open: return "objection_window_open";
    case RefusalCode::objection_window_over: return "objection_window_over";
    case RefusalCode::own_objection: return "own_objection";
    case RefusalCode::percent_fell: return "percent_fell";
    case RefusalCode::not_the_plan_owner: return "not_the_plan_owner";
    case RefusalCode::checker_is_executor: return "checker_is_executor";
    case RefusalCode::pictures_missing: return "pictures_missing";
    case RefusalCode::evaluation_still_open: return "evaluation_still_open";
    case RefusalCode::rework_used_up: return "rework_used_up";
    case RefusalCode::no_second_failure: return "no_second_failure";
    case RefusalCode::reopen_needs_support: return "reopen_needs_support";
    case RefusalCode::reopen_window_over: return "reopen_window_over";
    case RefusalCode::new_facts_missing: return "new_facts_missing";
    case RefusalCode::household_endorsed_already: return "household_endorsed_already";
    case RefusalCode::household_rated_already: return "household_rated_already";
    case RefusalCode::voting_not_open: return "voting_not_open";
    case RefusalCode::voting_closed: return "voting_closed";
    case RefusalCode::not_in_electorate: return "not_in_electorate";
    case RefusalCode::option_expected: return "option_expected";
    case RefusalCode::option_unknown: return "option_unknown";
    case RefusalCode::choice_expected: return "choice_expected";
    case RefusalCode::no_ballot: return "no_ballot";
    case RefusalCode::paper_ballot_stands: return "paper_ballot_stands";
    case RefusalCode::place_missing: return "place_missing";
    case RefusalCode::problem_missing: return "problem_missing";
    case RefusalCode::critical_never_waits: return "critical_never_waits";
    case RefusalCode::critical_not_withdrawn: return "critical_not_withdrawn";
    case RefusalCode::nothing_missing: return "nothing_missing";
    case RefusalCode::not_the_same_matter: return "not_the_same_matter";
    case RefusalCode::beyond_the_grid: return "beyond_the_grid";
    case RefusalCode::within_the_grid: return "within_the_grid";
    case RefusalCode::at_the_top: return "at_the_top";
    case RefusalCode::unit_unknown: return "unit_unknown";
    case RefusalCode::already_designated: return "already_designated";
    case RefusalCode::extension_limit: return "extension_limit";
    case RefusalCode::checker_is_handler: return "checker_is_handler";
    case RefusalCode::not_the_handler: return "not_the_handler";
    case RefusalCode::not_rated_badly: return "not_rated_badly";
    case RefusalCode::rated_badly: return "rated_badly";
    case RefusalCode::reopen_limit: return "reopen_limit";
    case RefusalCode::occurred_too_early: return "occurred_too_early";
    case RefusalCode::occurred_in_future: return "occurred_in_future";
    case RefusalCode::item_unknown: return "item_unknown";
    case RefusalCode::delta_not_allowed: return "delta_not_allowed";
    case RefusalCode::auditor_conflict: return "auditor_conflict";
    case RefusalCode::warning_not_due: return "warning_not_due";
    case RefusalCode::put_right: return "put_right";
    case RefusalCode::period_open: return "period_open";
    case RefusalCode::appeal_open: return "appeal_open";
    case RefusalCode::appeal_used: return "appeal_used";
    case RefusalCode::panel_wrong: return "panel_wrong";
    case RefusalCode::fact_scored_before: return "fact_scored_before";
    case RefusalCode::points_overflow: return "points_overflow";
    case RefusalCode::not_reversible: return "not_reversible";
    }
    return "unknown";
}

UnreadRefusal::UnreadRefusal(Refusal const& refusal) : std::logic_error("unread refusal: " + std::string(name(refusal.code))) {}

void throw_exception_from_error(Refusal const& refusal, boost::source_location const& /*where*/)
{
    throw UnreadRefusal(refusal);
}

} // namespace governance
