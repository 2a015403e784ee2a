#include "storage/inbox.hpp"

#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

namespace storage_tests {
namespace {

using storage::Database;
using storage::Inbox;
using storage::instant;

TEST(Inbox, ANewMessageHasNoReplyARepeatGetsIt)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        EXPECT_EQ(inbox.reply_to({"wecom-app/main", "1"}), std::nullopt);
        inbox.keep({"wecom-app/main", "1"}, instant(5), "已记下");
        EXPECT_EQ(inbox.reply_to({"wecom-app/main", "1"}), "已记下");
        inbox.keep({"wecom-app/main", "2"}, instant(5), "");
        EXPECT_EQ(inbox.reply_to({"wecom-app/main", "2"}), "") << "taken, and nothing was answered";
    });
    books.reopen();
    books->write_now([](Database& db) { EXPECT_EQ(Inbox(db).reply_to({"wecom-app/main", "1"}), "已记下"); });
    EXPECT_EQ(fault_of([&] { books->write_now([](Database& db) {
                                 Inbox(db).keep({"wecom-app/main", "1"}, instant(8), "other");
                             }); }),
              storage::StoreFault::constraint);
}

TEST(Inbox, KeysAreOfTheirChannel)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        inbox.keep({"wecom-app/main", "1"}, instant(5), "a");
        inbox.keep({"wecom-app/other", "1"}, instant(5), "b");
        inbox.keep({"wecom-app/main", "2"}, instant(5), "c");
        EXPECT_EQ(inbox.reply_to({"wecom-app/other", "1"}), "b");
        EXPECT_EQ(inbox.reply_to({"wecom-app/other", "2"}), std::nullopt);
    });
}

TEST(Inbox, AMessageWhoseEffectFailedMayComeAgain)
{
    Books books;
    EXPECT_THROW(books->write_now([](Database& db) {
        Inbox(db).keep({"c", "1"}, instant(5), "a");
        throw std::runtime_error("fault");
    }),
                 std::runtime_error);
    books->write_now([](Database& db) { EXPECT_EQ(Inbox(db).reply_to({"c", "1"}), std::nullopt); });
}

TEST(Inbox, PurgesWhatIsOldInAWalkByKey)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        auto const left = [&] {
            std::string keys;
            auto rows = db.query("SELECT channel, dedup_key FROM inbound ORDER BY channel, dedup_key");
            while (rows.next())
                keys += rows.str(0) + rows.str(1) + " ";
            return keys;
        };
        for (int n = 1; n <= 6; ++n)
            inbox.keep({n > 4 ? "d" : "c", std::to_string(n)}, instant(n % 3), "");
        EXPECT_TRUE(inbox.purge(instant(1), 3)) << "looked at c1, c2, c3";
        EXPECT_EQ(left(), "c1 c2 c4 d5 d6 ");
        EXPECT_TRUE(inbox.purge(instant(1), 3)) << "looked at c4, d5, d6";
        EXPECT_EQ(left(), "c1 c2 c4 d5 ");
        inbox.keep({"c", "0"}, instant(0), ""); // behind the walk
        EXPECT_FALSE(inbox.purge(instant(1), 3));
        EXPECT_EQ(left(), "c0 c1 c2 c4 d5 ");
        EXPECT_FALSE(inbox.purge(instant(2), 9)) << "a new walk, in one step";
        EXPECT_EQ(left(), "c2 d5 ");
        EXPECT_EQ(inbox.reply_to({"c", "2"}), "");
        EXPECT_EQ(inbox.reply_to({"c", "4"}), std::nullopt);
    });
}

} // namespace
} // namespace storage_tests
