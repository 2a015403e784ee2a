#include "governance/calendar.hpp"

#include <algorithm>

namespace governance {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Zone::Zone(seconds before_first, std::vector<Change> changes) : first_(before_first), changes_(std::move(changes))
{
    std::sort(changes_.begin(), changes_.end(), [](Change const& a, Change const& b) { return a.from < b.from; });
}

seconds Zone::offset(Instant instant) const
{
    auto after =
        std::upper_bound(changes_.begin(), changes_.end(), instant, [](Instant at, Change const& change) { return at < change.from; });
    return after == changes_.begin() ? first_ : std::prev(after)->offset;
}

LocalTime Zone::local(Instant instant) const
{
    return LocalTime{instant.time_since_epoch() + offset(instant)};
}

LocalDate Zone::date(Instant instant) const
{
    return LocalDate{std::chrono::floor<days>(local(instant))};
}

minutes Zone::minute_of_day(Instant instant) const
{
    auto const wall = local(instant);
    return std::chrono::floor<minutes>(wall - std::chrono::floor<days>(wall));
}

Instant Zone::instant(LocalTime wall) const
{
    auto held = first_;
    for (auto const& change : changes_) {
        if (Instant{wall.time_since_epoch() - held} < change.from)
            break; // of two readings this is the earlier
        if (Instant{wall.time_since_epoch() - change.offset} < change.from)
            break; // skipped: read with the offset before the gap
        held = change.offset;
    }
    return Instant{wall.time_since_epoch() - held};
}

Instant Zone::start_of(LocalDate date) const
{
    return instant(LocalTime{local_days{date}});
}

bool WorkCalendar::is_workday(LocalDate date) const
{
    if (shifted_workdays.contains(date))
        return true;
    if (holidays.contains(date))
        return false;
    std::chrono::weekday const day{local_days{date}};
    return day != std::chrono::Saturday && day != std::chrono::Sunday;
}

bool WorkCalendar::is_office_time(Instant instant) const
{
    if (!is_workday(zone.date(instant)))
        return false;
    auto const minute = zone.minute_of_day(instant);
    return std::any_of(office_hours.begin(), office_hours.end(), [&](DaySpan span) { return span.from <= minute && minute < span.to; });
}

namespace {

LocalDate later(LocalDate date, int count)
{
    return LocalDate{local_days{date} + days{count}};
}

LocalDate next_workday(WorkCalendar const& calendar, LocalDate date)
{
    do {
        date = later(date, 1);
    } while (!calendar.is_workday(date));
    return date;
}

/// Office spans of one day as moments; none on a day off.
std::vector<std::pair<Instant, Instant>> spans_of(WorkCalendar const& calendar, LocalDate date)
{
    std::vector<std::pair<Instant, Instant>> spans;
    if (calendar.is_workday(date))
        for (auto const& span : calendar.office_hours)
            spans.emplace_back(calendar.zone.instant(LocalTime{local_days{date}} + span.from),
                               calendar.zone.instant(LocalTime{local_days{date}} + span.to));
    return spans;
}

} // namespace

Instant add_calendar_days(WorkCalendar const& calendar, Instant start, int count)
{
    return calendar.zone.start_of(later(calendar.zone.date(start), count + 1));
}

Instant add_legal_days(WorkCalendar const& calendar, Instant start, int count)
{
    auto last = later(calendar.zone.date(start), count);
    while (calendar.holidays.contains(last))
        last = later(last, 1);
    return calendar.zone.start_of(later(last, 1));
}

Instant add_working_days(WorkCalendar const& calendar, Instant start, int count)
{
    auto date = calendar.zone.date(start);
    for (int n = 0; n < count; ++n)
        date = next_workday(calendar, date);
    auto const end = calendar.office_hours.empty() ? minutes{24 * 60} : calendar.office_hours.back().to;
    return calendar.zone.instant(LocalTime{local_days{date}} + end);
}

Instant add_working_minutes(WorkCalendar const& calendar, Instant start, minutes amount)
{
    if (calendar.office_hours.empty())
        return start + amount;
    microseconds left = amount;
    auto date = calendar.zone.date(start);
    auto const last_day = later(date, 36500); // a calendar whose every span is empty must not loop for ever
    for (; date <= last_day; date = later(date, 1)) {
        for (auto const& [from, to] : spans_of(calendar, date)) {
            auto const begin = std::max(from, start);
            if (begin > to || (begin == to && left > microseconds{0}))
                continue;
            if (to - begin >= left)
                return begin + left;
            left -= to - begin;
        }
    }
    return start + amount;
}

microseconds working_time_between(WorkCalendar const& calendar, Instant from, Instant to)
{
    microseconds sum{0};
    if (to <= from)
        return sum;
    auto const last = calendar.zone.date(to);
    for (auto date = calendar.zone.date(from); date <= last; date = later(date, 1))
        for (auto const& [begin, end] : spans_of(calendar, date))
            if (auto const a = std::max(begin, from), b = std::min(end, to); a < b)
                sum += b - a;
    return sum;
}

Instant notice_by(WorkCalendar const& calendar, Instant meeting, int count)
{
    return calendar.zone.instant(calendar.zone.local(meeting) - days{count});
}

Instant add_months(WorkCalendar const& calendar, Instant start, int months)
{
    auto date = calendar.zone.date(start) + std::chrono::months{months};
    if (!date.ok())
        date = date.year() / date.month() / std::chrono::last;
    return calendar.zone.start_of(later(date, 1));
}

int days_between(WorkCalendar const& calendar, Instant from, Instant to)
{
    return static_cast<int>((local_days{calendar.zone.date(to)} - local_days{calendar.zone.date(from)}).count());
}

bool is_quiet(Zone const& zone, QuietHours const& quiet, Instant instant)
{
    auto const minute = zone.minute_of_day(instant);
    if (quiet.from <= quiet.to)
        return quiet.from <= minute && minute < quiet.to;
    return minute >= quiet.from || minute < quiet.to;
}

Instant after_quiet(Zone const& zone, QuietHours const& quiet, Instant instant)
{
    if (!is_quiet(zone, quiet, instant))
        return instant;
    auto date = zone.date(instant);
    if (quiet.from > quiet.to && zone.minute_of_day(instant) >= quiet.from)
        date = later(date, 1);
    return std::max(instant, zone.instant(LocalTime{local_days{date}} + quiet.to));
}

} // namespace governance
