#include "report/rules.hpp"

#include <algorithm>

/// Escalating, dispatching, signing, returning, extending. Source: domain.md 8.3 rows 12-21, 8.4.
namespace governance::report {

using namespace workflow;

namespace {

Verdict not_at_top(Ask const& asking, Values const&)
{
    if (asking.before.level != CaseLevel::district)
        return std::nullopt;
    return Refusal{RefusalCode::at_the_top, {{"level", name(asking.before.level)}}};
}

std::string unit_of(Case const& report, StepInput const& input)
{
    return has_item(input, "unit") ? *input.unit : report.handler_unit;
}

/// One primary department; the routing table's when none is named.
Verdict unit_named(Ask const& asking, Values const&)
{
    auto const unit = unit_of(asking.before, asking.input());
    if (unit.empty())
        return Refusal{RefusalCode::missing_item, {{"item", "unit"}}};
    if (has_item(asking.input(), "unit") && !fact(asking.facts().unit_known, "unit_known"))
        return Refusal{RefusalCode::unit_unknown, {{"unit", unit}}};
    return std::nullopt;
}

Verdict own_department(Ask const& asking, Values const&)
{
    if (handles(asking.before, asking.request.actor))
        return std::nullopt;
    return Refusal{RefusalCode::not_the_handler, {{"handler", asking.before.handler_unit}}};
}

Verdict may_return(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    if (before.designated)
        return Refusal{RefusalCode::already_designated, {{"unit", before.handler_unit}}};
    auto const until = add(asking.calendar(), before.dispatched_at.value_or(before.state_since), period(params, "within"));
    return asking.now() <= until ? Verdict{} : Verdict{Refusal{RefusalCode::too_late, {{"until", seconds_text(until)}}}};
}

Instant extended_due(Ask const& asking)
{
    return add_working_days(asking.calendar(), *asking.before.resolve_due, *asking.input().days);
}

/// Before the due time, at most twice, at most twice the original time.
Verdict may_extend(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    auto const most = integer(params, "times");
    if (!before.resolve_due || asking.now() >= *before.resolve_due)
        return Refusal{RefusalCode::too_late, {{"until", before.resolve_due ? seconds_text(*before.resolve_due) : ""}}};
    if (before.extensions >= most)
        return Refusal{RefusalCode::extension_limit, {{"used", decimal(before.extensions)}, {"max", decimal(most)}}};
    if (*asking.input().days < 1 || *asking.input().days > 60)
        return Refusal{RefusalCode::out_of_range, {{"item", "days"}, {"min", "1"}, {"max", "60"}}};
    auto const& limit = asking.request.surroundings.sla->row(before.urgency, before.complex).resolve;
    auto const latest = add(asking.calendar(), before.original_due.value_or(*before.resolve_due), limit);
    if (extended_due(asking) > latest)
        return Refusal{RefusalCode::extension_limit, {{"until", seconds_text(latest)}}};
    return std::nullopt;
}

void escalate(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.level = static_cast<CaseLevel>(std::min(static_cast<int>(after.level) + 1, static_cast<int>(CaseLevel::district)));
    after.reason = doing.input().reason.value_or("");
    doing.parameters["level"] = name(after.level);
}

void dispatch(Do& doing, Values const&)
{
    auto& after = doing.after();
    auto const unit = unit_of(doing.before, doing.input());
    // Ruled once, the same unit may not send it back again.
    after.designated = doing.before.state == "order_returned" && unit == doing.before.handler_unit;
    after.handler_unit = unit;
    after.handler = PersonId{};
    after.co_units = doing.input().co_units.value_or(after.co_units);
    std::erase(after.co_units, unit);
    after.dispatched_at = doing.now();
    after.signed_at.reset();
    doing.parameters["unit"] = unit;
    doing.parameters["co_units"] = joined(after.co_units);
    if (after.resolve_due)
        doing.parameters["until"] = seconds_text(*after.resolve_due);
}

void sign_order(Do& doing, Values const&)
{
    doing.after().signed_at = doing.now();
    doing.after().handler = doing.request.actor.person;
}

void return_order(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.reason = doing.input().reason.value_or("");
    after.named_unit = doing.input().unit.value_or("");
    doing.parameters["reason"] = after.reason;
    doing.parameters["unit"] = after.handler_unit;
    doing.parameters["named_unit"] = after.named_unit;
}

void start_work(Do& doing, Values const&)
{
    doing.after().handler = doing.request.actor.person;
}

void blow_whistle(Do& doing, Values const&)
{
    doing.after().reason = doing.input().reason.value_or("");
    doing.step.follow_ups.push_back({FollowUp::Kind::blow_whistle, {}, doing.input().reason_code.value_or("")});
}

void extend(Do& doing, Values const&)
{
    std::set<std::string> const words;
    auto const due = extended_due(Ask{doing.definition, doing.before, doing.request, words});
    auto& after = doing.after();
    after.resolve_due = due;
    ++after.extensions;
    after.reason = doing.input().reason.value_or("");
    doing.parameters["reason"] = after.reason;
    doing.parameters["until"] = seconds_text(due);
}

} // namespace

void add_dispatch(Book& book)
{
    book.guards["not_at_top"] = {{}, not_at_top};
    book.guards["unit_named"] = {{}, unit_named};
    book.guards["own_department"] = {{}, own_department};
    book.guards["may_return"] = {{{"within", {ParamType::period, true}}}, may_return};
    book.guards["may_extend"] = {{{"times", {ParamType::integer, true}}}, may_extend};
    book.effects["escalate"] = {{}, escalate};
    book.effects["dispatch"] = {{}, dispatch};
    book.effects["sign_order"] = {{}, sign_order};
    book.effects["return_order"] = {{}, return_order};
    book.effects["start_work"] = {{}, start_work};
    book.effects["blow_whistle"] = {{}, blow_whistle};
    book.effects["extend"] = {{}, extend};
}

} // namespace governance::report
