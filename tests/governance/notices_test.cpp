#include "governance/notices.hpp"

#include "governance/demo.hpp"
#include "governance/proposal.hpp"

#include <gtest/gtest.h>

namespace {

using namespace governance;
using Way = Delivery::Way;

struct PlanCase {
    char const* name;
    Lane lane;
    char const* now;
    int sent;
    Way way;
    char const* not_before;
    bool counts;
    bool tells = false;
};
class Plan : public testing::TestWithParam<PlanCase> {};

TEST_P(Plan, IsQuietByDefault)
{
    auto const& one = GetParam();
    Receiver grid;
    grid.daily_budget = 3;
    grid.sent_today = one.sent;
    auto const planned = plan_delivery(demo::calendar().zone, grid, one.lane, demo::at(one.now));
    EXPECT_EQ(planned.way, one.way);
    EXPECT_EQ(demo::text(planned.not_before), one.not_before);
    EXPECT_EQ(planned.counts, one.counts);
    EXPECT_EQ(planned.tell_budget_reached, one.tells);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Plan,
    testing::Values(PlanCase{"by_day", Lane::routine, "2026-07-01T09:00", 0, Way::send_now, "2026-07-01T09:00:00", true},
                    PlanCase{"third_of_three", Lane::routine, "2026-07-01T09:00", 2, Way::send_now, "2026-07-01T09:00:00", true},
                    PlanCase{"fourth_of_three", Lane::routine, "2026-07-01T09:00", 3, Way::into_digest, "2026-07-01T19:30:00", false, true},
                    PlanCase{"after_the_digest", Lane::routine, "2026-07-01T20:00", 3, Way::into_digest, "2026-07-02T19:30:00", false,
                             true},
                    PlanCase{"at_night", Lane::routine, "2026-07-01T23:00", 0, Way::hold, "2026-07-02T07:30:00", true},
                    PlanCase{"gas_leak_at_two", Lane::critical, "2026-07-01T02:00", 9, Way::send_now, "2026-07-01T02:00:00", false},
                    PlanCase{"answer_at_night", Lane::direct, "2026-07-01T23:00", 9, Way::send_now, "2026-07-01T23:00:00", false},
                    PlanCase{"own_case_beyond_budget", Lane::own_case, "2026-07-01T09:00", 3, Way::send_now, "2026-07-01T09:00:00", false},
                    PlanCase{"own_case_at_night", Lane::own_case, "2026-07-01T22:00", 0, Way::hold, "2026-07-02T07:30:00", false},
                    PlanCase{"digest", Lane::digest, "2026-07-01T09:00", 0, Way::into_digest, "2026-07-01T19:30:00", false}),
    [](auto const& tc) { return std::string(tc.param.name); });

/// A day with 30 events and a budget of 3: three leave, one tells that the budget is reached, the rest wait for the evening.
TEST(Plans, ADayOfThirtyEvents)
{
    Receiver grid;
    grid.daily_budget = 3;
    int sent = 0;
    int digested = 0;
    for (int i = 0; i < 30; ++i) {
        auto const planned =
            plan_delivery(demo::calendar().zone, grid, Lane::routine, demo::at("2026-07-01T08:00") + std::chrono::minutes{15 * i});
        sent += planned.way == Way::send_now ? 1 : 0;
        digested += planned.way == Way::into_digest ? 1 : 0;
        grid.sent_today += planned.counts ? 1 : 0;
    }
    EXPECT_EQ(sent, 3);
    EXPECT_EQ(digested, 27);
}

TEST(Plans, ADigestNeverLeavesInQuietHours)
{
    Receiver late;
    late.digest_at = std::chrono::minutes{22 * 60};
    EXPECT_EQ(demo::text(next_digest(demo::calendar().zone, late, demo::at("2026-07-01T09:00"))), "2026-07-02T07:30:00");
}

TEST(Cutting, NeverSplitsACharacter)
{
    EXPECT_EQ(cut("聚居点入口装升降杆", 9), "聚居点入口装升降杆");
    EXPECT_EQ(cut("聚居点入口装升降杆", 5), "聚居点入…");
    EXPECT_EQ(cut("abc", 1), "…");
    EXPECT_EQ(cut("abc", 0), "");
    EXPECT_EQ(cut("", 5), "");
    for (int limit = 0; limit < 12; ++limit)
        EXPECT_LE(length_in_characters(cut("a聚b居c点d入e口", limit)), limit);
}

TEST(Limits, AreLongerForStatutoryAndVotingNoticesAndDigests)
{
    NoticeDef notice;
    notice.id = "N-P01";
    EXPECT_EQ(notice.limit_characters(), 120);
    notice.id = "N-V04";
    EXPECT_EQ(notice.limit_characters(), 200);
    notice.id = "N-P02";
    notice.channels = {NoticeChannel::digest};
    EXPECT_EQ(notice.limit_characters(), 200);
}

} // namespace
