#include "bot/zone.hpp"

#include <stdexcept>

namespace bot {
namespace {

using namespace std::chrono_literals;
using governance::Instant;

TEST(SystemZone, KnowsPresentAndPastOffsets)
{
    auto const shanghai = system_zone("Asia/Shanghai");
    Instant const now{std::chrono::sys_days(std::chrono::year(2026) / 7 / 1)};
    EXPECT_EQ(shanghai.minute_of_day(now), 8h);
    Instant const summer_of_1988{std::chrono::sys_days(std::chrono::year(1988) / 7 / 1)}; // summer time was in force
    EXPECT_EQ(shanghai.minute_of_day(summer_of_1988), 9h);

    auto const berlin = system_zone("Europe/Berlin");
    EXPECT_EQ(berlin.minute_of_day(now), 2h);
    EXPECT_EQ(berlin.minute_of_day(Instant(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1))), 1h);
}

TEST(SystemZone, RefusesAnUnknownName)
{
    EXPECT_THROW(system_zone("Asia/Nowhere"), std::runtime_error);
}

} // namespace
} // namespace bot
