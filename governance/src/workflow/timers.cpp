#include "workflow/timers.hpp"

namespace governance::workflow {

std::vector<TimerFiring> firings(TimerDef const& timer, WorkCalendar const& calendar, Instant due, Instant now, bool office_time)
{
    std::vector<TimerFiring> all;
    for (auto const percent : timer.remind_at) {
        auto const at = at_percent(calendar, now, due, percent, office_time);
        if (percent < 100 && at > now)
            all.push_back({timer.name, percent, at});
    }
    all.push_back({timer.name, 100, due});
    return all;
}

} // namespace governance::workflow
