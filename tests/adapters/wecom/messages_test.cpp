#include "adapters/wecom/cards.hpp"
#include "text/utf8.hpp"
#include "wecom/card.hpp"
#include "wecom/markdown.hpp"
#include "wecom/outbound.hpp"

#include <nlohmann/json.hpp>

namespace {

using namespace adapters;
using nlohmann::json;

chat::Outbound to(std::string user, std::string text, std::string dedup = "d1")
{
    chat::Outbound message;
    message.user_id = std::move(user);
    message.text = std::move(text);
    message.dedup_key = std::move(dedup);
    return message;
}

chat::Outbound to(std::string user, chat::Card card)
{
    auto message = to(std::move(user), card.fallback);
    message.card = std::move(card);
    return message;
}

/// The body without the two members of the duplicate check, which it must have.
json app_body(chat::Outbound const& message)
{
    auto body = json::parse(wecom::app_message(message, 1000002).value());
    EXPECT_EQ(body.at("enable_duplicate_check"), 1);
    EXPECT_GE(body.at("duplicate_check_interval"), 1800);
    EXPECT_LE(body.at("duplicate_check_interval"), 4 * 3600);
    body.erase("enable_duplicate_check");
    body.erase("duplicate_check_interval");
    return body;
}

TEST(AppMessage, SendsText)
{
    EXPECT_EQ(app_body(to("lisi", "通知\"一\"")),
              json::parse(R"({"touser":"lisi","msgtype":"text","agentid":1000002,"text":{"content":"通知\"一\""}})"));
    EXPECT_FALSE(wecom::app_message(to("lisi", ""), 1));
    EXPECT_EQ(wecom::app_message(to("lisi", "通知"), 1)->find("\\u"), std::string::npos);
}

TEST(AppMessage, IsTheSameForEveryTryAndNoOther)
{
    EXPECT_EQ(wecom::app_message(to("lisi", "已记下。", "a"), 1), wecom::app_message(to("lisi", "已记下。", "a"), 1));
    EXPECT_NE(wecom::app_message(to("lisi", "已记下。", "a"), 1), wecom::app_message(to("lisi", "已记下。", "b"), 1))
        << "two messages that read the same are two: WeCom must not drop the second";
}

TEST(AppMessage, SendsAVoteCard)
{
    EXPECT_EQ(app_body(to("lisi", cards::vote())),
              json::parse(R"({"touser":"lisi","agentid":1000002,"msgtype":"template_card","template_card":{"card_type":"vote_interaction",
                "main_title":{"title":"要不要加装电梯","desc":"截止：6月8日，范围：3号楼业主"},"task_id":"vote-42@1",
                "checkbox":{"question_key":"q1","mode":0,"option_list":[{"id":"yes","text":"赞成","is_checked":false},
                  {"id":"no","text":"反对","is_checked":false},{"id":"abstain","text":"弃权","is_checked":false}]},
                "submit_button":{"text":"投票","key":"cast"}}})"));
}

TEST(AppMessage, SendsAButtonCard)
{
    EXPECT_EQ(app_body(to("lisi", cards::buttons())),
              json::parse(R"({"touser":"lisi","agentid":1000002,"msgtype":"template_card","template_card":{"card_type":"button_interaction",
                "main_title":{"title":"路灯修好了吗"},"sub_title_text":"3号楼北侧路灯","horizontal_content_list":[{"keyname":"编号","value":"B7"}],
                "task_id":"case-7@1","button_list":[{"text":"修好了","style":1,"key":"ok"},{"text":"没修好","style":2,"key":"no"}]}})"));
}

TEST(AppMessage, SendsANoticeCardWhereItLeadsSomewhere)
{
    EXPECT_EQ(app_body(to("lisi", cards::notice())),
              json::parse(R"({"touser":"lisi","agentid":1000002,"msgtype":"template_card","template_card":{"card_type":"text_notice",
                "main_title":{"title":"表决结果"},"sub_title_text":"赞成 30，反对 2","horizontal_content_list":[{"keyname":"编号","value":"V1"}],
                "card_action":{"type":1,"url":"https://yishi.example.org/c/1"}}})"));
    for (std::string const url : {"", "javascript:alert(1)", "//x", "https://a b", "https://x/)"})
        EXPECT_EQ(app_body(to("lisi", cards::notice(url))).at("msgtype"), "text") << url;
}

