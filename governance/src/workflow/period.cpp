#include "governance/workflow/period.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace governance::workflow {

namespace {

using Unit = Period::Unit;
// Longer words first: "个工作日" must not be read as "日".
constexpr std::array<std::pair<Unit, std::string_view>, 8> kUnits{{{Unit::working_minutes, "个工作分钟"},
                                                                   {Unit::working_hours, "个工作小时"},
                                                                   {Unit::working_days, "个工作日"},
                                                                   {Unit::legal_days, "天顺延"},
                                                                   {Unit::calendar_days, "天"},
                                                                   {Unit::minutes, "分钟"},
                                                                   {Unit::hours, "小时"},
                                                                   {Unit::months, "个月"}}};

int largest(Unit unit)
{
    return unit == Unit::minutes || unit == Unit::working_minutes ? 100'000 : 3'650;
}

} // namespace

std::optional<Period> parse_period(std::string_view text)
{
    int amount = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{} || amount < 1)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    for (auto const& [unit, word] : kUnits)
        if (text == word && amount <= largest(unit))
            return Period{unit, amount};
    return std::nullopt;
}

std::string to_text(Period const& period)
{
    for (auto const& [unit, word] : kUnits)
        if (unit == period.unit)
            return std::to_string(period.amount) + std::string(word);
    return {};
}

Instant add(WorkCalendar const& calendar, Instant start, Period const& period)
{
    switch (period.unit) {
    case Unit::minutes: return start + std::chrono::minutes{period.amount};
    case Unit::hours: return start + std::chrono::hours{period.amount};
    case Unit::working_minutes: return add_working_minutes(calendar, start, std::chrono::minutes{period.amount});
    case Unit::working_hours: return add_working_minutes(calendar, start, std::chrono::hours{period.amount});
    case Unit::calendar_days: return add_calendar_days(calendar, start, period.amount);
    case Unit::legal_days: return add_legal_days(calendar, start, period.amount);
    case Unit::working_days: return add_working_days(calendar, start, period.amount);
    case Unit::months: return add_months(calendar, start, period.amount);
    }
    return start;
}

bool in_working_time(Period const& period)
{
    return period.unit == Unit::working_minutes || period.unit == Unit::working_hours || period.unit == Unit::working_days;
}

Instant at_percent(WorkCalendar const& calendar, Instant start, Instant due, int percent, bool working_time)
{
    if (percent >= 100 || due <= start)
        return due;
    if (!working_time)
        return start + (due - start) / 100 * percent;
    auto const total = std::chrono::floor<std::chrono::minutes>(working_time_between(calendar, start, due));
    return std::min(due, add_working_minutes(calendar, start, total * percent / 100));
}

} // namespace governance::workflow
