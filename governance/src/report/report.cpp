#include "governance/report.hpp"

#include "report/rules.hpp"
#include "workflow/common_rules.hpp"
#include "workflow/engine.hpp"

#include <algorithm>
#include <map>

namespace governance {

char const* name(CaseLevel level)
{
    switch (level) {
    case CaseLevel::grid: return "grid";
    case CaseLevel::community: return "community";
    case CaseLevel::street: return "street";
    case CaseLevel::district: return "district";
    }
    return "";
}

namespace report {

bool handles(Case const& report, workflow::Actor const& actor)
{
    if (!report.handler.empty() && report.handler == actor.person)
        return true;
    return !report.handler_unit.empty() && actor.units.contains(report.handler_unit);
}

namespace {

using namespace workflow;

void relate(Case const& report, Request const& request, Actor const& actor, std::set<std::string>& words)
{
    if (actor.person.empty())
        return;
    if (actor.person == report.author)
        words.insert("reporter");
    if (handles(report, actor))
        words.insert("handler");
    // Handler and checker are worker and leader, or leader and a committee member (domain.md 8.3).
    bool const checks = request.trigger == case_trigger::kCheckFailed || request.trigger == case_trigger::kFeedBack;
    if (checks && words.contains("committee"))
        words.insert("grid_worker");
    // Only the office and the reporter know of a confidential report: where the office is one person, the reporter checks (domain.md 2.6).
    if (checks && report.flags.confidential && words.contains("reporter") && !request.facts.office_checks.value_or(true))
        words.insert("grid_worker");
}

Book make_rules()
{
    using namespace case_trigger;
    Book book;
    add_common_rules<Case, rules>(book);
    add_intake(book);
    add_dispatch(book);
    add_closing(book);
    add_clocks(book);
    book.triggers = {kCreate,      kAsk,        kSupplement, kAccept,   kReject,      kMarkDuplicate, kWithdraw, kVerifyTrue,
                     kVerifyFalse, kInform,     kHandle,     kEscalate, kDispatch,    kSign,          kReturn,   kStart,
                     kWhistle,     kPlanAgreed, kExtend,     kDone,     kCheckFailed, kFeedBack,      kRate,     kReopen};
    book.audiences = {"reporter",   "joined",      "handler",   "checker", "department",
                      "dispatcher", "next_actors", "community", "street",  "supervisor"};
    book.relate = relate;
    return book;
}

} // namespace

Book const& rules()
{
    static Book const book = make_rules();
    return book;
}

} // namespace report

std::optional<std::string> trigger_of_case_action(std::string const& action, std::string const& result, std::string const& state,
                                                  bool by_reporter)
{
    using namespace case_trigger;
    static std::map<std::string, char const*> const plain{{"accept", kAccept}, {"reject", kReject},     {"mark_duplicate", kMarkDuplicate},
                                                          {"inform", kInform}, {"escalate", kEscalate}, {"dispatch", kDispatch},
                                                          {"sign", kSign},     {"return", kReturn},     {"done", kDone},
                                                          {"extend", kExtend}, {"close", kFeedBack}};
    if (action == "verify")
        return result == "false" ? kVerifyFalse : kVerifyTrue;
    if (action == "start")
        return state == "informed" ? kHandle : kStart;
    if (action == "reopen")
        return state == "feedback" || state == "closed" || (by_reporter && state != "done_claimed") ? kReopen : kCheckFailed;
    auto const found = plain.find(action);
    return found == plain.end() ? std::nullopt : std::optional<std::string>(found->second);
}

std::string trigger_of_rating(Case const& report, int stars, bool unsolved)
{
    bool const complains = unsolved || stars < 3;
    return complains && report.reopened < report::kReopenMost ? case_trigger::kReopen : case_trigger::kRate;
}

workflow::Vocabulary report_vocabulary()
{
    return report::rules().vocabulary();
}

result<workflow::Step<Case>> advance(workflow::Definition const& definition, Case const& before, workflow::Request const& request)
{
    return workflow::perform(report::rules(), definition, before, request);
}

result<workflow::Step<Case>> fire(workflow::Definition const& definition, Case const& before, std::string const& timer, int percent,
                                  workflow::Request const& request)
{
    return workflow::fire_timer(report::rules(), definition, before, timer, percent, request);
}

CaseLevel alarm_level(int time)
{
    return static_cast<CaseLevel>(std::clamp(time - 1, static_cast<int>(CaseLevel::grid), static_cast<int>(CaseLevel::district)));
}

std::optional<Instant> resident_clock(Case const& report)
{
    return report.resolve_due ? report.resolve_due : report.deadline;
}

CaseRates rates(CaseCounts const& counts)
{
    return {percent_hundredths(counts.signed_in_time, counts.dispatched), percent_hundredths(counts.solved, counts.rated_or_checked),
            percent_hundredths(counts.satisfied, counts.rated)};
}

} // namespace governance
