#include "governance/calendar.hpp"

#include "governance/demo.hpp"
#include "governance/workflow/period.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace governance;
using std::chrono::minutes;

TEST(Calendar, DeadlinesOfTheAcceptanceVectors)
{
    int checked = 0;
    auto const vectors = demo::json("acceptance_vectors.json");
    for (auto const& vector : vectors.at("deadlines")) {
        SCOPED_TRACE(vector.dump());
        auto const start = demo::at(vector.at("start"));
        auto const kind = vector.at("kind").get<std::string>();
        if (kind == "working_minutes") {
            EXPECT_EQ(demo::text(add_working_minutes(demo::calendar(), start, minutes{vector.at("minutes").get<int>()})), vector.at("due"));
        } else if (kind == "working_days") {
            EXPECT_EQ(demo::text(add_working_days(demo::calendar(), start, vector.at("days"))), vector.at("due"));
        } else {
            EXPECT_EQ(demo::text(add_legal_days(demo::calendar(), start, vector.at("days"))), vector.at("may_be_taken_down"));
        }
        ++checked;
    }
    EXPECT_EQ(checked, 12);
}

TEST(Calendar, NoticeBeforeAMeeting)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    for (auto const& vector : vectors.at("notice_before_meeting")) {
        auto const when = demo::at(vector.value("meeting", vector.value("voting_starts", "")));
        EXPECT_EQ(demo::text(notice_by(demo::calendar(), when, vector.at("days"))), vector.at("notice_by"));
    }
}

struct SpanCase {
    char const* name;
    char const* span;
    char const* start;
    char const* due;
};
class Spans : public testing::TestWithParam<SpanCase> {};

TEST_P(Spans, EndWhereTheyShould)
{
    auto const span = workflow::parse_period(GetParam().span);
    ASSERT_TRUE(span);
    EXPECT_EQ(demo::text(workflow::add(demo::calendar(), demo::at(GetParam().start), *span)), GetParam().due);
    EXPECT_EQ(workflow::to_text(*span), GetParam().span);
}
INSTANTIATE_TEST_SUITE_P(
    Table, Spans,
    testing::Values(SpanCase{"calendar_days", "7天", "2026-07-01T09:00", "2026-07-09T00:00:00"},
                    SpanCase{"legal_days_roll_over_holidays", "3天顺延", "2026-09-28T09:00", "2026-10-09T00:00:00"},
                    SpanCase{"legal_days_do_not_roll_over_sundays", "4天顺延", "2026-07-01T09:00", "2026-07-06T00:00:00"},
                    SpanCase{"hours", "24小时", "2026-07-01T09:00", "2026-07-02T09:00:00"},
                    SpanCase{"minutes", "30分钟", "2026-07-01T23:45", "2026-07-02T00:15:00"},
                    SpanCase{"working_hours", "4个工作小时", "2026-07-01T09:00", "2026-07-01T15:00:00"},
                    SpanCase{"working_minutes_end_with_a_span", "210个工作分钟", "2026-07-01T08:30", "2026-07-01T12:00:00"},
                    SpanCase{"months_clip_to_the_last_day", "1个月", "2026-01-31T09:00", "2026-03-01T00:00:00"}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Period, RefusesWhatItCannotRead)
{
    for (auto const* text : {"", "7", "天", "-3天", "0天", "7 days", "99999天", "7天天", "9999999999999天"})
        EXPECT_FALSE(workflow::parse_period(text)) << text;
}

TEST(Zone, FollowsItsChanges)
{
    using std::chrono::hours;
    auto const summer = std::chrono::sys_days{std::chrono::year{1986} / 5 / 4} - hours{8} + hours{2};
    auto const winter = std::chrono::sys_days{std::chrono::year{1986} / 9 / 14} - hours{9} + hours{2};
    Zone const zone(hours{8}, {{winter, hours{8}}, {summer, hours{9}}});
    auto local = [](int month, int date, int hour, int minute) {
        return LocalTime{std::chrono::local_days{std::chrono::year{1986} / month / date} + hours{hour} + minutes{minute}};
    };
    EXPECT_EQ(zone.instant(local(5, 4, 1, 59)), summer - minutes{1});
    EXPECT_EQ(zone.instant(local(5, 4, 3, 0)), summer);
    EXPECT_EQ(zone.instant(local(5, 4, 2, 30)), summer + minutes{30}) << "skipped: read with the offset before the gap";
    EXPECT_EQ(zone.instant(local(9, 14, 1, 30)), winter - minutes{30}) << "twice: the earlier one";
    EXPECT_EQ(zone.local(winter), local(9, 14, 1, 0));
    for (auto instant : {summer - hours{5}, summer, winter + hours{3}})
        EXPECT_EQ(zone.instant(zone.local(instant)), Instant{instant});
}

TEST(Calendar, QuietHoursAcrossMidnight)
{
    auto const& zone = demo::calendar().zone;
    QuietHours const quiet;
    struct Case {
        char const* at;
        char const* free;
    };
    for (auto const& [at, free] : {Case{"2026-07-01T20:59:59", "2026-07-01T20:59:59"}, Case{"2026-07-01T21:00", "2026-07-02T07:30:00"},
                                   Case{"2026-07-02T02:00", "2026-07-02T07:30:00"}, Case{"2026-07-02T07:30", "2026-07-02T07:30:00"}}) {
        EXPECT_EQ(demo::text(after_quiet(zone, quiet, demo::at(at))), free) << at;
        EXPECT_EQ(is_quiet(zone, quiet, demo::at(at)), std::string(at) != std::string(free).substr(0, std::string(at).size())) << at;
    }
    QuietHours const none{minutes{0}, minutes{0}};
    EXPECT_FALSE(is_quiet(zone, none, demo::at("2026-07-01T00:00")));
}

TEST(Calendar, WorkingTimeCountsBackWhatWasAdded)
{
    auto const seed = 20260701U;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    for (int i = 0; i < 300; ++i) {
        auto const start = demo::at("2026-01-01T00:00") + minutes{static_cast<std::int64_t>(rng() % (300U * 24 * 60))};
        minutes const amount{1 + static_cast<std::int64_t>(rng() % 5000)};
        auto const due = add_working_minutes(demo::calendar(), start, amount);
        EXPECT_EQ(working_time_between(demo::calendar(), start, due), amount) << demo::text(start) << " + " << amount.count();
    }
}
