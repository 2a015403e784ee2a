#include "points/rules.hpp"

#include "workflow/common_rules.hpp"

#include <algorithm>

/// Auditing, publishing, appealing, correcting. Source: domain.md 6.3, 6.4 rows 7-14, 6.7, 2.6.
namespace governance::points {

using namespace workflow;

namespace {

Verdict auditor_independent(Ask const& asking, Values const&)
{
    auto const& actor = asking.request.actor;
    auto const& before = asking.before;
    auto conflict = [](char const* why) { return Refusal{RefusalCode::auditor_conflict, {{"why", why}}}; };
    if (actor.person == before.declared_by)
        return conflict("declarer");
    if (actor.person == before.recorded_by)
        return conflict("collector");
    bool const own_household =
        !actor.household.empty() && (before.subject == actor.household.str() || actor.household == before.declared_household);
    if (own_household || before.subject == actor.person.str())
        return conflict("household");
    return std::nullopt;
}

/// A deduction counts only seven days after its warning, and not at all when put right by then.
Verdict warning_over(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    if (!is_personal_deduction(before))
        return std::nullopt;
    if (before.put_right || asking.input().put_right.value_or(false))
        return RefusalCode::put_right;
    auto const until = add(asking.calendar(), before.warned_at.value_or(asking.now()), period(params, "within"));
    return asking.now() >= until ? Verdict{} : Verdict{Refusal{RefusalCode::warning_not_due, {{"until", seconds_text(until)}}}};
}

bool is_adjustment(Ask const& asking, Values const& params)
{
    auto const* item = fact(asking.facts().item, "item");
    auto const& classes = list(params, "classes");
    return item && std::find(classes.begin(), classes.end(), item->class_code) != classes.end();
}

Verdict adjustment_fits(Ask const& asking, Values const& params)
{
    if (!is_adjustment(asking, params))
        return std::nullopt;
    auto const hundredths = asking.before.declared.hundredths();
    auto const whole = hundredths % 100 == 0 ? adjustment(hundredths / 100)
                                             : result<Points>(Refusal{RefusalCode::delta_not_allowed, {{"min", "-10"}, {"max", "10"}}});
    return whole ? Verdict{} : Verdict{whole.error()};
}

/// Adjustments need a second approver.
Verdict adjustment_approved(Ask const& asking, Values const& params)
{
    auto const& with = list(params, "with");
    if (!is_adjustment(asking, params) || somebody_concurs(asking, rules(), with))
        return std::nullopt;
    return Refusal{RefusalCode::needs_second_person, {{"roles", joined(with)}}};
}

Verdict period_closed(Ask const& asking, Values const&)
{
    auto const ends = fact(asking.facts().period_ends, "period_ends");
    return asking.now() >= ends ? Verdict{} : Verdict{Refusal{RefusalCode::period_open, {{"until", seconds_text(ends)}}}};
}

/// Within seven days of the publication's start, or fifteen of a deduction's posting; before publication nothing has run out.
Verdict appeal_in_time(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    if (before.appealed_once)
        return RefusalCode::appeal_used;
    std::optional<Instant> until;
    if (before.published_at)
        until = add(asking.calendar(), *before.published_at, period(params, "publication"));
    if (before.posted < Points{} && before.posted_at) {
        auto const posting = add(asking.calendar(), *before.posted_at, period(params, "deduction"));
        until = until ? std::max(*until, posting) : posting;
    }
    if (!until || asking.now() < *until)
        return std::nullopt;
    return Refusal{RefusalCode::too_late, {{"until", seconds_text(*until)}}};
}

/// Three people, none involved before. Source: domain.md 6.7.
Verdict panel_fits(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    auto const size = integer(params, "size");
    auto const& named = *asking.input().panel;
    std::set<PersonId> const panel(named.begin(), named.end());
    auto wrong = [&](char const* why) { return Refusal{RefusalCode::panel_wrong, {{"needed", decimal(size)}, {"why", why}}}; };
    if (static_cast<std::int64_t>(panel.size()) < size)
        return wrong("too_few");
    if (panel.contains(before.audited_by))
        return wrong("auditor");
    bool const involved =
        panel.contains(before.recorded_by) || panel.contains(before.declared_by) || panel.contains(PersonId(before.subject));
    if (involved || !panel.contains(asking.request.actor.person))
        return wrong("involved");
    return std::nullopt;
}

std::string quarter_of(WorkCalendar const& calendar, Instant at)
{
    auto const date = calendar.zone.date(at);
    return std::to_string(static_cast<int>(date.year())) + "Q" + std::to_string((static_cast<unsigned>(date.month()) - 1) / 3 + 1);
}

void post(Do& doing, Values const&)
{
    auto& after = doing.after();
    auto const* item = fact(doing.facts().item, "item");
    auto const already = Points(fact(doing.facts().posted_in_cap_period_hundredths, "posted_in_cap_period_hundredths"));
    auto const capped = apply_cap(*item, after.declared, already);
    after.posted = capped.posted;
    after.cap_reached = capped.reached;
    after.audited_by = doing.request.actor.person;
    after.posted_at = doing.now();
    after.period = quarter_of(doing.calendar(), after.occurred_at);
    doing.parameters["points"] = to_text(after.posted);
    doing.step.follow_ups.push_back({FollowUp::Kind::post_entry, {}, {}});
}

void note_publication(Do& doing, Values const&)
{
    doing.after().published_at = doing.now();
}

void note_appeal(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.appealed_once = true;
    after.flags.frozen = true;
    after.reason = doing.input().reason.value_or("");
}

void note_decision(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.flags.frozen = false;
    after.reason = doing.input().reason.value_or("");
    if (doing.input().panel)
        after.panel = *doing.input().panel;
    doing.parameters["reason"] = after.reason;
    doing.parameters["points"] = to_text(after.posted);
    doing.parameters["outcome"] = after.state == "reversed" ? "reversed" : "upheld";
}

void reverse(Do& doing, Values const&)
{
    doing.step.follow_ups.push_back({FollowUp::Kind::post_reversal, doing.before.no, {}});
}

/// The month's audit is due on the fifth working day of the next month.
std::optional<Instant> audit_due(PointsEntry const& entry, Request const& request)
{
    auto const& calendar = *request.surroundings.calendar;
    auto const date = calendar.zone.date(entry.state_since);
    return add_working_days(calendar, calendar.zone.start_of(date.year() / date.month() / std::chrono::last), 5);
}

/// The quarter's publication is due on the tenth working day after it.
std::optional<Instant> publication_due(PointsEntry const& entry, Request const& request)
{
    auto const& calendar = *request.surroundings.calendar;
    auto const date = calendar.zone.date(entry.posted_at.value_or(entry.state_since));
    auto const last_month = std::chrono::month{((static_cast<unsigned>(date.month()) - 1) / 3 + 1) * 3};
    return add_working_days(calendar, calendar.zone.start_of(date.year() / last_month / std::chrono::last), 10);
}

} // namespace

void add_audit(Book& book)
{
    ParamSpecs const within{{"within", {ParamType::period, true}}};
    book.guards["auditor_independent"] = {{}, auditor_independent};
    book.guards["warning_over"] = {within, warning_over};
    book.guards["adjustment_fits"] = {{{"classes", {ParamType::list, true}}}, adjustment_fits};
    book.guards["adjustment_approved"] = {
        {{"classes", {ParamType::list, true}}, {"with", {ParamType::list, true}}}, adjustment_approved, true};
    book.guards["period_closed"] = {{}, period_closed};
    book.guards["appeal_in_time"] = {{{"publication", {ParamType::period, true}}, {"deduction", {ParamType::period, true}}},
                                     appeal_in_time};
    book.guards["panel_fits"] = {{{"size", {ParamType::integer, true}}}, panel_fits};
    book.effects["post"] = {{}, post};
    book.effects["note_publication"] = {{}, note_publication};
    book.effects["note_appeal"] = {{}, note_appeal};
    book.effects["note_decision"] = {{}, note_decision};
    book.effects["reverse"] = {{}, reverse};
    book.instants["audit_due"] = audit_due;
    book.instants["publication_due"] = publication_due;
}

} // namespace governance::points
