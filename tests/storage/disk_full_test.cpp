#include "storage/child.hpp"
#include "storage/support.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/resource.h>

namespace storage_tests {
namespace {

using storage::Database;
using storage::StoreFault;

void insert(Database& db, std::int64_t id, std::size_t bytes)
{
    db.run("INSERT INTO blob (id, content) VALUES ($1, $2)", {id, std::string(bytes, 'x')});
}

void make_table(storage::Store& store)
{
    store.write_now([](Database& db) { db.script("CREATE TABLE blob (id BIGINT PRIMARY KEY, content TEXT NOT NULL)"); });
}

TEST(DiskFull, OnlyTheUnitThatDoesNotFitFails)
{
    TempFolder folder;
    auto const store = storage::open_store({.url = "sqlite:" + (folder / "f.db").string(), .log_bytes = 0, .page_limit = 60});
    make_table(*store);
    std::vector<std::future<void>> small;
    std::future<void> huge;
    {
        HeldWriter held(*store);
        small.push_back(queue(*store, [](Database& db) { insert(db, 1, 100); }));
        huge = queue(*store, [](Database& db) { insert(db, 2, 400'000); });
        small.push_back(queue(*store, [](Database& db) { insert(db, 3, 100); }));
    }
    EXPECT_EQ(fault_of([&] { huge.get(); }), StoreFault::full);
    for (auto& unit : small)
        EXPECT_NO_THROW(unit.get());
    EXPECT_EQ(number(*store, "SELECT SUM(id) FROM blob"), 1 + 3);
}

TEST(DiskFull, AUnitThatSwallowsTheErrorIsNotAcknowledged)
{
    TempFolder folder;
    auto const store = storage::open_store({.url = "sqlite:" + (folder / "f.db").string(), .log_bytes = 0, .page_limit = 60});
    make_table(*store);
    auto const outcome = fault_of([&] {
        store->write_now([](Database& db) {
            insert(db, 1, 100);
            EXPECT_EQ(fault_of([&] { insert(db, 2, 400'000); }), StoreFault::full);
        });
    });
    // SQLite undoes the statement alone or the whole transaction, as it can. Either way the answer tells which.
    EXPECT_EQ(number(*store, "SELECT COUNT(*) FROM blob"), outcome ? 0 : 1);
}

/// Fills a store up to a limit on the size of files, as a quota does: the log cannot grow, so it is COMMIT that fails.
bool fill_up(std::string const& url)
{
    std::signal(SIGXFSZ, SIG_IGN);
    auto const store = storage::open_store({.url = url, .log_bytes = 0});
    make_table(*store);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    auto const unlimited = limit.rlim_cur;
    limit.rlim_cur = 400'000;
    ::setrlimit(RLIMIT_FSIZE, &limit);

    std::int64_t acknowledged = 0;
    std::optional<StoreFault> fault;
    while (!fault && acknowledged < 1000) {
        fault = fault_of([&] { store->write_now([&](Database& db) { insert(db, acknowledged + 1, 3000); }); });
        acknowledged += fault ? 0 : 1;
    }
    std::vector<std::future<void>> batch;
    {
        HeldWriter held(*store);
        for (int id = 2001; id <= 2005; ++id)
            batch.push_back(queue(*store, [id](Database& db) { insert(db, id, 3000); }));
    }
    bool all_refused = true;
    for (auto& unit : batch)
        all_refused = fault_of([&] { unit.get(); }) == StoreFault::full && all_refused;

    limit.rlim_cur = unlimited;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    bool const goes_on = !fault_of([&] { store->write_now([](Database& db) { insert(db, 5000, 3000); }); });
    store->close();
    auto const again = storage::open_store({.url = url, .log_bytes = 0});
    bool const exact = number(*again, "SELECT COUNT(*) FROM blob WHERE id < 2000") == acknowledged &&
                       number(*again, "SELECT COUNT(*) FROM blob WHERE id >= 2000") == 1;
    return fault == StoreFault::full && acknowledged > 0 && all_refused && goes_on && exact;
}

TEST(DiskFull, ABatchThatCannotBeCommittedAcknowledgesNothingAndTheStoreGoesOn)
{
    TempFolder folder;
    auto const url = "sqlite:" + (folder / "f.db").string();
    Child child([&](int) { return fill_up(url); });
    EXPECT_TRUE(child.succeeded());
}

} // namespace
} // namespace storage_tests
