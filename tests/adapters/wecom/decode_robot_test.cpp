#include "wecom/inbound.hpp"

#include <nlohmann/json.hpp>

namespace decode_robot_test {
namespace {

using namespace adapters;
using chat::EventKind;
using nlohmann::json;

json base(char const* chat = "group")
{
    json body{{"msgid", "MID-1"}, {"aibotid", "AIB"}, {"chattype", chat}, {"from", {{"userid", "ZhangSan"}}}};
    body["response_url"] = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1";
    if (std::string(chat) == "group")
        body["chatid"] = "wrCHAT1";
    return body;
}

json message(char const* type, json content, char const* chat = "group")
{
    json body = base(chat);
    body["msgtype"] = type;
    body[type] = std::move(content);
    return body;
}

chat::Received received_of(json const& body)
{
    auto decoded = wecom::decode_robot(body.dump());
    if (!decoded || !std::holds_alternative<chat::Received>(*decoded))
        throw std::runtime_error("not an event: " + body.dump());
    return std::get<chat::Received>(std::move(*decoded));
}

TEST(DecodeRobot, ReadsAGroupText)
{
    auto const received = received_of(message("text", {{"content", "@投票助手 开始投票 午餐"}}));
    auto const& e = received.event;
    EXPECT_EQ(e.kind, EventKind::message);
    EXPECT_EQ(e.place, chat::Place::group);
    EXPECT_EQ(e.chat_id, "wrCHAT1");
    EXPECT_EQ(e.user_id, "zhangsan");
    EXPECT_EQ(e.text, "@投票助手 开始投票 午餐") << "the reader takes the mention away";
    EXPECT_TRUE(e.mention);
    EXPECT_EQ(e.dedup_key, "m:MID-1");
    EXPECT_EQ(e.reply_handle, "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1");
    EXPECT_FALSE(e.quote);
    EXPECT_EQ(received.context.values.at("user"), "ZhangSan");
    EXPECT_FALSE(received.context.values.at("stream").empty());
}

TEST(DecodeRobot, ReadsAPrivateText)
{
    auto const e = received_of(message("text", {{"content", "投票"}}, "single")).event;
    EXPECT_EQ(e.place, chat::Place::direct);
    EXPECT_EQ(e.chat_id, "");
    EXPECT_TRUE(e.mention);
}

TEST(DecodeRobot, NamesARepeatedMessagesStreamAlike)
{
    auto const one = received_of(message("text", {{"content", "a"}}));
    auto other = message("text", {{"content", "a"}});
    other["msgid"] = "MID-2";
    EXPECT_EQ(one.context.values.at("stream"), received_of(message("text", {{"content", "a"}})).context.values.at("stream"));
    EXPECT_NE(one.context.values.at("stream"), received_of(other).context.values.at("stream"));
}

struct KindCase {
    char const* name;
    json body;
    EventKind kind;
    std::string text;
    std::vector<std::pair<chat::MediaKind, std::string>> media;
};

class DecodeRobotKinds : public testing::TestWithParam<KindCase> {};

TEST_P(DecodeRobotKinds, AsListed)
{
    auto const& tc = GetParam();
    auto const e = received_of(tc.body).event;
    EXPECT_EQ(static_cast<int>(e.kind), static_cast<int>(tc.kind));
    EXPECT_EQ(e.text, tc.text);
    std::vector<std::pair<chat::MediaKind, std::string>> media;
    for (auto const& one : e.media)
        media.emplace_back(one.kind, one.handle);
    EXPECT_EQ(media, tc.media);
}

json item(char const* type, char const* field, char const* value)
{
    return {{"msgtype", type}, {type, {{field, value}}}};
}

json event(json content)
{
    json body = base();
    body["msgtype"] = "event";
    body["create_time"] = 1700000200;
    body["event"] = std::move(content);
    return body;
}

json without(json body, char const* name)
{
    body.erase(name);
    return body;
}

using M = chat::MediaKind;

INSTANTIATE_TEST_SUITE_P(
    Messages, DecodeRobotKinds,
    testing::Values(
        KindCase{"image", message("image", {{"url", "https://x/i"}}, "single"), EventKind::message, "", {{M::image, "https://x/i"}}},
        KindCase{"voice", message("voice", {{"content", "我要投诉噪音"}}, "single"), EventKind::message, "我要投诉噪音", {}},
        KindCase{"file", message("file", {{"url", "https://x/f"}}, "single"), EventKind::message, "", {{M::file, "https://x/f"}}},
        KindCase{"video", message("video", {{"url", "https://x/v"}}, "single"), EventKind::message, "", {{M::video, "https://x/v"}}},
        KindCase{"mixed",
                 message("mixed", {{"msg_item",
                                    {item("text", "content", "@小邻 路灯坏了"), item("image", "url", "https://x/1"),
                                     item("text", "content", "在三号楼"), item("image", "url", "https://x/2"),
                                     item("file", "url", "https://x/3"), 7}}}),
                 EventKind::message,
                 "@小邻 路灯坏了\n在三号楼",
                 {{M::image, "https://x/1"}, {M::image, "https://x/2"}}},
        KindCase{"mixed_of_one", message("mixed", {{"msg_item", item("text", "content", "x")}}), EventKind::message, "x", {}},
        KindCase{"mixed_in_mixed",
                 message("mixed", {{"msg_item", {{{"msgtype", "mixed"}, {"mixed", {{"msg_item", {item("text", "content", "x")}}}}}}}}),
                 EventKind::message,
                 "",
                 {}},
        KindCase{"wrong_types", message("text", {{"content", 5}}), EventKind::message, "", {}},
        KindCase{"no_content", message("text", nullptr), EventKind::message, "", {}},
        KindCase{"image_without_url", message("image", {{"url", ""}}, "single"), EventKind::message, "", {}},
        KindCase{"image_with_long_url",
                 message("image", {{"url", "https://x/" + std::string(3000, 'a')}}, "single"),
                 EventKind::message,
                 "",
                 {}},
        KindCase{"escapes", message("text", {{"content", std::string("a\0\x01\r\nb", 6)}}), EventKind::message, "a\nb", {}},
        KindCase{"unknown", message("hologram", {{"url", "x"}}), EventKind::ignored, "", {}},
        KindCase{"from_nobody", without(message("text", {{"content", "x"}}), "from"), EventKind::ignored, "", {}},
        KindCase{"from_nowhere", without(message("text", {{"content", "x"}}), "chatid"), EventKind::ignored, "", {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Events, DecodeRobotKinds,
    testing::Values(KindCase{"enter_chat", event({{"eventtype", "enter_chat"}}), EventKind::entered, "", {}},
                    KindCase{"feedback",
                             event({{"eventtype", "feedback_event"}, {"feedback_event", {{"id", "f"}, {"type", 2}, {"content", "bad"}}}}),
                             EventKind::ignored,
                             "",
                             {}},
                    KindCase{"click_without_task",
                             event({{"eventtype", "template_card_event"}, {"template_card_event", {{"event_key", "k"}}}}),
                             EventKind::ignored,
                             "",
                             {}},
                    KindCase{"unknown", event({{"eventtype", "disconnected_event"}}), EventKind::ignored, "", {}},
                    KindCase{"empty", event(json::object()), EventKind::ignored, "", {}},
                    KindCase{"not_an_object", event("enter_chat"), EventKind::ignored, "", {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(DecodeRobot, ReadsQuotes)
{
    auto body = message("text", {{"content", "@小邻 赞成"}});
    body["quote"] = item("text", "content", "【表决 V1】要不要装电梯");
    EXPECT_EQ(received_of(body).event.quote->text, "【表决 V1】要不要装电梯");
    body["quote"] = {{"msgtype", "mixed"}, {"mixed", {{"msg_item", {item("text", "content", "a"), item("image", "url", "https://x/1")}}}}};
    EXPECT_EQ(received_of(body).event.quote->text, "a");
    EXPECT_TRUE(received_of(body).event.media.empty()) << "a quoted picture is not the writer's";
    body["quote"] = item("image", "url", "https://x/1");
    EXPECT_EQ(received_of(body).event.quote->text, "");
    body["quote"] = item("voice", "content", "spoken");
    EXPECT_EQ(received_of(body).event.quote->text, "spoken");
    body["quote"] = {{"msgtype", "hologram"}};
    EXPECT_EQ(received_of(body).event.quote->text, "");
    body["quote"] = "text";
    EXPECT_FALSE(received_of(body).event.quote);
}

TEST(DecodeRobot, ReadsClicksInBothSpellings)
{
    json const selected{{"selected_item", {{{"question_key", "q1"}, {"option_ids", {{"option_id", {"a", "c"}}}}}}}};
    for (bool const underscore : {true, false}) {
        json const click{{underscore ? "card_type" : "cardtype", "vote_interaction"},
                         {underscore ? "event_key" : "eventkey", "s1"},
                         {underscore ? "task_id" : "taskid", "vote-42"},
                         {"selected_items", selected}};
        auto const received = received_of(event({{"eventtype", "template_card_event"}, {"template_card_event", click}}));
        auto const& e = received.event;
        ASSERT_EQ(e.kind, EventKind::card_action);
        EXPECT_EQ(e.action->task_id, "vote-42");
        EXPECT_EQ(e.action->key, "s1");
        ASSERT_EQ(e.action->selections.size(), 1U);
        EXPECT_EQ(e.action->selections[0].question, "q1");
        EXPECT_EQ(e.action->selections[0].options, (std::vector<std::string>{"a", "c"}));
        EXPECT_EQ(e.sent_at, chat::Instant(std::chrono::seconds(1'700'000'200)));
        EXPECT_EQ(received.context.values.at("task"), "vote-42");
    }
}

TEST(DecodeRobot, TakesASingleSelectionWithoutBrackets)
{
    json const click{{"event_key", "s1"},
                     {"task_id", "t"},
                     {"selected_items", {{"selected_item", {{"question_key", "q"}, {"option_ids", {{"option_id", "a"}}}}}}}};
    auto const e = received_of(event({{"eventtype", "template_card_event"}, {"template_card_event", click}})).event;
    ASSERT_EQ(e.action->selections.size(), 1U);
    EXPECT_EQ(e.action->selections[0].options, (std::vector<std::string>{"a"}));
}

TEST(DecodeRobot, ReadsAMenuClick)
{
    auto const e =
        received_of(event({{"eventtype", "template_card_event"}, {"template_card_event", {{"event_key", "menu"}, {"task_id", "t"}}}}))
            .event;
    ASSERT_EQ(e.kind, EventKind::card_action);
    EXPECT_TRUE(e.action->selections.empty());
}

TEST(DecodeRobot, KnowsAPoll)
{
    auto body = message("stream", {{"id", "vote-42"}});
    auto const decoded = wecom::decode_robot(body.dump());
    ASSERT_TRUE(decoded);
    ASSERT_TRUE(std::holds_alternative<wecom::StreamPoll>(*decoded));
    EXPECT_EQ(std::get<wecom::StreamPoll>(*decoded).id, "vote-42");
}

TEST(DecodeRobot, HashesAnEventWithoutAnId)
{
    auto const one = without(event({{"eventtype", "enter_chat"}}), "msgid");
    auto other = one;
    other["create_time"] = 1700000201;
    EXPECT_TRUE(received_of(one).event.dedup_key.starts_with("e:"));
    EXPECT_EQ(received_of(one).event.dedup_key, received_of(one).event.dedup_key);
    EXPECT_NE(received_of(one).event.dedup_key, received_of(other).event.dedup_key);
}

TEST(DecodeRobot, RefusesNastyInput)
{
    std::string const good = message("text", {{"content", "x"}}).dump();
    std::string deep = R"({"msgtype":"text","from":{"userid":"u"},"x":)" + std::string(50'000, '[');
    for (auto const& bad : {std::string(), std::string("x"), std::string("[]"), std::string("{}"), std::string("null"),
                            std::string(R"({"msgtype":5})"), good + "x", good.substr(0, good.size() - 1), deep, std::string(100'000, '{'),
                            std::string("{\"msgtype\":\"text\",\"text\":{\"content\":\"\xE6\x8A\"}}"),
                            std::string(R"({"msgtype":"text","text":{"content":"\ud800"}})"),
                            "{\"msgtype\":\"" + std::string(wecom::kMaxBodyBytes, 'x') + "\"}"})
        EXPECT_FALSE(wecom::decode_robot(bad)) << bad.substr(0, 60);
}

TEST(DecodeRobot, BoundsWhatItKeeps)
{
    EXPECT_EQ(received_of(message("text", {{"content", std::string(100'000, 'x')}})).event.text.size(), wecom::kMaxTextBytes);
    json items = json::array();
    for (int i = 0; i < 500; ++i)
        items.push_back(item("image", "url", "https://x/1"));
    EXPECT_LE(received_of(message("mixed", {{"msg_item", items}})).event.media.size(), 64U);
    auto body = message("text", {{"content", "x"}});
    body["response_url"] = "https://" + std::string(5000, 'x');
    EXPECT_EQ(received_of(body).event.reply_handle, "");
}

} // namespace
} // namespace decode_robot_test
