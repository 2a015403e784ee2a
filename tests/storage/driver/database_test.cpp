#include "drivers.hpp"

#include <string>

namespace storage_tests {
namespace {

using storage::Database;
using storage::StoreFault;

class DatabaseContract : public DriverTest {
protected:
    void SetUp() override { open(); }
};

TEST_P(DatabaseContract, KeepsTextNumbersAndNulls)
{
    std::string const text = "议起 'quoted' \"$1\"\n";
    store_->write_now([&](Database& db) {
        insert(db, 1, text);
        insert(db, 9223372036854775807, "");
        db.run("INSERT INTO item (community, id, name) VALUES ($2, $1, $3)", {std::int64_t{-5}, "c2", nullptr});
    });
    store_->read_now([&](Database& db) {
        auto rows = db.query("SELECT community, id, name FROM item ORDER BY community, id");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.text(2), text);
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.integer(1), 9223372036854775807);
        EXPECT_FALSE(rows.null(2)) << "empty text is not null";
        EXPECT_EQ(rows.text(2), "");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.str(0), "c2") << "parameters go by number, not by place";
        EXPECT_EQ(rows.maybe_integer(1), -5);
        EXPECT_TRUE(rows.null(2));
        EXPECT_EQ(rows.maybe_integer(2), std::nullopt);
        EXPECT_EQ(rows.text(2), "");
        EXPECT_FALSE(rows.next());
        EXPECT_FALSE(rows.next());
    });
}

TEST_P(DatabaseContract, CountsRowsChanged)
{
    store_->write_now([&](Database& db) {
        for (int id = 1; id <= 3; ++id)
            insert(db, id);
        EXPECT_EQ(db.run("UPDATE item SET name = $1 WHERE id > $2", {"y", std::int64_t{1}}), 2);
        EXPECT_EQ(db.run("UPDATE item SET name = $1 WHERE id > $2", {"y", std::int64_t{9}}), 0);
        EXPECT_EQ(db.run("INSERT INTO item (community, id, name) VALUES ('c1', 1, 'z') ON CONFLICT (community, id) DO NOTHING"), 0);
        EXPECT_EQ(db.run("DELETE FROM item"), 3);
    });
}

TEST_P(DatabaseContract, ReturningGivesRowsAndTakesEffect)
{
    store_->write_now([&](Database& db) {
        insert(db, 1, "a");
        auto rows = db.query("UPDATE item SET name = $1 WHERE id = 1 RETURNING name", {"b"});
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.text(0), "b");
    });
    EXPECT_EQ(number(*store_, "SELECT COUNT(*) FROM item WHERE name = 'b'"), 1);
}

TEST_P(DatabaseContract, AUnitThatOnlyReadsTheFirstReturnedRowIsCommitted)
{
    open();
    store_->write_now([](Database& db) {
        auto rows = db.query("INSERT INTO item (community, id, name) VALUES ('c', 1, 'a') RETURNING id");
        EXPECT_TRUE(rows.next());
    });
    EXPECT_EQ(items(), 1);
}

TEST_P(DatabaseContract, TheSameStatementMayRunWithinItsOwnRows)
{
    store_->write_now([&](Database& db) {
        for (int id = 1; id <= 3; ++id)
            insert(db, id);
        auto const sql = "SELECT id FROM item WHERE id >= $1 ORDER BY id";
        std::int64_t sum = 0;
        auto outer = db.query(sql, {std::int64_t{1}});
        while (outer.next()) {
            auto inner = db.query(sql, {outer.integer(0)});
            while (inner.next())
                sum += inner.integer(0);
        }
        EXPECT_EQ(sum, (1 + 2 + 3) + (2 + 3) + 3);
    });
}

TEST_P(DatabaseContract, TextThatMovesInMemoryIsTheSameStatement)
{
    store_->write_now([&](Database& db) {
        insert(db, 1, "a");
        for (int i = 0; i < 3000; ++i) { // one buffer, ever other statements in it: the address says nothing
            std::string sql = "SELECT " + std::to_string(i) + " FROM item";
            EXPECT_EQ(number(db, sql), i);
        }
    });
}

TEST_P(DatabaseContract, BindsOfAQueryAreCopied)
{
    store_->write_now([&](Database& db) {
        insert(db, 1, "first");
        std::string name = "first";
        auto rows = db.query("SELECT id FROM item WHERE name = $1", {name});
        name = "other";
        EXPECT_TRUE(rows.next());
    });
}

TEST_P(DatabaseContract, ErrorsHaveTheirFault)
{
    auto const fault = [&](std::function<void(Database&)> work) { return fault_of([&] { store_->write_now(work); }); };
    EXPECT_EQ(fault([](Database& db) { insert(db, 1), insert(db, 1); }), StoreFault::constraint);
    EXPECT_EQ(fault([](Database& db) { db.run("INSERT INTO item (community, id) VALUES (NULL, 1)"); }), StoreFault::constraint);
    EXPECT_EQ(fault([](Database& db) { db.run("SELEC 1"); }), StoreFault::other);
    EXPECT_EQ(fault([](Database& db) { db.run("SELECT $1", {}); }), StoreFault::other) << "a value is missing";
    EXPECT_EQ(fault([](Database& db) { db.run("SELECT $1", {"a", "b"}); }), StoreFault::other) << "a value too many";
    EXPECT_EQ(fault([](Database& db) { db.query("SELECT 'text'").next(), db.run("SELECT 1"); }), std::nullopt);
    EXPECT_EQ(fault([](Database& db) {
                  auto rows = db.query("SELECT 'text'");
                  rows.next();
                  static_cast<void>(rows.integer(0));
              }),
              StoreFault::corrupt);
    EXPECT_EQ(items(), 0);
}

TEST_P(DatabaseContract, KnowsItsTables)
{
    store_->read_now([](Database& db) {
        EXPECT_TRUE(db.has_table("item"));
        EXPECT_FALSE(db.has_table("items"));
        EXPECT_EQ(db.damage(), "");
    });
}

YIQI_FOR_EVERY_DRIVER(DatabaseContract);

} // namespace
} // namespace storage_tests
