#include "storage/child.hpp"
#include "storage/ledger.hpp"
#include "storage/settings.hpp"
#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <unistd.h>

namespace storage_tests {
namespace {

using governance::CommunityId;
using storage::Database;

/// A unit of work of two facts that belong together.
void fact(Database& db, std::int64_t id)
{
    storage::Settings(db).set(CommunityId("C1"), std::to_string(id), "x");
    storage::Ledger(db).append({storage::instant(id), CommunityId("C1"), "fact", governance::RefNo(0), "{}", "{}"});
}

/// Keeps some units under way for ever and says in the pipe which were acknowledged.
bool write_until_killed(std::string const& url, std::int64_t first, int pipe)
{
    constexpr int kUnderWay = 16;
    auto const store = storage::open_store({.url = url});
    std::atomic<int> under_way = 0;
    for (std::int64_t id = first;; ++id) {
        while (under_way.load() >= kUnderWay)
            under_way.wait(kUnderWay);
        ++under_way;
        store->write([id](Database& db) { fact(db, id); },
                     [&under_way, pipe, id](std::exception_ptr failure) {
                         if (!failure && ::write(pipe, &id, sizeof id) != sizeof id)
                             ::_exit(2);
                         --under_way;
                         under_way.notify_one();
                     });
    }
}

TEST(Crash, EverythingAcknowledgedIsThereAfterAKill)
{
    Books books;
    auto const url = books.url();
    books.close();
    std::set<std::int64_t> acknowledged;
    std::int64_t next = 1;
    for (std::size_t const enough : {1U, 50U, 400U, 900U}) {
        SCOPED_TRACE(testing::Message() << "killed after " << enough);
        Child child([&](int pipe) { return write_until_killed(url, next, pipe); });
        std::int64_t id = 0;
        std::size_t count = 0;
        while (::read(child.pipe(), &id, sizeof id) == sizeof id) { // goes on with what was in the pipe when it died
            acknowledged.insert(id);
            if (++count == enough)
                child.kill();
        }
        EXPECT_FALSE(child.succeeded());
        EXPECT_GE(count, enough);

        auto const store = storage::open_store({.url = url});
        store->read_now([&](Database& db) {
            for (auto const one : acknowledged)
                EXPECT_TRUE(storage::Settings(db).get(CommunityId("C1"), std::to_string(one)).has_value()) << one;
            auto const check = storage::verify_ledger(db);
            EXPECT_TRUE(check.ok()) << check.fault;
            EXPECT_EQ(check.head.size, number(db, "SELECT COUNT(*) FROM settings")) << "both facts of a unit or neither";
            next = number(db, "SELECT MAX(CAST(name AS BIGINT)) FROM settings") + 1;
        });
    }
}

} // namespace
} // namespace storage_tests
