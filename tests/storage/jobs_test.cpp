#include "storage/jobs.hpp"

#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

namespace storage_tests {
namespace {

using governance::CommunityId;
using storage::Database;
using storage::instant;
using storage::Job;
using storage::Jobs;

Job job(std::string key, std::int64_t due, std::string kind = "deadline", std::string community = "C1")
{
    return {CommunityId(std::move(community)), std::move(kind), std::move(key), instant(due), "{}", 0, ""};
}

std::vector<std::string> take_all(Database& db, std::int64_t until)
{
    std::vector<std::string> taken;
    while (auto const next = Jobs(db).take_next(instant(until)))
        taken.push_back(next->key + "@" + std::to_string(storage::micros(next->due_at)));
    return taken;
}

TEST(Jobs, FireInOrderOfTimeUpToTheInstant)
{
    Books books;
    books->write_now([](Database& db) {
        Jobs jobs(db);
        EXPECT_EQ(jobs.next_due(), std::nullopt);
        EXPECT_TRUE(jobs.arm(job("b", 30)));
        EXPECT_TRUE(jobs.arm(job("a", 20)));
        EXPECT_TRUE(jobs.arm(job("z", 10, "deadline", "C2")));
        EXPECT_TRUE(jobs.arm(job("late", 31)));
        EXPECT_EQ(jobs.next_due(), instant(10));
        EXPECT_EQ(take_all(db, 30), (std::vector<std::string>{"z@10", "a@20", "b@30"})) << "due at the instant counts";
        EXPECT_EQ(jobs.next_due(), instant(31));
    });
}

TEST(Jobs, AreUniqueAlsoAfterFiring)
{
    Books books;
    books->write_now([](Database& db) {
        Jobs jobs(db);
        EXPECT_TRUE(jobs.arm(job("a", 20)));
        EXPECT_FALSE(jobs.arm(job("a", 20)));
        EXPECT_TRUE(jobs.arm(job("a", 20, "reminder")));
        EXPECT_TRUE(jobs.arm(job("a", 21)));
        EXPECT_EQ(take_all(db, 100).size(), 3U);
        EXPECT_FALSE(jobs.arm(job("a", 20)));
        EXPECT_TRUE(take_all(db, 100).empty());
        EXPECT_EQ(jobs.purge(instant(21)), 2);
        EXPECT_EQ(jobs.purge(instant(21)), 0);
    });
}

TEST(Jobs, FireWithTheirEffectOrNotAtAll)
{
    Books books;
    books->write_now([](Database& db) { Jobs(db).arm(job("a", 20)); });
    EXPECT_THROW(books->write_now([](Database& db) {
        EXPECT_TRUE(Jobs(db).take_next(instant(20)).has_value());
        throw std::runtime_error("effect failed");
    }),
                 std::runtime_error);
    books->write_now([](Database& db) { EXPECT_EQ(take_all(db, 20), std::vector<std::string>{"a@20"}); });
    books.reopen();
    books->write_now([](Database& db) { EXPECT_TRUE(take_all(db, 100).empty()); });
}

TEST(Jobs, CancelByPrefix)
{
    Books books;
    books->write_now([](Database& db) {
        Jobs jobs(db);
        for (auto const* key : {"matter/1/", "matter/1/vote", "matter/1/表决", "matter/12/vote", "matter/2/vote"})
            jobs.arm(job(key, 20));
        jobs.arm(job("matter/1/vote", 20, "deadline", "C2"));
        EXPECT_EQ(jobs.armed(CommunityId("C1"), "matter/1/", 10).size(), 3U);
        EXPECT_EQ(jobs.cancel(CommunityId("C1"), "matter/1/"), 3);
        EXPECT_EQ(jobs.cancel(CommunityId("C1"), "matter/1/"), 0);
        EXPECT_EQ(take_all(db, 100), (std::vector<std::string>{"matter/12/vote@20", "matter/2/vote@20", "matter/1/vote@20"}));
        EXPECT_EQ(jobs.cancel(CommunityId("C1"), "matter/"), 0) << "what fired stays on record";
        EXPECT_FALSE(jobs.arm(job("matter/2/vote", 20)));
    });
}

TEST(Jobs, APoisonedJobIsParkedAndHoldsUpNobody)
{
    Books books;
    books->write_now([](Database& db) {
        Jobs jobs(db);
        jobs.arm(job("bad", 10));
        jobs.arm(job("good", 20));
        EXPECT_FALSE(jobs.failed(job("bad", 10), "first", 2));
        EXPECT_TRUE(jobs.failed(job("bad", 10), "second", 2));
        EXPECT_FALSE(jobs.failed(job("none", 10), "x", 1));
        EXPECT_EQ(take_all(db, 100), std::vector<std::string>{"good@20"});
        auto const parked = jobs.parked(10);
        ASSERT_EQ(parked.size(), 1U);
        EXPECT_EQ(parked[0].last_error, "second");
        EXPECT_EQ(parked[0].attempts, 2);
        EXPECT_TRUE(jobs.rearm(parked[0]));
        EXPECT_FALSE(jobs.rearm(parked[0]));
        EXPECT_EQ(take_all(db, 100), std::vector<std::string>{"bad@10"});
    });
}

} // namespace
} // namespace storage_tests
