#include "wecom/inbound.hpp"

#include <functional>

namespace decode_app_test {
namespace {

using namespace adapters;
using chat::EventKind;
using wecom::decode_app;

/// The XML of a callback with the common fields around `inner`.
std::string app(std::string const& type, std::string const& inner, std::string const& user = "LiSi")
{
    return "<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName><![CDATA[" + user +
           "]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[" + type + "]]></MsgType>" + inner +
           "<AgentID>1000002</AgentID></xml>";
}

std::string event(std::string const& name, std::string const& inner = {})
{
    return app("event", "<Event><![CDATA[" + name + "]]></Event>" + inner);
}

TEST(DecodeApp, ReadsATextMessage)
{
    auto const received = decode_app(app("text", "<Content><![CDATA[今天吃什么]]></Content><MsgId>7301234567890123456</MsgId>"));
    ASSERT_TRUE(received);
    auto const& e = received->event;
    EXPECT_EQ(e.kind, EventKind::message);
    EXPECT_EQ(e.place, chat::Place::direct);
    EXPECT_EQ(e.user_id, "lisi") << "ids are compared without regard to case";
    EXPECT_EQ(received->context.values.at("user"), "LiSi") << "the reply names the member as the platform did";
    EXPECT_EQ(e.chat_id, "");
    EXPECT_EQ(e.text, "今天吃什么");
    EXPECT_TRUE(e.mention);
    EXPECT_EQ(e.dedup_key, "m:7301234567890123456");
    EXPECT_EQ(e.sent_at, chat::Instant(std::chrono::seconds(1'700'000'000)));
    EXPECT_EQ(received->context.values.at("purpose"), "message");
}

struct KindCase {
    char const* name;
    std::string xml;
    EventKind kind;
    std::string text;
    std::vector<chat::MediaKind> media;
};

class DecodeAppKinds : public testing::TestWithParam<KindCase> {};

TEST_P(DecodeAppKinds, AsListed)
{
    auto const& tc = GetParam();
    auto const received = decode_app(tc.xml);
    ASSERT_TRUE(received);
    EXPECT_EQ(static_cast<int>(received->event.kind), static_cast<int>(tc.kind));
    EXPECT_EQ(received->event.text, tc.text);
    std::vector<chat::MediaKind> kinds;
    for (auto const& media : received->event.media) {
        kinds.push_back(media.kind);
        EXPECT_EQ(media.handle, "M1");
    }
    EXPECT_EQ(kinds, tc.media);
    EXPECT_FALSE(received->event.dedup_key.empty());
}

constexpr auto kMedia = "<MediaId>M1</MediaId><MsgId>1</MsgId>";

INSTANTIATE_TEST_SUITE_P(
    Messages, DecodeAppKinds,
    testing::Values(
        KindCase{
            "image", app("image", std::string("<PicUrl>http://p</PicUrl>") + kMedia), EventKind::message, "", {chat::MediaKind::image}},
        KindCase{"voice", app("voice", std::string("<Format>amr</Format>") + kMedia), EventKind::message, "", {chat::MediaKind::voice}},
        KindCase{"video",
                 app("video", std::string("<ThumbMediaId>T</ThumbMediaId>") + kMedia),
                 EventKind::message,
                 "",
                 {chat::MediaKind::video}},
        KindCase{"location",
                 app("location", "<Location_X>39.9</Location_X><Label>3栋2单元</Label><MsgId>1</MsgId>"),
                 EventKind::message,
                 "3栋2单元",
                 {}},
        KindCase{"link", app("link", "<Title>T</Title><Url>https://e/x</Url><MsgId>1</MsgId>"), EventKind::message, "T\nhttps://e/x", {}},
        KindCase{"upper_case_type", app("TEXT", "<Content>x</Content>"), EventKind::message, "x", {}},
        KindCase{"entities", app("text", "<Content>a&lt;b&amp;c&#33;</Content>"), EventKind::message, "a<b&c!", {}},
        KindCase{"sections", app("text", "<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>"), EventKind::message, "a]]>b", {}},
        KindCase{"surrogate",
                 app("text", "<Content>a&#xD800;b</Content>"),
                 EventKind::message,
                 "a\xEF\xBF\xBD"
                 "b",
                 {}},
        KindCase{"bell", app("text", "<Content>a&#7;b</Content>"), EventKind::message, "ab", {}},
        KindCase{"nul_ends_a_text", app("text", "<Content>a&#0;b</Content>"), EventKind::message, "a", {}},
        KindCase{"empty_text", app("text", "<Content></Content>"), EventKind::message, "", {}},
        KindCase{"file", app("file", kMedia), EventKind::ignored, "", {}},
        KindCase{"unknown", app("hologram", ""), EventKind::ignored, "", {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Events, DecodeAppKinds,
    testing::Values(KindCase{"subscribe", event("subscribe"), EventKind::entered, "", {}},
                    KindCase{"unsubscribe", event("unsubscribe"), EventKind::ignored, "", {}},
                    KindCase{"enter_agent", event("enter_agent", "<EventKey></EventKey>"), EventKind::ignored, "", {}},
                    KindCase{"location", event("LOCATION", "<Latitude>1</Latitude>"), EventKind::ignored, "", {}},
                    KindCase{"click", event("click", "<EventKey><![CDATA[我的积分]]></EventKey>"), EventKind::message, "我的积分", {}},
                    KindCase{"click_upper_case", event("CLICK", "<EventKey>帮助</EventKey>"), EventKind::message, "帮助", {}},
                    KindCase{"click_without_key", event("click"), EventKind::ignored, "", {}},
                    KindCase{"view", event("view", "<EventKey>https://e</EventKey>"), EventKind::ignored, "", {}},
                    KindCase{"view_miniprogram", event("view_miniprogram", "<EventKey>p</EventKey>"), EventKind::ignored, "", {}},
                    KindCase{"scancode_push", event("scancode_push"), EventKind::ignored, "", {}},
                    KindCase{"scancode_waitmsg", event("scancode_waitmsg"), EventKind::ignored, "", {}},
                    KindCase{"pic_sysphoto", event("pic_sysphoto"), EventKind::ignored, "", {}},
                    KindCase{"location_select", event("location_select"), EventKind::ignored, "", {}},
                    KindCase{"batch_job_result", event("batch_job_result"), EventKind::ignored, "", {}},
                    KindCase{
                        "taskcard_click", event("taskcard_click", "<EventKey>k</EventKey><TaskId>t</TaskId>"), EventKind::ignored, "", {}},
                    KindCase{"change_external_chat", event("change_external_chat", "<ChatId>c</ChatId>"), EventKind::ignored, "", {}},
                    KindCase{"menu_without_task", event("template_card_menu_event", "<EventKey>k</EventKey>"), EventKind::ignored, "", {}},
                    KindCase{"of_the_system", app("event", "<Event>subscribe</Event>", "sys"), EventKind::ignored, "", {}},
                    KindCase{"of_nobody", app("event", "<Event>subscribe</Event>", ""), EventKind::ignored, "", {}},
                    KindCase{"unknown", event("kf_msg_or_event"), EventKind::ignored, "", {}},
                    KindCase{"nameless", app("event", ""), EventKind::ignored, "", {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

std::string click(std::string const& selected, std::string const& name = "template_card_event")
{
    return event(name, "<EventKey><![CDATA[s1]]></EventKey><TaskId><![CDATA[vote-42]]></TaskId><CardType>vote_interaction</CardType>"
                       "<ResponseCode><![CDATA[RC_abc]]></ResponseCode>" +
                           selected);
}

TEST(DecodeApp, ReadsAClickInBothSpellings)
{
    for (std::string const word : {"Option", "Opiton"}) {
        std::string const ids = word + "Ids", id = word + "Id";
        auto const received =
            decode_app(click("<SelectedItems><SelectedItem><QuestionKey>q1</QuestionKey><" + ids + "><" + id + ">a</" + id + "><" + id +
                             "><![CDATA[c]]></" + id + "></" + ids + "></SelectedItem></SelectedItems>"));
        ASSERT_TRUE(received) << word;
        auto const& e = received->event;
        ASSERT_EQ(e.kind, EventKind::card_action);
        ASSERT_TRUE(e.action);
        EXPECT_EQ(e.action->task_id, "vote-42");
        EXPECT_EQ(e.action->key, "s1");
        ASSERT_EQ(e.action->selections.size(), 1U) << "a single child is a list of one";
        EXPECT_EQ(e.action->selections[0].question, "q1");
        EXPECT_EQ(e.action->selections[0].options, (std::vector<std::string>{"a", "c"}));
        EXPECT_EQ(e.reply_handle, "RC_abc");
        EXPECT_EQ(received->context.values.at("picked"), "a\nc\n");
        EXPECT_EQ(received->context.values.at("purpose"), "click");
    }
}

TEST(DecodeApp, ReadsAMenuAndAButton)
{
    for (char const* name : {"template_card_menu_event", "template_card_event", "TEMPLATE_CARD_EVENT"}) {
        auto const received = decode_app(click("", name));
        ASSERT_TRUE(received);
        ASSERT_TRUE(received->event.action) << name;
        EXPECT_TRUE(received->event.action->selections.empty());
    }
}

TEST(DecodeApp, TellsEventsOfOneSecondApart)
{
    auto const one = decode_app(click("")), other = decode_app(click("<AgentID>3</AgentID>"));
    EXPECT_EQ(one->event.dedup_key, decode_app(click(""))->event.dedup_key);
    EXPECT_NE(one->event.dedup_key, other->event.dedup_key);
    EXPECT_TRUE(one->event.dedup_key.starts_with("e:"));
}

TEST(DecodeApp, RefusesNastyInput)
{
    std::string deep;
    for (int i = 0; i < 50'000; ++i)
        deep += "<a>";
    std::string const billion =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + app("text", "<Content>&b;</Content>");
    std::string const external = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + app("text", "<Content>&e;</Content>");
    for (auto const& bad : {std::string(), std::string("x"), std::string("<xml>"), std::string("<xml></xml>"),
                            std::string("<other><MsgType>text</MsgType></other>"), std::string("{}"), app("text", deep), deep, billion,
                            external, app("text", "<Content>\xE6\x8A</Content>"), app("text", std::string("<Content>a\0b</Content>", 22)),
                            app("text", "<Content>" + std::string(wecom::kMaxBodyBytes, 'x') + "</Content>"), app("", "")})
        EXPECT_FALSE(decode_app(bad)) << bad.substr(0, 60);
    std::string many;
    for (int i = 0; i < 2000; ++i)
        many += "<SelectedItem/>";
    EXPECT_FALSE(decode_app(click("<SelectedItems>" + many + "</SelectedItems>")));
}

TEST(DecodeApp, BoundsWhatItKeeps)
{
    std::string const text = "<Content>" + std::string(100'000, 'x') + "投</Content>";
    EXPECT_EQ(decode_app(app("text", text))->event.text.size(), wecom::kMaxTextBytes);
    EXPECT_EQ(decode_app(app("text", "<Content>x</Content>", std::string(200, 'u')))->event.kind, EventKind::ignored);
    EXPECT_EQ(decode_app(app("text", "<MsgId>" + std::string(500, '1') + "</MsgId>"))->event.dedup_key.size(), 34U);
    std::string ids;
    for (int i = 0; i < 200; ++i)
        ids += "<OptionId>o</OptionId>";
    auto const received =
        decode_app(click("<SelectedItems><SelectedItem><OptionIds>" + ids + "</OptionIds></SelectedItem></SelectedItems>"));
    EXPECT_LE(received->event.action->selections.at(0).options.size(), 64U);
    auto const timeless = "<xml><FromUserName>u</FromUserName><CreateTime>99999999999999999999</CreateTime><MsgType>text</MsgType></xml>";
    EXPECT_EQ(decode_app(timeless)->event.sent_at, chat::Instant{});
}

TEST(EncryptOfXml, TakesOneElement)
{
    EXPECT_EQ(wecom::encrypt_of_xml("<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[AA==]]></Encrypt></xml>"), "AA==");
    EXPECT_EQ(wecom::encrypt_of_xml("<xml><Encrypt>AA==</Encrypt><AgentID/></xml>"), "AA==");
    for (char const* bad :
         {"", "<xml/>", "<xml><Encrypt/></xml>", "<xml><Encrypt>A</Encrypt><Encrypt>B</Encrypt></xml>", "<Encrypt>A</Encrypt>",
          "<xml><a><Encrypt>A</Encrypt></a></xml>", "<!DOCTYPE x><xml><Encrypt>A</Encrypt></xml>"})
        EXPECT_FALSE(wecom::encrypt_of_xml(bad)) << bad;
}

TEST(EncryptOfJson, TakesOneMember)
{
    EXPECT_EQ(wecom::encrypt_of_json(R"({"encrypt":"AA=="})"), "AA==");
    EXPECT_EQ(wecom::encrypt_of_json(" { \"tousername\" : \"x\", \"agentid\":1, \"encrypt\" : \"A\\/A=\" , \"n\":null, \"b\":[true,1.5]} "),
              "A/A=");
    for (char const* bad :
         {"", "{}", "[]", "\"encrypt\"", R"({"encrypt":1})", R"({"encrypt":null})", R"({"encrypt":["A"]})",
          R"({"encrypt":{"encrypt":"A"}})", R"({"a":{"encrypt":"A"}})", R"({"encrypt":"A","encrypt":"B"})", R"({"encrypt":"A"}x)",
          R"({"encrypt":"A")", R"([{"encrypt":"A"}])", R"({"a":[[[[[[1]]]]]],"encrypt":"A"})", "{\"encrypt\":\"\xE6\"}"})
        EXPECT_FALSE(wecom::encrypt_of_json(bad)) << bad;
    EXPECT_FALSE(wecom::encrypt_of_json(std::string(200'000, '[')));
    EXPECT_FALSE(wecom::encrypt_of_json("{\"encrypt\":\"" + std::string(wecom::kMaxBodyBytes, 'A') + "\"}"));
}

} // namespace
} // namespace decode_app_test
