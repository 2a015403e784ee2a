#include "storage/settings.hpp"

#include "storage/definitions.hpp"
#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

namespace storage_tests {
namespace {

using governance::CommunityId;
using storage::Database;
using storage::instant;

TEST(Settings, AreOfTheirCommunity)
{
    Books books;
    books->write_now([](Database& db) {
        storage::Settings settings(db);
        EXPECT_EQ(settings.get(CommunityId("C1"), "a.x"), std::nullopt);
        settings.set(CommunityId("C1"), "a.x", "1");
        settings.set(CommunityId("C1"), "a.x", "2");
        settings.set(CommunityId("C1"), "a.文", "3");
        settings.set(CommunityId("C1"), "b", "");
        settings.set(CommunityId(), "a.x", "own");
        EXPECT_EQ(settings.get(CommunityId("C1"), "a.x"), "2");
        EXPECT_EQ(settings.get(CommunityId("C1"), "b"), "");
        EXPECT_EQ(settings.get(CommunityId(), "a.x"), "own");
        using Pairs = std::vector<std::pair<std::string, std::string>>;
        EXPECT_EQ(settings.list(CommunityId("C1"), "a."), (Pairs{{"a.x", "2"}, {"a.文", "3"}}));
        EXPECT_EQ(settings.list(CommunityId("C1"), "").size(), 3U);
        EXPECT_TRUE(settings.erase(CommunityId("C1"), "a.x"));
        EXPECT_FALSE(settings.erase(CommunityId("C1"), "a.x"));
    });
}

TEST(Numbers, RunPerCommunityWithoutGaps)
{
    Books books;
    books->write_now([](Database& db) {
        storage::Numbers numbers(db);
        EXPECT_EQ(numbers.last(CommunityId("C1"), "ref_no"), 0);
        EXPECT_EQ(numbers.next(CommunityId("C1"), "ref_no"), 1);
        EXPECT_EQ(numbers.next(CommunityId("C1"), "ref_no"), 2);
        EXPECT_EQ(numbers.next(CommunityId("C2"), "ref_no"), 1);
        EXPECT_EQ(numbers.next(CommunityId("C1"), "record_no"), 1);
    });
    EXPECT_THROW(books->write_now([](Database& db) {
        EXPECT_EQ(storage::Numbers(db).next(CommunityId("C1"), "ref_no"), 3);
        throw std::runtime_error("refused");
    }),
                 std::runtime_error);
    books->write_now([](Database& db) {
        storage::Numbers numbers(db);
        EXPECT_EQ(numbers.next(CommunityId("C1"), "ref_no"), 3) << "a number nobody saw is not lost";
        numbers.raise(CommunityId("C1"), "ref_no", 1023);
        numbers.raise(CommunityId("C1"), "ref_no", 10);
        EXPECT_EQ(numbers.next(CommunityId("C1"), "ref_no"), 1024);
        numbers.raise(CommunityId("C3"), "ref_no", 5);
        EXPECT_EQ(numbers.last(CommunityId("C3"), "ref_no"), 5);
    });
}

TEST(Definitions, VersionsStay)
{
    Books books;
    books->write_now([](Database& db) {
        storage::Definitions definitions(db);
        EXPECT_FALSE(definitions.latest(CommunityId(), "five_talks").has_value());
        EXPECT_EQ(definitions.put(CommunityId(), "five_talks", "v1", instant(1)), 1);
        EXPECT_EQ(definitions.put(CommunityId(), "five_talks", "v1", instant(2)), 1) << "the same text is the same version";
        EXPECT_EQ(definitions.put(CommunityId(), "five_talks", "v2", instant(3)), 2);
        EXPECT_EQ(definitions.put(CommunityId(), "five_talks", "v1", instant(4)), 3) << "going back is a new version";
        EXPECT_EQ(definitions.put(CommunityId("C1"), "five_talks", "own", instant(5)), 1);
        EXPECT_EQ(definitions.put(CommunityId(), "report", "r", instant(6)), 1);
        EXPECT_EQ(definitions.get(CommunityId(), "five_talks", 2)->text, "v2");
        EXPECT_EQ(definitions.get(CommunityId(), "five_talks", 2)->added_at, instant(3));
        EXPECT_FALSE(definitions.get(CommunityId(), "five_talks", 4).has_value());
        EXPECT_EQ(definitions.latest(CommunityId(), "five_talks")->version, 3);
        EXPECT_EQ(definitions.latest(CommunityId(), "five_talks")->hash, definitions.get(CommunityId(), "five_talks", 1)->hash);
        auto const all = definitions.all(CommunityId());
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].version, 3);
        EXPECT_EQ(all[1].id, "report");
    });
}

} // namespace
} // namespace storage_tests
