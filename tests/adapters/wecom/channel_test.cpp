#include "adapters/wecom/cards.hpp"
#include "adapters/wecom/crypto.hpp"
#include "adapters/wecom/wecom.hpp"
#include "support/http_server.hpp"

#include <future>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace {

using namespace adapters;
using chat::SendOutcome;
using nlohmann::json;
using support::HttpAction;
using support::HttpSeen;
using support::HttpServer;

constexpr auto kKey = "k7Jd0sPq3VbN8mXzR5tYcW2uHgLfA9eKiO6xQ1vBwES";

wecom::Options options(std::string_view platform, std::string base = "http://127.0.0.1:9")
{
    wecom::Options o;
    o.platform = platform;
    o.name = "main";
    o.api_base = std::move(base);
    if (platform == wecom::kGroupRobotPlatform) {
        o.key = "k&y";
        o.group = "CG-G01";
        o.account = "wecom:ww1";
        return o;
    }
    o.token = "t0ken";
    o.encoding_aes_key = kKey;
    o.corp_id = "ww1";
    if (platform == wecom::kAppPlatform) {
        o.agent_id = 1000002;
        o.corp_secret = "s3cret";
    }
    return o;
}

chat::Instant at(std::int64_t seconds)
{
    return chat::Instant(std::chrono::seconds(seconds));
}

/// A signed POST of `plain`, kept alive with what it points to.
struct Callback {
    Callback(std::string_view platform, std::string const& plain, std::int64_t now = 1'700'000'000)
        : crypto("t0ken", kKey, platform == wecom::kAppPlatform ? "ww1" : "")
    {
        std::string const encrypt = crypto.seal(plain);
        body = platform == wecom::kAppPlatform ? "<xml><Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>"
                                               : R"({"encrypt":")" + encrypt + "\"}";
        request.method = "POST";
        request.query = {
            {"msg_signature", crypto.sign(std::to_string(now), "n1", encrypt)}, {"timestamp", std::to_string(now)}, {"nonce", "n1"}};
        request.body = body;
        request.received_at = at(now);
    }
    wecom::Crypto crypto;
    std::string body;
    chat::WebhookRequest request;
};

constexpr auto kAppText = "<xml><FromUserName>LiSi</FromUserName><MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>";
constexpr auto kBotText =
    R"({"msgid":"M","chattype":"group","chatid":"wr1","from":{"userid":"LiSi"},"msgtype":"text","text":{"content":"@小邻 hi"}})";

TEST(WecomChannel, SaysWhoItIs)
{
    auto const app = wecom::make_channel(options(wecom::kAppPlatform), {});
    EXPECT_EQ(app->id(), "wecom-app/main");
    EXPECT_EQ(app->account(), "wecom:ww1");
    EXPECT_EQ(app->group(), "");
    auto const can = app->capabilities();
    EXPECT_TRUE(can.receives && can.pushes_to_person && can.cards && can.card_updates);
    EXPECT_FALSE(can.pushes_to_group || can.late_replies);

    auto const bot = wecom::make_channel(options(wecom::kBotPlatform), {});
    EXPECT_EQ(bot->id(), "wecom-bot/main");
    EXPECT_EQ(bot->account(), app->account());
    EXPECT_TRUE(bot->capabilities().receives && bot->capabilities().cards && bot->capabilities().late_replies);
    EXPECT_FALSE(bot->capabilities().pushes_to_person || bot->capabilities().pushes_to_group);
    EXPECT_EQ(bot->capabilities().reply_limit, std::chrono::seconds(5));

    auto const robot = wecom::make_channel(options(wecom::kGroupRobotPlatform), {});
    EXPECT_EQ(robot->account(), "wecom:ww1");
    EXPECT_EQ(robot->group(), "CG-G01");
    EXPECT_EQ(robot->capabilities().per_minute, 20);
    EXPECT_TRUE(robot->capabilities().pushes_to_group);
    EXPECT_FALSE(robot->capabilities().receives || robot->capabilities().cards || robot->capabilities().pushes_to_person);
}

