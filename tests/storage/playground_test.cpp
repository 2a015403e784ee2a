#include "storage/playground.hpp"

#include "storage/district.hpp"
#include "storage/roster.hpp"
#include "support.hpp"

namespace storage_tests {
namespace {

using storage::PlaygroundChats;
using storage::PlaygroundLine;
using storage::PlaygroundLineKind;

PlaygroundLine line(char const* chat, char const* user, char const* text, PlaygroundLineKind kind = PlaygroundLineKind::said)
{
    PlaygroundLine made;
    made.at = governance::Instant(std::chrono::seconds(1'782'867'600));
    made.kind = kind;
    made.chat_id = chat;
    made.user_id = user;
    made.text = text;
    return made;
}

std::vector<std::string> texts(std::vector<PlaygroundLine> const& lines)
{
    std::vector<std::string> out;
    for (auto const& one : lines)
        out.push_back(one.text);
    return out;
}

TEST(PlaygroundChats, SurviveAReopeningAndComeByChat)
{
    Books books;
    books->write_now([](storage::Database& db) {
        PlaygroundChats chats(db);
        chats.add(line("CG-G12", "u0150", "a"));
        chats.add(line("", "u0150", "b"));
        chats.add(line("CG-G12", "", "c", PlaygroundLineKind::push));
        chats.add(line("", "u0153", "d"));
    });
    books.reopen();
    books->read_now([](storage::Database& db) {
        PlaygroundChats chats(db);
        EXPECT_THAT(texts(chats.after({}, 0, 10)), testing::ElementsAre("a", "b", "c", "d"));
        EXPECT_THAT(texts(chats.after({}, 1, 2)), testing::ElementsAre("b", "c"));
        EXPECT_THAT(texts(chats.after({"CG-G12", ""}, 0, 10)), testing::ElementsAre("a", "c"));
        EXPECT_THAT(texts(chats.after({"", "u0150"}, 0, 10)), testing::ElementsAre("b"));
        EXPECT_THAT(texts(chats.newest({}, 0, 2)), testing::ElementsAre("c", "d"));
        EXPECT_THAT(texts(chats.newest({}, 3, 2)), testing::ElementsAre("a", "b"));
        EXPECT_THAT(texts(chats.newest({"CG-G12", ""}, 0, 1)), testing::ElementsAre("c"));
        EXPECT_EQ(chats.after({"CG-G12", ""}, 0, 10).back().kind, PlaygroundLineKind::push);
    });
}

TEST(PlaygroundChats, ARepeatedSendingIsShownOnce)
{
    Books books;
    books->write_now([](storage::Database& db) {
        PlaygroundChats chats(db);
        EXPECT_TRUE(chats.add(line("CG-G12", "", "x", PlaygroundLineKind::push), "V2/7"));
        EXPECT_FALSE(chats.add(line("CG-G12", "", "x", PlaygroundLineKind::push), "V2/7"));
        EXPECT_TRUE(chats.add(line("CG-G12", "", "y", PlaygroundLineKind::push)));
        EXPECT_TRUE(chats.add(line("CG-G12", "", "y", PlaygroundLineKind::push)));
        EXPECT_EQ(chats.after({}, 0, 10).size(), 3U);
    });
}

TEST(PlaygroundChats, KeepPictures)
{
    Books books;
    books->write_now([](storage::Database& db) {
        PlaygroundChats chats(db);
        auto const id = chats.add_picture({"image/png", "aGk="});
        ASSERT_TRUE(chats.picture(id));
        EXPECT_EQ(chats.picture(id)->base64, "aGk=");
        EXPECT_FALSE(chats.picture(id + 1));
    });
}

TEST(Roster, ListsUsersOfTheDemoDistrictByPage)
{
    Books books;
    std::vector<std::string> problems;
    auto const district = storage::read_district(YIQI_SOURCE_DIR "/data/demo", problems);
    ASSERT_TRUE(problems.empty()) << problems.front();
    books->write_now([&](storage::Database& db) { storage::import_district(db, district, {"playground"}, {}); });
    books->read_now([](storage::Database& db) {
        auto const first = storage::roster(db, "playground", "", 300);
        ASSERT_EQ(first.size(), 300U);
        auto const rest = storage::roster(db, "playground", first.back().user_id, 300);
        EXPECT_EQ(first.size() + rest.size(), 401U); // 20 children have no account
        EXPECT_TRUE(storage::roster(db, "wecom:other", "", 300).empty());
        auto const head = storage::find_roster_row(db, "playground", "u0150");
        ASSERT_TRUE(head);
        EXPECT_EQ(head->household.str(), "HH054");
        EXPECT_THAT(head->roles, testing::Contains(testing::Field(&governance::RoleGrant::role, "household_head")));
        EXPECT_FALSE(storage::find_roster_row(db, "playground", "nobody"));
        EXPECT_EQ(storage::linked_groups(db, "playground").size(), 25U);
        EXPECT_GT(storage::all_names(db).size(), 400U);
        auto const adults = storage::adults_by_household(db, "playground", governance::CommunityId{"V2"});
        EXPECT_THAT(adults, testing::Contains(testing::Pair(governance::HouseholdId{"HH054"}, "u0150")));
        EXPECT_THAT(adults, testing::Not(testing::Contains(testing::Pair(testing::_, "u0262")))) << "a child";
    });
}

} // namespace
} // namespace storage_tests
