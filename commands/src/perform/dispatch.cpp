#include "perform/drafts.hpp"
#include "perform/intents.hpp"
#include "perform/official.hpp"

namespace commands {

using reader::Intent;
using reader::Mode;

void perform(Turn& turn, reader::Reading const& reading)
{
    switch (reading.intent) {
    case Intent::none: return;
    case Intent::proposal_create: return create_proposal(turn, reading);
    case Intent::proposal_endorse: return endorse_proposal(turn, reading);
    case Intent::proposal_amend: return amend_proposal(turn, reading);
    case Intent::proposal_comment: return comment_proposal(turn, reading);
    case Intent::proposal_reopen: return reopen_proposal(turn, reading);
    case Intent::proposal_list: return list_proposals(turn, reading);
    case Intent::vote_cast: return cast_vote(turn, reading);
    case Intent::withdraw: return withdraw(turn, reading);
    case Intent::review_decide:
    case Intent::stage_advance:
    case Intent::progress_update: return perform_official(turn, reading);
    case Intent::objection_raise: return object_proposal(turn, reading);
    case Intent::query_status: return tell_status(turn, reading);
    case Intent::query_mine: return tell_mine(turn, reading);
    case Intent::rate_submit: return rate(turn, reading);
    case Intent::report_create: return create_report(turn, reading);
    case Intent::report_supplement: return supplement_report(turn, reading);
    case Intent::case_action: return act_on_case(turn, reading);
    case Intent::case_urge: return urge_case(turn, reading);
    case Intent::points_query: return tell_points(turn, reading);
    case Intent::points_rank: return tell_ranking(turn, reading);
    case Intent::points_rules: return tell_points_rules(turn, reading);
    case Intent::points_declare: return declare_points(turn, reading);
    case Intent::points_record: return record_points(turn, reading);
    case Intent::points_audit: return audit_points(turn, reading);
    case Intent::help: return tell_help(turn, reading);
    case Intent::bind: return bind_resident(turn, reading);
    case Intent::notice_pref: return set_notice_preference(turn, reading);
    case Intent::answer_yes:
    case Intent::answer_no:
    case Intent::answer_choice: return answer_draft(turn, reading);
    case Intent::human: return call_human(turn, reading);
    case Intent::whistle_blow:
    case Intent::whistle_respond:
    case Intent::bulletin_query:
    case Intent::service_request:
    case Intent::mediation_request:
    case Intent::points_appeal:
    case Intent::points_redeem:
    case Intent::points_shop:
    case Intent::list_query:
    case Intent::disclosure_query:
    case Intent::sunshine_ask:
    case Intent::sunshine_answer:
    case Intent::task_report:
    case Intent::task_query:
    case Intent::volunteer_signup:
    case Intent::star_self_score:
    case Intent::star_query: return comes_later(turn, reading);
    }
}

void respond(Turn& turn, reader::Reading const& reading)
{
    // Nothing is asked before the number to call was given (domain.md 8.5).
    if (reading.intent == Intent::report_create && reading.mode != Mode::ignore && reading.args.text("urgency") == "critical")
        return perform(turn, reading);
    switch (reading.mode) {
    case Mode::ignore: return;
    case Mode::execute: return perform(turn, reading);
    case Mode::confirm: return ask_confirmation(turn, reading);
    case Mode::clarify: return ask_missing(turn, reading);
    }
}

} // namespace commands
