#pragma once

#include <optional>
#include <string_view>

namespace commands::reader {

/// What may be done with a reading. Source: domain.md 15.1.
enum class Mode {
    execute, ///< clear enough: do it; permission, scope and state are checked when it is performed
    confirm, ///< record nothing but a draft and ask the speaker privately
    clarify, ///< the intent is known, `missing` names what has to be asked for
    ignore,  ///< no reaction at all; the intent is none
};

/// Everything a resident or an official can ask for in words. Source: domain.md 15.2, intents.json.
enum class Intent {
    none,
    proposal_create,
    proposal_endorse,
    proposal_amend,
    proposal_comment,
    proposal_reopen,
    proposal_list,
    vote_cast,
    withdraw,
    review_decide,
    stage_advance,
    objection_raise,
    progress_update,
    query_status,
    query_mine,
    rate_submit,
    report_create,
    report_supplement,
    case_action,
    case_urge,
    whistle_blow,
    whistle_respond,
    bulletin_query,
    service_request,
    mediation_request,
    points_query,
    points_declare,
    points_rank,
    points_rules,
    points_appeal,
    points_redeem,
    points_shop,
    points_audit,
    points_record,
    list_query,
    disclosure_query,
    sunshine_ask,
    sunshine_answer,
    task_report,
    task_query,
    volunteer_signup,
    star_self_score,
    star_query,
    help,
    bind,
    notice_pref,
    answer_yes,
    answer_no,
    answer_choice,
    human,
};

/// "execute", "confirm", "clarify", "ignore".
[[nodiscard]] std::string_view name_of(Mode mode);
/// The dotted name of intents.json, as in "vote.cast".
[[nodiscard]] std::string_view name_of(Intent intent);
/// The intent of a dotted name; nothing for an unknown one.
[[nodiscard]] std::optional<Intent> intent_named(std::string_view name);

} // namespace commands::reader
