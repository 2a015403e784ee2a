#include "bot/zone.hpp"

#include <date/tz.h>

#include <utility>
#include <vector>

namespace bot {

governance::Zone system_zone(std::string const& name)
{
    auto const* zone = date::locate_zone(name);
    date::sys_seconds const begin = date::sys_days(date::year(1970) / 1 / 1);
    date::sys_seconds const end = date::sys_days(date::year(2100) / 1 / 1);
    auto info = zone->get_info(begin);
    auto const first = info.offset;
    std::vector<governance::Zone::Change> changes;
    while (info.end < end) {
        info = zone->get_info(info.end);
        changes.push_back({governance::Instant(info.begin.time_since_epoch()), info.offset});
    }
    return governance::Zone(first, std::move(changes));
}

} // namespace bot
