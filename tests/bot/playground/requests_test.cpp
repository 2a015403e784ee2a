#include "playground/requests.hpp"

#include "bot/web/query.hpp"

#include <algorithm>
#include <string>

namespace bot::playground {
namespace {

TEST(PlaygroundRequests, AMessageIsReadWhole)
{
    auto const spoken = read_message(R"({"as":"u0150","chat":"CG-G12","text":"附议 1","quote":{"text":"x","task_id":"t"},
        "picture":{"name":"a.jpg","type":"image/jpeg","base64":"/9j/4AAQ"},
        "action":{"task_id":"t","key":"k","selections":[{"question":"q","options":["a","b"]}]}})");
    EXPECT_EQ(spoken.user_id, "u0150");
    EXPECT_EQ(spoken.chat_id, "CG-G12");
    EXPECT_EQ(spoken.quote_task_id, "t");
    EXPECT_EQ(spoken.picture_name, "a.jpg");
    ASSERT_TRUE(spoken.action);
    ASSERT_EQ(spoken.action->selections.size(), 1U);
    EXPECT_EQ(spoken.action->selections[0].options.size(), 2U);
}

struct Bad {
    char const* name;
    char const* body;
};
class RefusedMessage : public testing::TestWithParam<Bad> {};
TEST_P(RefusedMessage, IsABadRequest)
{
    EXPECT_THROW(read_message(GetParam().body), BadRequest);
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedMessage,
                         testing::Values(Bad{"no_json", "x"}, Bad{"list", "[]"}, Bad{"nobody", R"({"text":"x"})"},
                                         Bad{"nothing_said", R"({"as":"u1"})"}, Bad{"bad_id", R"({"as":"u 1","text":"x"})"},
                                         Bad{"bad_chat", R"({"as":"u1","chat":"../x","text":"x"})"},
                                         Bad{"number_text", R"({"as":"u1","text":1})"}, Bad{"control", R"({"as":"u1","text":"a\u0000b"})"},
                                         Bad{"action_without_card", R"({"as":"u1","action":{"key":"k"}})"},
                                         Bad{"action_list", R"({"as":"u1","action":{"task_id":"t","selections":[1]}})"},
                                         Bad{"picture_type", R"({"as":"u1","picture":{"type":"text/html","base64":"aaaaaaaa"}})"},
                                         Bad{"picture_bytes", R"({"as":"u1","picture":{"type":"image/png","base64":"<svg onload>"}})"}),
                         [](auto const& tc) { return std::string(tc.param.name); });

TEST(PlaygroundRequests, NeighboursAreChecked)
{
    auto const request =
        read_neighbours(R"({"community":"V2","no":1,"action":"vote","count":40,"mix":{"for":26,"against":11,"abstain":3}})");
    EXPECT_EQ(request.count, 40U);
    EXPECT_FALSE(request.in_group);
    EXPECT_TRUE(read_neighbours(R"({"community":"V2","no":1,"action":"endorse","count":4})").in_group);
    EXPECT_THROW(read_neighbours(R"({"community":"V2","no":1,"action":"endorse","count":201})"), BadRequest);
    EXPECT_THROW(read_neighbours(R"({"community":"V2","no":1,"action":"cheat","count":1})"), BadRequest);
    EXPECT_THROW(read_neighbours(R"({"community":"V2","no":1,"action":"rate","count":1,"mix":{"6":1}})"), BadRequest);
    EXPECT_THROW(read_neighbours(R"({"community":"V2","no":1,"action":"vote","count":1,"mix":{"for":-1}})"), BadRequest);
}

TEST(Deal, KeepsTheMixInTheWholeAndInEveryBeginning)
{
    auto const dealt = deal({{"for", 26}, {"against", 11}, {"abstain", 3}}, 40);
    ASSERT_EQ(dealt.size(), 40U);
    EXPECT_EQ(std::count(dealt.begin(), dealt.end(), "for"), 26);
    EXPECT_EQ(std::count(dealt.begin(), dealt.end(), "against"), 11);
    auto const half = std::count(dealt.begin(), dealt.begin() + 20, "for");
    EXPECT_NEAR(static_cast<double>(half), 13.0, 1.0);
    EXPECT_TRUE(deal({}, 5).empty());
    EXPECT_TRUE(deal({{"for", 0}}, 5).empty());
    EXPECT_EQ(deal({{"5", 1}}, 3), (std::vector<std::string>{"5", "5", "5"}));
}

} // namespace
} // namespace bot::playground
