#include "bot/pace.hpp"

#include <deque>
#include <random>

namespace bot {
namespace {

using namespace std::chrono_literals;
using governance::Instant;

TEST(Pace, FollowsTheFigures)
{
    EXPECT_EQ(Pace::of(20).interval, 4s);
    EXPECT_EQ(Pace::of(20).burst, 5);
    EXPECT_EQ(Pace::of(1).interval, 60s);
    EXPECT_EQ(Pace::of(1).burst, 1);
    EXPECT_EQ(Pace::of(0).interval, 0s);
}

/// However often somebody asks: no minute holds more than the platform takes, and what is taken comes close to it.
TEST(Pace, NeverExceedsTheLimitInAnyMinute)
{
    for (int const per_minute : {1, 2, 3, 7, 20, 100}) {
        SCOPED_TRACE(testing::Message() << per_minute << " a minute");
        auto const pace = Pace::of(per_minute);
        std::mt19937_64 rng(7);
        Instant now{1000s};
        Instant paid{};
        std::deque<Instant> minute;
        std::size_t most = 0;
        for (int i = 0; i < 20'000; ++i) {
            now += std::chrono::milliseconds(rng() % 400);
            if (pace.next(paid) > now)
                continue;
            paid = pace.pay(paid, now);
            minute.push_back(now);
            while (minute.front() <= now - 60s)
                minute.pop_front();
            most = std::max(most, minute.size());
        }
        EXPECT_LE(most, static_cast<std::size_t>(per_minute));
        EXPECT_GE(most * 2, static_cast<std::size_t>(per_minute));
    }
}

TEST(Pace, LetsEverythingPassWithoutALimit)
{
    auto const pace = Pace::of(0);
    Instant const now{5s};
    EXPECT_LE(pace.next(pace.pay(Instant{}, now)), now);
}

TEST(BackOff, DoublesUpToTheLongestAndSpreads)
{
    EXPECT_EQ(back_off(1, 1s, 60s, 0.5), 1s);
    EXPECT_EQ(back_off(4, 1s, 60s, 0.5), 8s);
    EXPECT_EQ(back_off(1000, 1s, 60s, 0.5), 60s);
    EXPECT_EQ(back_off(2, 1s, 60s, 0.0), 1s);
    EXPECT_EQ(back_off(2, 1s, 60s, 1.0), 3s);
}

} // namespace
} // namespace bot
