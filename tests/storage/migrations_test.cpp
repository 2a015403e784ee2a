#include "storage/migrations.hpp"

#include "storage/support.hpp"

#include <gtest/gtest.h>

#include <array>

namespace storage_tests {
namespace {

using storage::Database;
using storage::Migration;
using storage::StoreFault;

constexpr std::array<Migration, 3> kSteps{{
    {1, "one", "CREATE TABLE one (id BIGINT PRIMARY KEY);"},
    {2, "two", "CREATE TABLE two (name TEXT NOT NULL PRIMARY KEY) /* sqlite: WITHOUT ROWID */; INSERT INTO two (name) VALUES ('a;b');"},
    {3, "three", "CREATE TABLE three (id BIGINT); INSERT INTO one (id) VALUES (1);"},
}};

class Migrations : public testing::Test {
protected:
    std::span<Migration const> steps(std::size_t count) const { return std::span(kSteps).first(count); }
    std::int64_t version()
    {
        std::int64_t version = -1;
        store_->read_now([&](Database& db) { version = storage::schema_version(db); });
        return version;
    }
    std::optional<StoreFault> required(std::span<Migration const> wanted)
    {
        return fault_of([&] { store_->read_now([&](Database& db) { storage::require_schema(db, wanted); }); });
    }

    TempFolder folder_;
    std::unique_ptr<storage::Store> store_ = storage::open_store({.url = "sqlite:" + (folder_ / "a/b/m.db").string()});
};

TEST_F(Migrations, AppliesWhatIsMissingInOrder)
{
    EXPECT_EQ(version(), 0);
    EXPECT_EQ(required(steps(1)), StoreFault::schema);
    EXPECT_EQ(storage::migrate(*store_, steps(2)), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(version(), 2);
    EXPECT_EQ(required(steps(2)), std::nullopt);
    EXPECT_EQ(required(steps(3)), StoreFault::schema) << "older than the program";
    EXPECT_EQ(storage::migrate(*store_, steps(3)), std::vector<std::string>{"three"});
    EXPECT_TRUE(storage::migrate(*store_, steps(3)).empty());
    EXPECT_EQ(number(*store_, "SELECT COUNT(*) FROM two"), 1);
    EXPECT_EQ(number(*store_, "SELECT COUNT(*) FROM one"), 1);
}

TEST_F(Migrations, RefusesANewerSchema)
{
    storage::migrate(*store_, steps(3));
    EXPECT_EQ(fault_of([&] { storage::migrate(*store_, steps(2)); }), StoreFault::schema);
    EXPECT_EQ(required(steps(2)), StoreFault::schema);
}

TEST_F(Migrations, RefusesAnEditedStep)
{
    storage::migrate(*store_, steps(2));
    auto edited = kSteps;
    edited[0].sql = "CREATE TABLE one (id BIGINT PRIMARY KEY );";
    EXPECT_EQ(fault_of([&] { storage::migrate(*store_, edited); }), StoreFault::schema);
    EXPECT_EQ(required(std::span(edited).first(2)), StoreFault::schema);
    EXPECT_EQ(version(), 2) << "nothing further was applied";
}

TEST_F(Migrations, RefusesARecordWithAGap)
{
    storage::migrate(*store_, steps(3));
    store_->write_now([](Database& db) { db.run("DELETE FROM schema_migrations WHERE version = 2"); });
    EXPECT_EQ(fault_of([&] { storage::migrate(*store_, steps(3)); }), StoreFault::schema);
}

TEST_F(Migrations, AStepThatFailsHalfWayLeavesNothing)
{
    auto broken = kSteps;
    broken[2].sql = "CREATE TABLE three (id BIGINT); INSERT INTO one (id) VALUES (1); INSERT INTO nowhere (id) VALUES (1);";
    EXPECT_TRUE(fault_of([&] { storage::migrate(*store_, broken); }).has_value());
    EXPECT_EQ(version(), 2) << "the steps before it stay";
    store_->read_now([](Database& db) { EXPECT_FALSE(db.has_table("three")); });
    EXPECT_EQ(number(*store_, "SELECT COUNT(*) FROM one"), 0);
    EXPECT_EQ(storage::migrate(*store_, steps(3)), std::vector<std::string>{"three"}) << "mended, it goes on";
}

TEST_F(Migrations, SurviveReopening)
{
    storage::migrate(*store_, steps(2));
    store_.reset();
    store_ = storage::open_store({.url = "sqlite:" + (folder_ / "a/b/m.db").string(), .create = false});
    EXPECT_EQ(version(), 2);
}

TEST_F(Migrations, TheProgramsOwnApply)
{
    auto const all = storage::program_migrations();
    ASSERT_FALSE(all.empty());
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_EQ(all[i].version, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(storage::migrate(*store_).size(), all.size());
    EXPECT_EQ(version(), storage::program_schema_version());
    EXPECT_EQ(required(all), std::nullopt);
}

TEST(OpenStore, RefusesWhatItCannotOpen)
{
    TempFolder folder;
    EXPECT_EQ(fault_of([] { storage::open_store({.url = "postgresql://user@host/db"}); }), StoreFault::unreachable);
    EXPECT_EQ(fault_of([] { storage::open_store({.url = "var/yiqi.db"}); }), StoreFault::unreachable);
    EXPECT_EQ(fault_of([] { storage::open_store({.url = "sqlite:/proc/none/yiqi.db"}); }), StoreFault::unreachable);
    auto const missing = folder / "missing.db";
    EXPECT_EQ(fault_of([&] { storage::open_store({.url = "sqlite:" + missing.string(), .create = false}); }), StoreFault::unreachable);
    EXPECT_FALSE(std::filesystem::exists(missing));
}

} // namespace
} // namespace storage_tests
