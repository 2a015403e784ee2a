#include "bot/scheduler.hpp"

#include "bot/clock_api.hpp"
#include "bot/fakes.hpp"
#include "storage/jobs.hpp"

#include <nlohmann/json.hpp>

#include <atomic>
#include <stdexcept>

namespace bot {
namespace {

using namespace std::chrono_literals;
using governance::Instant;

Instant const kStart{std::chrono::seconds(1'782'867'600)}; // 2026-07-01T01:00:00Z

class SchedulerTest : public testing::Test {
protected:
    SchedulerTest()
    {
        service_.on_job = [this](storage::Database& db, Instant until) {
            auto const job = storage::Jobs(db).take_next(until);
            if (!job)
                return false;
            if (job->kind == "broken")
                throw std::runtime_error("this job never works");
            if (job->kind == "chain") // arms another one an hour later, as a deadline that opens the next stage does
                storage::Jobs(db).arm({job->community, "plain", "next", job->due_at + 1h, "", 0, ""});
            fired_.emplace_back(job->key, job->due_at);
            return true;
        };
        store_->write_now([this](storage::Database& db) { clock_.begin_at(db, kStart); });
        scheduler_ =
            std::make_unique<Scheduler>(Scheduler::Parts{*store_, service_, clock_, metrics_, [] {}}, Scheduler::Options{.tries = 3});
    }
    void arm(std::string const& kind, std::string const& key, std::chrono::microseconds after)
    {
        store_->write_now([&](storage::Database& db) {
            storage::Jobs(db).arm({governance::CommunityId("V1"), kind, key, kStart + after, "", 0, ""});
        });
    }
    std::chrono::microseconds stored()
    {
        std::optional<std::chrono::microseconds> offset;
        store_->read_now([&](storage::Database& db) { offset = ProcedureClock::stored(db); });
        return offset.value_or(-1us);
    }

    std::atomic<std::int64_t> machine_us_{2'000'000'000'000'000};
    ProcedureClock clock_{[this] { return Instant(std::chrono::microseconds(machine_us_)); }};
    Metrics metrics_;
    FakeService service_;
    TemporaryStore store_;
    std::vector<std::pair<std::string, Instant>> fired_;
    std::unique_ptr<Scheduler> scheduler_;
};

TEST_F(SchedulerTest, FiresWhatIsDueInOrder)
{
    arm("plain", "b", 2h);
    arm("plain", "a", 1h);
    arm("plain", "later", 3h);
    EXPECT_TRUE(scheduler_->fire_due(kStart + 2h, false));
    EXPECT_THAT(fired_, testing::ElementsAre(testing::Pair("a", kStart + 1h), testing::Pair("b", kStart + 2h)));
    EXPECT_EQ(clock_.now(), kStart);
}

TEST_F(SchedulerTest, AdvanceFiresEverythingOnTheWayAtItsOwnTime)
{
    std::vector<Instant> clock_before;
    auto const inner = service_.on_job;
    service_.on_job = [&](storage::Database& db, Instant until) {
        clock_before.push_back(clock_.now());
        return inner(db, until);
    };
    arm("chain", "first", 1h);
    arm("plain", "third", 3h);
    EXPECT_EQ(scheduler_->advance_now(4h), kStart + 4h);
    EXPECT_THAT(fired_, testing::ElementsAre(testing::Pair("first", kStart + 1h), testing::Pair("next", kStart + 2h),
                                             testing::Pair("third", kStart + 3h)));
    EXPECT_THAT(clock_before,
                testing::ElementsAre(kStart, kStart + 1h, kStart + 2h)); // time follows the jobs, so what comes in between fits
    EXPECT_EQ(clock_.now(), kStart + 4h);
}

TEST_F(SchedulerTest, AdvanceByNothingFiresWhatIsDue)
{
    arm("plain", "now", 0s);
    EXPECT_EQ(scheduler_->advance_now(0s), kStart);
    EXPECT_EQ(fired_.size(), 1U);
}

TEST_F(SchedulerTest, ABrokenJobIsParkedAndHoldsUpNobody)
{
    arm("broken", "x", 1h);
    arm("plain", "y", 2h);
    EXPECT_EQ(scheduler_->advance_now(3h), kStart + 3h);
    EXPECT_THAT(fired_, testing::ElementsAre(testing::Pair("y", kStart + 2h)));
    std::vector<storage::Job> parked;
    store_->read_now([&](storage::Database& db) { parked = storage::Jobs(db).parked(10); });
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].last_error, "this job never works");
}

TEST_F(SchedulerTest, OffsetSurvivesARestartAndNeverShrinks)
{
    scheduler_->advance_now(24h);
    machine_us_ += 5'000'000;
    ProcedureClock after([this] { return Instant(std::chrono::microseconds(machine_us_)); });
    store_->write_now([&](storage::Database& db) { after.begin_at(db, kStart); });
    EXPECT_EQ(after.now(), kStart + 24h + 5s);
    auto const kept = stored();
    store_->write_now([&](storage::Database& db) { EXPECT_EQ(after.move_to(db, kStart), kept); });
    EXPECT_EQ(stored(), kept);
    after.adopt(kept - 1h);
    EXPECT_EQ(after.now(), kStart + 24h + 5s);
}

TEST(ProcedureClock, WithoutAPlaygroundIsTheMachinesClock)
{
    TemporaryStore store;
    ProcedureClock clock([] { return kStart; });
    store->write_now([&](storage::Database& db) {
        EXPECT_FALSE(ProcedureClock::stored(db));
        clock.begin(db);
        EXPECT_EQ(ProcedureClock::stored(db), 0us);
        clock.begin_at(db, kStart + 24h); // served before: the playground does not set it back or forward
    });
    EXPECT_EQ(clock.now(), kStart);
}

class ClockApiTest : public SchedulerTest {
protected:
    ClockApiTest()
    {
        add_clock_api(router_, clock_, *scheduler_);
        scheduler_->start();
    }
    HttpResponse ask(char const* method, std::string const& body)
    {
        auto exchange = std::make_shared<FakeExchange>(method, "/api/v1/playground/clock", body);
        router_.dispatch(exchange);
        return exchange->answer();
    }
    Router router_;
};

TEST_F(ClockApiTest, TellsAndMovesTheTime)
{
    EXPECT_EQ(ask("GET", "").body, R"({"now":"2026-07-01T01:00:00Z"})");
    arm("plain", "a", 30min);
    EXPECT_EQ(ask("POST", R"({"advance_seconds": 3600})").body, R"({"now":"2026-07-01T02:00:00Z"})");
    EXPECT_EQ(fired_.size(), 1U);
    EXPECT_EQ(ask("POST", R"({"advance_seconds": 0})").status, 200);
}

TEST_F(ClockApiTest, RefusesWhatIsNoStep)
{
    for (auto const* body : {"", "{", "[]", "{}", "3600", R"({"advance_seconds": -1})", R"({"advance_seconds": 1.5})",
                             R"({"advance_seconds": "60"})", R"({"advance_seconds": 315360001})", R"({"advance_seconds": 1e99})",
                             R"({"advance_seconds": 18446744073709551615})", R"({"advance_seconds": 1, "to": 2})"})
        EXPECT_EQ(ask("POST", body).status, 400) << body;
    EXPECT_EQ(clock_.now(), kStart);
}

} // namespace
} // namespace bot