TEST(AppMessage, CutsToTheLimitsOfACard)
{
    auto const long_text = [](int n) {
        std::string text;
        for (int i = 0; i < n; ++i)
            text += "票";
        return text;
    };
    auto card = cards::buttons();
    card.title = card.body = long_text(500);
    card.facts.assign(9, {long_text(20), long_text(60)});
    card.buttons[0].text = long_text(30);
    auto const sent = app_body(to("lisi", card)).at("template_card");
    auto const chars = [](json const& text) {
        return std::count_if(text.get_ref<std::string const&>().begin(), text.get_ref<std::string const&>().end(),
                             [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    };
    EXPECT_EQ(chars(sent.at("main_title").at("title")), 36);
    EXPECT_EQ(chars(sent.at("sub_title_text")), 160);
    EXPECT_EQ(sent.at("horizontal_content_list").size(), 6U);
    EXPECT_EQ(chars(sent.at("horizontal_content_list")[0].at("keyname")), 5);
    EXPECT_EQ(chars(sent.at("horizontal_content_list")[0].at("value")), 30);
    EXPECT_EQ(chars(sent.at("button_list")[0].at("text")), 10);
    auto vote = cards::vote();
    vote.body = vote.options[0].text = vote.submit_text = long_text(100);
    auto const choice = app_body(to("lisi", vote)).at("template_card");
    EXPECT_EQ(chars(choice.at("main_title").at("desc")), 44);
    EXPECT_EQ(chars(choice.at("checkbox").at("option_list")[0].at("text")), 17);
    EXPECT_EQ(chars(choice.at("submit_button").at("text")), 10);
}

struct BrokenCase {
    char const* name;
    std::function<void(chat::Card&)> breaks;
};

class BrokenVotes : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenVotes, GoOutInWords)
{
    auto card = cards::vote();
    EXPECT_TRUE(wecom::is_showable(card));
    GetParam().breaks(card);
    EXPECT_FALSE(wecom::is_showable(card));
    auto const body = app_body(to("lisi", card));
    EXPECT_EQ(body.at("msgtype"), "text");
    EXPECT_EQ(body.at("text").at("content"), card.fallback);
}

using chat::Card;
INSTANTIATE_TEST_SUITE_P(Table, BrokenVotes,
                         testing::Values(BrokenCase{"no_task", [](Card& c) { c.task_id.clear(); }},
                                         BrokenCase{"blank_in_task", [](Card& c) { c.task_id = "a b"; }},
                                         BrokenCase{"long_task", [](Card& c) { c.task_id.assign(129, 'a'); }},
                                         BrokenCase{"chinese_task", [](Card& c) { c.task_id = "票"; }},
                                         BrokenCase{"no_title", [](Card& c) { c.title.clear(); }},
                                         BrokenCase{"blank_title", [](Card& c) { c.title = " \n"; }},
                                         BrokenCase{"no_options", [](Card& c) { c.options.clear(); }},
                                         BrokenCase{"too_many_options",
                                                    [](Card& c) {
                                                        for (int i = 0; i < 20; ++i)
                                                            c.options.push_back({"o" + std::to_string(i), "x"});
                                                    }},
                                         BrokenCase{"equal_options", [](Card& c) { c.options[1].id = c.options[0].id; }},
                                         BrokenCase{"nameless_option", [](Card& c) { c.options[1].text.clear(); }},
                                         BrokenCase{"long_option_id", [](Card& c) { c.options[1].id.assign(129, 'a'); }},
                                         BrokenCase{"no_question", [](Card& c) { c.question.clear(); }},
                                         BrokenCase{"long_submit_key", [](Card& c) { c.submit_key.assign(1025, 'a'); }},
                                         BrokenCase{"no_submit_text", [](Card& c) { c.submit_text.clear(); }}),
                         [](auto const& tc) { return std::string(tc.param.name); });

TEST(AppMessage, LeavesOutFactsWithoutALabel)
{
    auto card = cards::buttons();
    card.facts = {{" ", "x"}, {"编号", "B7"}, {"", "y"}};
    EXPECT_EQ(app_body(to("lisi", card)).at("template_card").at("horizontal_content_list"),
              json::parse(R"([{"keyname":"编号","value":"B7"}])"));
    card.facts = {{"", "x"}};
    EXPECT_FALSE(app_body(to("lisi", card)).at("template_card").contains("horizontal_content_list"));
}

TEST(Showable, ButtonsNeedKeys)
{
    auto card = cards::buttons();
    EXPECT_TRUE(wecom::is_showable(card));
    card.buttons[1].key = card.buttons[0].key;
    EXPECT_FALSE(wecom::is_showable(card));
    card.buttons.clear();
    EXPECT_FALSE(wecom::is_showable(card));
    for (int i = 0; i < 7; ++i)
        card.buttons.push_back({"k" + std::to_string(i), "x", false});
    EXPECT_FALSE(wecom::is_showable(card));
}

TEST(AppCardUpdate, FreezesACard)
{
    chat::Outbound message;
    message.user_id = "lisi";
    message.update = chat::CardUpdate{"vote-42@1", "已截止", {}};
    EXPECT_EQ(json::parse(*wecom::app_card_update(message, 7, "RC")),
              json::parse(R"({"userids":["lisi"],"agentid":7,"response_code":"RC","button":{"replace_name":"已截止"}})"));
    message.user_id.clear();
    EXPECT_EQ(json::parse(*wecom::app_card_update(message, 7, "RC")),
              json::parse(R"({"atall":1,"agentid":7,"response_code":"RC","button":{"replace_name":"已截止"}})"));
    EXPECT_FALSE(wecom::app_card_update(message, 7, ""));
    message.update.reset();
    EXPECT_FALSE(wecom::app_card_update(message, 7, "RC"));
}

std::string group_content(chat::Outbound const& message)
{
    auto const body = json::parse(wecom::group_message(message).value());
    EXPECT_EQ(body.size(), 2U);
    EXPECT_EQ(body.at("msgtype"), "markdown");
    return body.at("markdown").at("content").get<std::string>();
}

TEST(GroupMessage, SpeaksMarkdown)
{
    chat::Outbound message;
    message.chat_id = "CG-G01";
    message.text = "【表决 V1】要不要装电梯\n赞成发“赞成 V1”。";
    EXPECT_EQ(group_content(message), message.text);
    message.card = cards::notice();
    EXPECT_EQ(group_content(message), "**表决结果**\n赞成 30，反对 2\n编号：V1\n[查看详情](https://yishi.example.org/c/1)");
    message.card = cards::vote();
    EXPECT_EQ(group_content(message), cards::vote().fallback) << "no buttons there: say how to answer in words";
    message.card = chat::Card{};
    EXPECT_EQ(group_content(message), message.text);
    EXPECT_FALSE(wecom::group_message({}));
}

TEST(GroupMessage, StaysWithinItsBytes)
{
    chat::Outbound message;
    for (int i = 0; i < 3000; ++i)
        message.text += "票<";
    EXPECT_LE(group_content(message).size(), 4096U);
    EXPECT_TRUE(text::is_utf8(group_content(message)));
    message.card = cards::notice();
    message.card->body = message.text;
    std::string const content = group_content(message);
    EXPECT_LE(content.size(), 4096U);
    EXPECT_TRUE(content.ends_with("](https://yishi.example.org/c/1)")) << "the link is kept whole";
}

struct EscapeCase {
    char const* name;
    std::string plain;
    std::string escaped;
};

class EscapeMarkdown : public testing::TestWithParam<EscapeCase> {};

TEST_P(EscapeMarkdown, ShowsTheSameAndDoesNothing)
{
    EXPECT_EQ(wecom::escape_markdown(GetParam().plain), GetParam().escaped);
}

INSTANTIATE_TEST_SUITE_P(
    Table, EscapeMarkdown,
    testing::Values(EscapeCase{"plain", "今天 3 点开会，见 https://e.org/a_b?x=1&y=2", "今天 3 点开会，见 https://e.org/a_b?x=1&y=2"},
                    EscapeCase{"mention", "<@lisi> <@all>", "＜@lisi> ＜@all>"},
                    EscapeCase{"link", "[点我](https://evil)", "［点我］(https://evil)"},
                    EscapeCase{"picture", "![x](https://evil)", "!［x］(https://evil)"},
                    EscapeCase{"font", "<font color=\"warning\">急</font>", "＜font color=\"warning\">急＜/font>"},
                    EscapeCase{"bold", "**大** *小*", "＊＊大＊＊ ＊小＊"}, EscapeCase{"code", "`x` ```y```", "｀x｀ ｀｀｀y｀｀｀"},
                    EscapeCase{"heading", "# 一\n  ## 二 #三", "＃ 一\n  ＃# 二 #三"}, EscapeCase{"quote", "> 引\na > b", "＞ 引\na > b"},
                    EscapeCase{"underscores", "a_b _c_ __d__", "a_b ＿c＿ ＿＿d＿＿"}, EscapeCase{"strike", "~~x~~", "～～x～～"},
                    EscapeCase{"entity", "&lt;@all&gt; &#60;@all a&b; c & d", "＆lt;@all＆gt; ＆#60;@all a＆b; c & d"},
                    EscapeCase{"think", "<think>x</think>", "＜think>x＜/think>"}, EscapeCase{"empty", "", ""}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(LateReply, IsMarkdown)
{
    EXPECT_EQ(json::parse(*wecom::late_robot_message(to("lisi", "好了 <@all>"))),
              json::parse(R"({"msgtype":"markdown","markdown":{"content":"好了 ＜@all>"}})"));
    EXPECT_FALSE(wecom::late_robot_message({}));
    chat::Outbound update;
    update.update = chat::CardUpdate{"t", "已记：赞成", {}};
    EXPECT_EQ(json::parse(*wecom::late_robot_message(update)).at("markdown").at("content"), "已记：赞成");
}

TEST(LateReply, ShowsCardsOnlyInPrivate)
{
    auto message = to("lisi", cards::vote());
    EXPECT_EQ(json::parse(*wecom::late_robot_message(message)).at("msgtype"), "template_card");
    message.user_id.clear();
    message.chat_id = "wrCHAT1";
    EXPECT_EQ(json::parse(*wecom::late_robot_message(message)),
              (json{{"msgtype", "markdown"}, {"markdown", {{"content", cards::vote().fallback}}}}));
}

} // namespace
