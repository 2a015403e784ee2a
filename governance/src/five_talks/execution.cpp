#include "five_talks/rules.hpp"

#include <algorithm>

/// Carrying out: plan, progress, suspension, completion, check. Source: domain.md 4.4 rows 27-34, 4.5, 4.6.
namespace governance::five_talks {

using namespace workflow;

namespace {

bool owns_plan(Proposal const& proposal, Actor const& actor)
{
    auto const& plan = proposal.execution.plan;
    return plan && !actor.person.empty() && (plan->owner == actor.person.str() || actor.units.contains(plan->owner));
}

Verdict plan_fits(Ask const& asking, Values const&)
{
    auto const& input = asking.input();
    if (!fact(asking.facts().plan_owner_fits, "plan_owner_fits"))
        return Refusal{RefusalCode::bad_item, {{"item", "plan_owner"}, {"why", "not_allowed"}}};
    if (*input.budget_fen < 0 || *input.budget_fen > 100'000'000'000)
        return Refusal{RefusalCode::out_of_range, {{"item", "budget_fen"}, {"min", "0"}, {"max", "100000000000"}}};
    auto const today = std::chrono::local_days{asking.calendar().zone.date(asking.now())};
    bool const past = std::any_of(input.milestones->begin(), input.milestones->end(),
                                  [&](Milestone const& stone) { return !stone.due.ok() || std::chrono::local_days{stone.due} < today; });
    return past ? Verdict{Refusal{RefusalCode::bad_item, {{"item", "milestones"}, {"why", "past"}}}} : Verdict{};
}

Verdict percent_fits(Ask const& asking, Values const&)
{
    auto const percent = *asking.input().percent;
    auto const before = asking.before.execution.percent;
    if (percent < 0 || percent > 100)
        return Refusal{RefusalCode::out_of_range, {{"item", "percent"}, {"min", "0"}, {"max", "100"}}};
    bool const reasoned = has_item(asking.input(), "reason") || has_item(asking.input(), "text");
    if (percent < before && !reasoned)
        return Refusal{RefusalCode::percent_fell, {{"from", decimal(before)}, {"to", decimal(percent)}}};
    return std::nullopt;
}

Verdict restart_ahead(Ask const& asking, Values const&)
{
    auto const restart = *asking.input().restart;
    auto const today = asking.calendar().zone.date(asking.now());
    if (restart.ok() && std::chrono::local_days{restart} > std::chrono::local_days{today})
        return std::nullopt;
    return Refusal{RefusalCode::bad_item, {{"item", "restart"}, {"why", "past"}}};
}

Verdict owns_the_plan(Ask const& asking, Values const&)
{
    auto const& plan = asking.before.execution.plan;
    if (owns_plan(asking.before, asking.request.actor))
        return std::nullopt;
    return Refusal{RefusalCode::not_the_plan_owner, {{"owner", plan ? plan->owner : ""}}};
}

Verdict complete(Ask const& asking, Values const&)
{
    auto const percent = asking.input().percent.value_or(100);
    if (percent != 100)
        return Refusal{RefusalCode::out_of_range, {{"item", "percent"}, {"min", "100"}, {"max", "100"}}};
    if (*asking.input().spent_fen < 0 || *asking.input().spent_fen > 100'000'000'000)
        return Refusal{RefusalCode::out_of_range, {{"item", "spent_fen"}, {"min", "0"}, {"max", "100000000000"}}};
    return std::nullopt;
}

/// The checker neither owns the plan nor ever reported progress. Source: domain.md 2.6, 4.6 row 34.
Verdict checker_independent(Ask const& asking, Values const&)
{
    auto const& actor = asking.request.actor;
    bool const involved = owns_plan(asking.before, actor) || asking.before.execution.reporters.contains(actor.person);
    return involved ? Verdict{RefusalCode::checker_is_executor} : Verdict{};
}

void set_plan(Do& doing, Values const&)
{
    auto const& input = doing.input();
    Plan plan{*input.plan_owner, *input.budget_fen, *input.milestones};
    std::stable_sort(plan.milestones.begin(), plan.milestones.end(), [](Milestone const& a, Milestone const& b) { return a.due < b.due; });
    doing.after().execution = {};
    doing.after().execution.plan = std::move(plan);
    doing.after().execution.body = input.body.value_or("");
    doing.parameters["owner"] = *input.plan_owner;
}

void note_progress(Do& doing, Values const&)
{
    auto& execution = doing.after().execution;
    auto const& input = doing.input();
    auto const& by = doing.request.actor.person;
    auto const words = has_item(input, "text") ? *input.text : input.reason.value_or("");
    execution.percent = input.percent.value_or(100);
    execution.body = input.body.value_or(execution.body);
    execution.progress.push_back({by, doing.now(), execution.percent, words});
    if (execution.progress.size() > kProgressKept)
        execution.progress.erase(execution.progress.begin());
    execution.reporters.insert(by);
    doing.parameters["percent"] = decimal(execution.percent);
    doing.parameters["text"] = words;
}

void note_completion(Do& doing, Values const& params)
{
    auto& execution = doing.after().execution;
    execution.spent_fen = *doing.input().spent_fen;
    execution.pictures += doing.input().pictures.value_or(0);
    note_progress(doing, params);
}

void note_reason(Do& doing, Values const&)
{
    auto& execution = doing.after().execution;
    execution.reason = doing.input().reason.value_or("");
    execution.stop_basis = doing.input().basis.value_or(execution.stop_basis);
    execution.restart = doing.input().restart;
    doing.parameters["reason"] = execution.reason;
    doing.parameters["percent"] = decimal(execution.percent);
}

void note_check(Do& doing, Values const&)
{
    doing.after().execution.checked_by = doing.request.actor.person;
}

/// What was built goes into the residents' own hands. Source: domain.md 4.5 "Story tests".
void entrust(Do& doing, Values const&)
{
    doing.after().execution.body = doing.input().body.value_or("");
}

std::optional<Instant> plan_date(Proposal const& proposal, Request const& request)
{
    auto const& plan = proposal.execution.plan;
    if (!plan || plan->milestones.empty())
        return std::nullopt;
    LocalDate const day_after{std::chrono::local_days{plan->milestones.back().due} + std::chrono::days{1}};
    return request.surroundings.calendar->zone.start_of(day_after);
}

} // namespace

void add_execution(Book& book)
{
    book.guards["plan_fits"] = {{}, plan_fits};
    book.guards["percent_fits"] = {{}, percent_fits};
    book.guards["restart_ahead"] = {{}, restart_ahead};
    book.guards["owns_the_plan"] = {{}, owns_the_plan};
    book.guards["complete"] = {{}, complete};
    book.guards["checker_independent"] = {{}, checker_independent};
    book.effects["set_plan"] = {{}, set_plan};
    book.effects["note_progress"] = {{}, note_progress};
    book.effects["note_completion"] = {{}, note_completion};
    book.effects["note_reason"] = {{}, note_reason};
    book.effects["note_check"] = {{}, note_check};
    book.effects["entrust"] = {{}, entrust};
    book.instants["plan_date"] = plan_date;
}

} // namespace governance::five_talks
