#include "adapters/chat/stored.hpp"

#include <nlohmann/json.hpp>

namespace adapters::chat {
namespace {

Card full_card(CardKind kind)
{
    Card card;
    card.kind = kind;
    card.task_id = "t-1@x";
    card.title = "表决 12";
    card.body = "装升降杆\n\"引号\" \\ 与\t制表";
    card.facts = {{"截止", "7月11日"}, {"应投", "64"}};
    card.buttons = {{"yes", "赞成", true}, {"no", "反对", false}};
    card.question = "q";
    card.options = {{"a", "甲"}, {"b", "乙"}};
    card.submit_key = "s";
    card.submit_text = "提交";
    card.url = "https://example.org/c/V2";
    card.fallback = "发“赞成 12”";
    return card;
}

class StoredReply : public testing::TestWithParam<Reply> {};

/// Fields are compared through the encoding, which holds all of them; that it does is checked against the full card below.
TEST_P(StoredReply, ComesBackWhole)
{
    auto const encoded = encode_reply(GetParam());
    auto const decoded = decode_reply(encoded);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->text, GetParam().text);
    EXPECT_EQ(decoded->card.has_value(), GetParam().card.has_value());
    EXPECT_EQ(encode_reply(*decoded), encoded);
}

INSTANTIATE_TEST_SUITE_P(Table, StoredReply,
                         testing::Values(Reply{}, Reply{"收到，编号 12。", {}, {}}, Reply{std::string("\0\x01\x1f\n", 4), {}, {}},
                                         Reply{"", full_card(CardKind::choice), {}}, Reply{"t", full_card(CardKind::buttons), {}},
                                         Reply{"", {}, CardUpdate{"t-1", "已记：赞成", full_card(CardKind::buttons)}}));

TEST(StoredReply, HoldsEveryFieldOfACard)
{
    auto const encoded = nlohmann::json::parse(encode_reply(Reply{"", full_card(CardKind::choice), {}})).at("card");
    EXPECT_EQ(encoded.size(), 12U);
    EXPECT_EQ(encoded.at("kind"), "choice");
    EXPECT_EQ(encoded.at("facts").at(1).at(0), "应投");
    EXPECT_EQ(encoded.at("buttons").at(0).at("primary"), true);
    EXPECT_EQ(encoded.at("options").at(1).at("text"), "乙");
    EXPECT_EQ(encoded.at("body"), full_card(CardKind::choice).body);
}

TEST(StoredReply, RefusesWhatItDidNotWrite)
{
    for (auto const* text : {"{", "[]", "3", R"({"text":3})", R"({"card":{"facts":[["a"]]}})", R"({"update":{}})"})
        EXPECT_FALSE(decode_reply(text)) << text;
}

} // namespace
} // namespace adapters::chat
