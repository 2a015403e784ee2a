#include "bot/public/rankings.hpp"

#include <string>

namespace bot {
namespace {

struct Period {
    char const* name;
    char const* text;
    int months; ///< 0: refused
};
class Periods : public testing::TestWithParam<Period> {};

TEST_P(Periods, AreReadAsResidentsNameThem)
{
    auto const span = months_of(GetParam().text);
    ASSERT_EQ(span.has_value(), GetParam().months > 0);
    if (span) {
        EXPECT_EQ((span->second - span->first).count() + 1, GetParam().months);
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Periods,
                         testing::Values(Period{"year", "2026", 12}, Period{"quarter", "2026Q3", 3}, Period{"month", "2026-07", 1},
                                         Period{"fifth_quarter", "2026Q5", 0}, Period{"thirteenth_month", "2026-13", 0},
                                         Period{"empty", "", 0}, Period{"words", "上季度", 0}, Period{"short_month", "2026-7", 0},
                                         Period{"long", "2026-07-01", 0}, Period{"far", "0001", 0}),
                         [](auto const& tc) { return std::string(tc.param.name); });

TEST(Quarter, BeginsAtLocalMidnight)
{
    governance::Zone const zone;
    auto const july = zone.start_of(std::chrono::year{2026} / 7 / 1);
    EXPECT_EQ(quarter_at(zone, july), "2026Q3");
    EXPECT_EQ(quarter_at(zone, july - std::chrono::microseconds(1)), "2026Q2");
}

} // namespace
} // namespace bot