TEST(WecomChannel, AnswersInTheSameResponse)
{
    chat::Reply reply;
    reply.text = "收到";
    {
        auto const app = wecom::make_channel(options(wecom::kAppPlatform), {});
        Callback const call(wecom::kAppPlatform, kAppText);
        auto const received = std::get<chat::Received>(app->receive(call.request));
        EXPECT_EQ(received.event.text, "hi");
        EXPECT_EQ(received.event.channel, "wecom-app/main");
        auto const response = app->reply(received.context, reply);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.content_type, "application/xml");
        pugi::xml_document document;
        ASSERT_TRUE(document.load_string(response.body.c_str()));
        auto const root = document.child("xml");
        EXPECT_STREQ(root.child_value("Nonce"), "n1");
        EXPECT_STREQ(root.child_value("TimeStamp"), "1700000000");
        auto const plain = call.crypto.open({root.child_value("MsgSignature"), root.child_value("TimeStamp"), root.child_value("Nonce")},
                                            root.child_value("Encrypt"));
        EXPECT_NE(std::get<std::string>(plain).find("收到"), std::string::npos);
        EXPECT_EQ(app->reply(received.context, {}).body, "");
        EXPECT_EQ(app->reply(received.context, {}).status, 200);
    }
    auto const bot = wecom::make_channel(options(wecom::kBotPlatform), {});
    Callback const call(wecom::kBotPlatform, kBotText);
    auto const received = std::get<chat::Received>(bot->receive(call.request));
    auto const envelope = json::parse(bot->reply(received.context, reply).body);
    EXPECT_EQ(envelope.at("timestamp"), 1'700'000'000);
    auto const plain = call.crypto.open({envelope.at("msgsignature").get_ref<std::string const&>(), "1700000000", "n1"},
                                        envelope.at("encrypt").get_ref<std::string const&>());
    EXPECT_EQ(json::parse(std::get<std::string>(plain)).at("stream").at("content"), "收到");
}

TEST(WecomChannel, EndsAnUnknownStream)
{
    auto const bot = wecom::make_channel(options(wecom::kBotPlatform), {});
    Callback const call(wecom::kBotPlatform,
                        R"({"msgid":"M","chattype":"group","chatid":"c","from":{"userid":"u"},"msgtype":"stream","stream":{"id":"old"}})");
    auto const answered = std::get<chat::Answered>(bot->receive(call.request));
    EXPECT_EQ(answered.reason, "stream_poll");
    auto const envelope = json::parse(answered.response.body);
    auto const plain = call.crypto.open({envelope.at("msgsignature").get_ref<std::string const&>(), "1700000000", "n1"},
                                        envelope.at("encrypt").get_ref<std::string const&>());
    auto const stream = json::parse(std::get<std::string>(plain)).at("stream");
    EXPECT_EQ(stream.at("id"), "old");
    EXPECT_EQ(stream.at("finish"), true);
}

struct RefusalCase {
    char const* name;
    std::function<void(chat::WebhookRequest&)> change;
    int status;
    char const* reason;
};

class WecomRefuses : public testing::TestWithParam<RefusalCase> {};

TEST_P(WecomRefuses, BothWays)
{
    for (auto const platform : {wecom::kAppPlatform, wecom::kBotPlatform}) {
        auto const channel = wecom::make_channel(options(platform), {});
        Callback call(platform, platform == wecom::kAppPlatform ? kAppText : kBotText);
        ASSERT_TRUE(std::holds_alternative<chat::Received>(channel->receive(call.request)));
        GetParam().change(call.request);
        auto const answered = std::get<chat::Answered>(channel->receive(call.request));
        EXPECT_EQ(answered.response.status, GetParam().status);
        EXPECT_EQ(answered.reason, GetParam().reason);
    }
}

std::string const& big()
{
    static std::string const body(257 * 1024, 'x');
    return body;
}

