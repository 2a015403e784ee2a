#pragma once

#include "governance/time.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

/// Days, office hours and deadlines. Source: domain.md 3.5. Nothing here reads a clock or a time-zone database: both are values.
namespace governance {

/// A day in the community's zone.
using LocalDate = std::chrono::year_month_day;
/// A moment on the community's wall clock.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// A time zone as a value: the UTC offsets and since when each holds. Filled at the edge from the system's zone data.
class Zone {
public:
    struct Change {
        Instant from;                ///< the first moment at which `offset` holds
        std::chrono::seconds offset; ///< east of UTC is positive
    };
    /// `before_first` holds until the first change. Changes may come in any order.
    explicit Zone(std::chrono::seconds before_first = std::chrono::hours{8}, std::vector<Change> changes = {});
    [[nodiscard]] LocalTime local(Instant instant) const;
    [[nodiscard]] LocalDate date(Instant instant) const;
    /// Minutes since local midnight, 0..1439.
    [[nodiscard]] std::chrono::minutes minute_of_day(Instant instant) const;
    /// The moment of a wall-clock time. One that happens twice is the earlier; one that is skipped is read with the offset before the gap.
    [[nodiscard]] Instant instant(LocalTime local) const;
    /// Midnight at which the day begins.
    [[nodiscard]] Instant start_of(LocalDate date) const;

private:
    [[nodiscard]] std::chrono::seconds offset(Instant instant) const;
    std::chrono::seconds first_;
    std::vector<Change> changes_;
};

/// A daily span in minutes since midnight, `from` <= `to` <= 1440.
struct DaySpan {
    std::chrono::minutes from;
    std::chrono::minutes to;
};

/// Working days and office hours of a place.
struct WorkCalendar {
    Zone zone;
    std::set<LocalDate> holidays;         ///< statutory holidays (State Council notice)
    std::set<LocalDate> shifted_workdays; ///< weekend days that are worked
    std::vector<DaySpan> office_hours = {{std::chrono::minutes{510}, std::chrono::minutes{720}},
                                         {std::chrono::minutes{840}, std::chrono::minutes{1050}}}; ///< ascending, disjoint
    std::optional<LocalDate> known_until; ///< last day the table covers; beyond, weekdays count as workdays

    [[nodiscard]] bool is_workday(LocalDate date) const;
    /// True inside office hours of a workday.
    [[nodiscard]] bool is_office_time(Instant instant) const;
};

/// End (24:00) of the `days`-th day after the day of `start`, which is not counted. 0 days: end of the same day. Range 0..36500.
[[nodiscard]] Instant add_calendar_days(WorkCalendar const& calendar, Instant start, int days);
/// As above; when the last day is a statutory holiday, the end of the first day after it that is none (Civil Code 203).
[[nodiscard]] Instant add_legal_days(WorkCalendar const& calendar, Instant start, int days);
/// End of office hours of the `days`-th working day after the day of `start`, which is not counted.
[[nodiscard]] Instant add_working_days(WorkCalendar const& calendar, Instant start, int days);
/// The moment after `minutes` of office time from `start`, skipping everything outside office hours.
[[nodiscard]] Instant add_working_minutes(WorkCalendar const& calendar, Instant start, std::chrono::minutes minutes);
/// Office time between two moments, 0 when `to` <= `from`.
[[nodiscard]] std::chrono::microseconds working_time_between(WorkCalendar const& calendar, Instant from, Instant to);
/// The same wall-clock time `days` earlier: the last moment for a notice before a meeting or a vote.
[[nodiscard]] Instant notice_by(WorkCalendar const& calendar, Instant meeting, int days);
/// `months` later on the same day of the month (or its last day), end of that day.
[[nodiscard]] Instant add_months(WorkCalendar const& calendar, Instant start, int months);
/// Whole local days from the day of `from` to the day of `to`; negative when `to` is earlier.
[[nodiscard]] int days_between(WorkCalendar const& calendar, Instant from, Instant to);

/// Quiet hours: from `from` to `to` on the wall clock, across midnight when `from` > `to`; none when equal. domain.md 13.1.
struct QuietHours {
    std::chrono::minutes from{21 * 60};
    std::chrono::minutes to{7 * 60 + 30};
};
[[nodiscard]] bool is_quiet(Zone const& zone, QuietHours const& quiet, Instant instant);
/// The first moment not before `instant` that is not quiet.
[[nodiscard]] Instant after_quiet(Zone const& zone, QuietHours const& quiet, Instant instant);

} // namespace governance
