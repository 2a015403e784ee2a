#include "storage/inbox.hpp"

#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

namespace storage_tests {
namespace {

using storage::Database;
using storage::Inbox;
using storage::instant;

TEST(Inbox, TheFirstDeliveryHasNoReplyYetRepeatsGetIt)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        EXPECT_EQ(inbox.remember({"wecom-app/main", "1"}, instant(5)), std::nullopt);
        EXPECT_EQ(inbox.remember({"wecom-app/main", "1"}, instant(6)), "") << "taken, and nothing was answered";
        inbox.answer({"wecom-app/main", "1"}, "已记下");
        EXPECT_EQ(inbox.remember({"wecom-app/main", "1"}, instant(7)), "已记下");
    });
    books.reopen();
    books->write_now([](Database& db) { EXPECT_EQ(Inbox(db).remember({"wecom-app/main", "1"}, instant(8), "other"), "已记下"); });
}

TEST(Inbox, KeysAreOfTheirChannel)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        EXPECT_EQ(inbox.remember({"wecom-app/main", "1"}, instant(5), "a"), std::nullopt);
        EXPECT_EQ(inbox.remember({"wecom-app/other", "1"}, instant(5), "b"), std::nullopt);
        EXPECT_EQ(inbox.remember({"wecom-app/main", "2"}, instant(5), "c"), std::nullopt);
        EXPECT_EQ(inbox.remember({"wecom-app/other", "1"}, instant(5)), "b");
    });
}

TEST(Inbox, AMessageWhoseEffectFailedMayComeAgain)
{
    Books books;
    EXPECT_THROW(books->write_now([](Database& db) {
        EXPECT_EQ(Inbox(db).remember({"c", "1"}, instant(5)), std::nullopt);
        throw std::runtime_error("fault");
    }),
                 std::runtime_error);
    books->write_now([](Database& db) { EXPECT_EQ(Inbox(db).remember({"c", "1"}, instant(6)), std::nullopt); });
}

TEST(Inbox, PurgesTheOldestInPortions)
{
    Books books;
    books->write_now([](Database& db) {
        Inbox inbox(db);
        for (int n = 1; n <= 10; ++n)
            inbox.remember({"c", std::to_string(n)}, instant(n));
        EXPECT_EQ(inbox.purge(instant(6), 3), 3);
        EXPECT_EQ(inbox.purge(instant(6), 3), 2);
        EXPECT_EQ(inbox.purge(instant(6), 3), 0);
        EXPECT_EQ(inbox.remember({"c", "6"}, instant(20)), "");
        EXPECT_EQ(inbox.remember({"c", "5"}, instant(20)), std::nullopt);
    });
}

} // namespace
} // namespace storage_tests