using Request = chat::WebhookRequest;
INSTANTIATE_TEST_SUITE_P(
    Table, WecomRefuses,
    testing::Values(RefusalCase{"no_signature", [](Request& r) { r.query.erase("msg_signature"); }, 400, "missing_parameter"},
                    RefusalCase{"no_timestamp", [](Request& r) { r.query.erase("timestamp"); }, 400, "missing_parameter"},
                    RefusalCase{"no_nonce", [](Request& r) { r.query.erase("nonce"); }, 400, "missing_parameter"},
                    RefusalCase{"other_nonce", [](Request& r) { r.query["nonce"] = "n2"; }, 403, "bad_signature"},
                    RefusalCase{"other_time", [](Request& r) { r.query["timestamp"] = "1700000001"; }, 403, "bad_signature"},
                    RefusalCase{"no_body", [](Request& r) { r.body = {}; }, 400, "malformed"},
                    RefusalCase{"not_an_envelope", [](Request& r) { r.body = "<xml><a/></xml>"; }, 400, "malformed"},
                    RefusalCase{"too_large", [](Request& r) { r.body = big(); }, 413, "too_large"},
                    RefusalCase{"put", [](Request& r) { r.method = "PUT"; }, 405, "bad_method"},
                    RefusalCase{"get_without_echo", [](Request& r) { r.method = "GET"; }, 400, "missing_parameter"},
                    RefusalCase{"long_ago", [](Request& r) { r.received_at = at(1'700'000'601); }, 403, "replayed"},
                    RefusalCase{"far_ahead", [](Request& r) { r.received_at = at(1'699'999'399); }, 403, "replayed"}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(WecomChannel, LetsRetriesIn)
{
    auto const app = wecom::make_channel(options(wecom::kAppPlatform), {});
    Callback call(wecom::kAppPlatform, kAppText);
    for (std::int64_t const late : {0, 5, 10, 30, 600, -600}) {
        call.request.received_at = at(1'700'000'000 + late);
        EXPECT_TRUE(std::holds_alternative<chat::Received>(app->receive(call.request))) << late;
    }
}

TEST(WecomChannel, AcknowledgesGenuineNonsense)
{
    for (auto const platform : {wecom::kAppPlatform, wecom::kBotPlatform}) {
        auto const channel = wecom::make_channel(options(platform), {});
        for (char const* plain : {"", "nonsense", "<xml/>", "{}", "\xFF\xFE"}) {
            Callback const call(platform, plain);
            auto const answered = std::get<chat::Answered>(channel->receive(call.request));
            EXPECT_EQ(answered.response.status, 200) << plain;
            EXPECT_EQ(answered.response.body, "");
            EXPECT_EQ(answered.reason, "malformed");
        }
    }
}

TEST(WecomChannel, HearsNothingThroughAGroupRobot)
{
    auto const robot = wecom::make_channel(options(wecom::kGroupRobotPlatform), {});
    EXPECT_EQ(std::get<chat::Answered>(robot->receive({})).response.status, 404);
}

struct OptionCase {
    char const* name;
    std::string_view platform;
    std::function<void(wecom::Options&)> change;
    char const* key;
};

class WecomOptions : public testing::TestWithParam<OptionCase> {};

TEST_P(WecomOptions, NameTheKeyAtFault)
{
    auto o = options(GetParam().platform);
    EXPECT_TRUE(wecom::check(o).empty());
    GetParam().change(o);
    auto const errors = wecom::check(o);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].key, GetParam().key);
    EXPECT_THROW(wecom::make_channel(o, {}), std::invalid_argument);
}

using O = wecom::Options;
INSTANTIATE_TEST_SUITE_P(
    Table, WecomOptions,
    testing::Values(OptionCase{"platform", wecom::kGroupRobotPlatform,
                               [](O& o) {
                                   o.platform = "wecom";
                                   o.replay_window = {};
                               },
                               "platform"},
                    OptionCase{"name", wecom::kAppPlatform, [](O& o) { o.name = "a/b"; }, "name"},
                    OptionCase{"no_token", wecom::kBotPlatform, [](O& o) { o.token.clear(); }, "token"},
                    OptionCase{"token_with_line_end", wecom::kBotPlatform, [](O& o) { o.token += "\n"; }, "token"},
                    OptionCase{"short_key", wecom::kBotPlatform, [](O& o) { o.encoding_aes_key.pop_back(); }, "encoding_aes_key"},
                    OptionCase{"corp_id", wecom::kBotPlatform, [](O& o) { o.corp_id.clear(); }, "corp_id"},
                    OptionCase{"agent_id", wecom::kAppPlatform, [](O& o) { o.agent_id = 0; }, "agent_id"},
                    OptionCase{"corp_secret", wecom::kAppPlatform, [](O& o) { o.corp_secret.clear(); }, "corp_secret"},
                    OptionCase{"key", wecom::kGroupRobotPlatform, [](O& o) { o.key.clear(); }, "key"},
                    OptionCase{"group", wecom::kGroupRobotPlatform, [](O& o) { o.group.clear(); }, "group"},
                    OptionCase{"account", wecom::kGroupRobotPlatform, [](O& o) { o.account.clear(); }, "account"},
                    OptionCase{"http_elsewhere", wecom::kAppPlatform, [](O& o) { o.api_base = "http://qyapi.weixin.qq.com"; }, "api_base"},
                    OptionCase{"base_with_query", wecom::kAppPlatform, [](O& o) { o.api_base = "https://x/?a"; }, "api_base"},
                    OptionCase{"window", wecom::kAppPlatform, [](O& o) { o.replay_window = std::chrono::seconds(5); }, "replay_window"}),
    [](auto const& tc) { return std::string(tc.param.name); });

} // namespace
