#include "drivers.hpp"

namespace storage_tests {
namespace {

using storage::Database;

/// Which batches form, and which of them wait for the disk.
class CommitContract : public DriverTest {
protected:
    void SetUp() override { open(); }
};

TEST_P(CommitContract, ALoneUnitCommitsAlone)
{
    auto const before = store_->statistics();
    for (int id = 1; id <= 3; ++id)
        store_->write_now([id](Database& db) { insert(db, id); });
    auto const after = store_->statistics();
    EXPECT_EQ(after.commits - before.commits, 3);
    EXPECT_EQ(after.batch_sizes[0] - before.batch_sizes[0], 3);
    EXPECT_EQ(after.units - before.units, 3);
    EXPECT_EQ(after.syncs - before.syncs, 3) << "each was on the disk before it was answered";
}

TEST_P(CommitContract, WhatWaitsSharesACommit)
{
    storage::StoreOptions options;
    options.batch_limit = 8;
    open(options);
    auto const before = store_->statistics();
    std::vector<std::future<void>> units;
    {
        HeldWriter held(*store_); // changes nothing, and the disk rests: it goes alone
        for (int id = 1; id <= 20; ++id)
            units.push_back(queue(*store_, [id](Database& db) { insert(db, id); }));
    }
    for (auto& unit : units)
        unit.get();
    auto const after = store_->statistics();
    EXPECT_EQ(after.commits - before.commits, 3) << "20 units by 8";
    EXPECT_EQ(after.largest_batch, 8);
    EXPECT_EQ(after.batch_sizes[3] - before.batch_sizes[3], 2) << "8 and 8";
    EXPECT_EQ(after.batch_sizes[2] - before.batch_sizes[2], 1) << "4";
    EXPECT_GE(after.syncs - before.syncs, 1);
    EXPECT_LE(after.syncs - before.syncs, 3);
}

TEST_P(CommitContract, ABatchWithoutChangesWaitsForNoDisk)
{
    store_->write_now([](Database& db) { insert(db, 1); });
    auto const before = store_->statistics();
    store_->write_now([](Database& db) { EXPECT_EQ(number(db, "SELECT COUNT(*) FROM item"), 1); });
    store_->write_now(
        [](Database& db) { db.run("INSERT INTO item (community, id) VALUES ('c1', 1) ON CONFLICT (community, id) DO NOTHING"); });
    EXPECT_THROW(store_->write_now([](Database& db) {
        insert(db, 2);
        throw std::runtime_error("refused");
    }),
                 std::runtime_error);
    auto const after = store_->statistics();
    EXPECT_EQ(after.commits, before.commits);
    EXPECT_EQ(after.syncs, before.syncs);
    EXPECT_EQ(after.unchanged_batches - before.unchanged_batches, 3);
    EXPECT_EQ(items(), 1);
}

/// Whatever way a change is made, it is committed.
TEST_P(CommitContract, EveryKindOfChangeIsCommitted)
{
    store_->write_now([](Database& db) { insert(db, 1); });
    EXPECT_EQ(items(), 1);
    store_->write_now([](Database& db) { db.query("INSERT INTO item (community, id) VALUES ('c1', 2) RETURNING id").next(); });
    EXPECT_EQ(items(), 2);
    store_->write_now([](Database& db) { db.script("INSERT INTO item (community, id) VALUES ('c1', 3)"); });
    EXPECT_EQ(items(), 3);
    store_->write_now([](Database& db) { db.run("  WITH n AS (SELECT 4 AS id) INSERT INTO item (community, id) SELECT 'c1', id FROM n"); });
    EXPECT_EQ(items(), 4);
    store_->write_now([](Database& db) { db.run("CREATE TABLE other (id BIGINT)"); });
    store_->read_now([](Database& db) { EXPECT_TRUE(db.has_table("other")); });
    store_->write_now([](Database& db) { db.run("UPDATE item SET name = 'z' WHERE id = 1"); });
    EXPECT_EQ(number(*store_, "SELECT COUNT(*) FROM item WHERE name = 'z'"), 1);
    store_->write_now([](Database& db) { db.run("DELETE FROM item"); });
    EXPECT_EQ(items(), 0);
}

YIQI_FOR_EVERY_DRIVER(CommitContract);

} // namespace
} // namespace storage_tests
