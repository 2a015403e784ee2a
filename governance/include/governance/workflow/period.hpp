#pragma once

#include "governance/calendar.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace governance::workflow {

/// A span of procedure time as a definition writes it: "7天" (calendar days, ends 24:00), "15天顺延" (legal period: rolls over statutory
/// holidays), "5个工作日" (ends with office hours), "24小时" and "30分钟" (run from the moment), "4个工作小时" and "240个工作分钟" (office
/// time), "1个月".
struct Period {
    enum class Unit { minutes, hours, working_minutes, working_hours, calendar_days, legal_days, working_days, months };
    Unit unit = Unit::calendar_days;
    int amount = 0;
    friend bool operator==(Period const&, Period const&) = default;
};

/// Empty when the text is none of the above or the amount is not 1..3650 (minutes: 1..100000).
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);
[[nodiscard]] std::string to_text(Period const& period);
[[nodiscard]] Instant add(WorkCalendar const& calendar, Instant start, Period const& period);
/// True for spans that run in office time: their reminders do, too.
[[nodiscard]] bool in_working_time(Period const& period);
/// The moment at which `percent` (1..100) of the way from `start` to `due` has passed, in office time when asked.
[[nodiscard]] Instant at_percent(WorkCalendar const& calendar, Instant start, Instant due, int percent, bool working_time);

} // namespace governance::workflow
