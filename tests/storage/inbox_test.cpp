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

TEST(Inbox, PurgesTheOldestInPortions)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        for (int n = 1; n <= 10; ++n)
            inbox.keep({"c", std::to_string(n)}, instant(n), "");
        EXPECT_EQ(inbox.purge(instant(6), 3), 3);
        EXPECT_EQ(inbox.purge(instant(6), 3), 2);
        EXPECT_EQ(inbox.purge(instant(6), 3), 0);
        EXPECT_EQ(inbox.reply_to({"c", "6"}), "");
        EXPECT_EQ(inbox.reply_to({"c", "5"}), std::nullopt);
    });
}

} // namespace
} // namespace storage_tests
