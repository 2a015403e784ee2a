#include "commands/reader/intent.hpp"

#include <array>
#include <utility>

namespace commands::reader {

namespace {

constexpr std::array kIntentNames{
    std::pair{Intent::none, std::string_view{"none"}},
    std::pair{Intent::proposal_create, std::string_view{"proposal.create"}},
    std::pair{Intent::proposal_endorse, std::string_view{"proposal.endorse"}},
    std::pair{Intent::proposal_amend, std::string_view{"proposal.amend"}},
    std::pair{Intent::proposal_comment, std::string_view{"proposal.comment"}},
    std::pair{Intent::proposal_reopen, std::string_view{"proposal.reopen"}},
    std::pair{Intent::proposal_list, std::string_view{"proposal.list"}},
    std::pair{Intent::vote_cast, std::string_view{"vote.cast"}},
    std::pair{Intent::withdraw, std::string_view{"withdraw"}},
    std::pair{Intent::review_decide, std::string_view{"review.decide"}},
    std::pair{Intent::stage_advance, std::string_view{"stage.advance"}},
    std::pair{Intent::objection_raise, std::string_view{"objection.raise"}},
    std::pair{Intent::progress_update, std::string_view{"progress.update"}},
    std::pair{Intent::query_status, std::string_view{"query.status"}},
    std::pair{Intent::query_mine, std::string_view{"query.mine"}},
    std::pair{Intent::rate_submit, std::string_view{"rate.submit"}},
    std::pair{Intent::report_create, std::string_view{"report.create"}},
    std::pair{Intent::report_supplement, std::string_view{"report.supplement"}},
    std::pair{Intent::case_action, std::string_view{"case.action"}},
    std::pair{Intent::case_urge, std::string_view{"case.urge"}},
    std::pair{Intent::whistle_blow, std::string_view{"whistle.blow"}},
    std::pair{Intent::whistle_respond, std::string_view{"whistle.respond"}},
    std::pair{Intent::bulletin_query, std::string_view{"bulletin.query"}},
    std::pair{Intent::service_request, std::string_view{"service.request"}},
    std::pair{Intent::mediation_request, std::string_view{"mediation.request"}},
    std::pair{Intent::points_query, std::string_view{"points.query"}},
    std::pair{Intent::points_declare, std::string_view{"points.declare"}},
    std::pair{Intent::points_rank, std::string_view{"points.rank"}},
    std::pair{Intent::points_rules, std::string_view{"points.rules"}},
    std::pair{Intent::points_appeal, std::string_view{"points.appeal"}},
    std::pair{Intent::points_redeem, std::string_view{"points.redeem"}},
    std::pair{Intent::points_shop, std::string_view{"points.shop"}},
    std::pair{Intent::points_audit, std::string_view{"points.audit"}},
    std::pair{Intent::points_record, std::string_view{"points.record"}},
    std::pair{Intent::list_query, std::string_view{"list.query"}},
    std::pair{Intent::disclosure_query, std::string_view{"disclosure.query"}},
    std::pair{Intent::sunshine_ask, std::string_view{"sunshine.ask"}},
    std::pair{Intent::sunshine_answer, std::string_view{"sunshine.answer"}},
    std::pair{Intent::task_report, std::string_view{"task.report"}},
    std::pair{Intent::task_query, std::string_view{"task.query"}},
    std::pair{Intent::volunteer_signup, std::string_view{"volunteer.signup"}},
    std::pair{Intent::star_self_score, std::string_view{"star.self_score"}},
    std::pair{Intent::star_query, std::string_view{"star.query"}},
    std::pair{Intent::help, std::string_view{"help"}},
    std::pair{Intent::bind, std::string_view{"bind"}},
    std::pair{Intent::notice_pref, std::string_view{"notice.pref"}},
    std::pair{Intent::answer_yes, std::string_view{"answer.yes"}},
    std::pair{Intent::answer_no, std::string_view{"answer.no"}},
    std::pair{Intent::answer_choice, std::string_view{"answer.choice"}},
    std::pair{Intent::human, std::string_view{"human"}},
};

constexpr bool in_enum_order()
{
    for (std::size_t i = 0; i < kIntentNames.size(); ++i)
        if (static_cast<std::size_t>(kIntentNames[i].first) != i)
            return false;
    return true;
}
static_assert(in_enum_order(), "name_of indexes by the enumerator");

} // namespace

std::string_view name_of(Mode mode)
{
    switch (mode) {
    case Mode::execute: return "execute";
    case Mode::confirm: return "confirm";
    case Mode::clarify: return "clarify";
    case Mode::ignore: return "ignore";
    }
    return "ignore";
}

std::string_view name_of(Intent intent)
{
    auto const index = static_cast<std::size_t>(intent);
    return index < kIntentNames.size() ? kIntentNames[index].second : kIntentNames[0].second;
}

std::optional<Intent> intent_named(std::string_view name)
{
    for (auto const& [intent, text] : kIntentNames)
        if (text == name)
            return intent;
    return std::nullopt;
}

} // namespace commands::reader
