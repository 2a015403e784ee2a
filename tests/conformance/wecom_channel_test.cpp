#include "adapters/wecom/crypto.hpp"
#include "adapters/wecom/wecom.hpp"
#include "conformance/vectors.hpp"

#include <pugixml.hpp>

namespace {

using namespace adapters;
using conformance::Vector;

/// A percent-decoder as a server has one: '+' is a blank, once.
std::string decoded(std::string_view s)
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '%') {
            out += static_cast<char>(std::stoi(std::string(s.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += s[i] == '+' ? ' ' : s[i];
        }
    }
    return out;
}

std::unique_ptr<chat::Channel> channel_of(Vector const& v)
{
    wecom::Options options;
    options.name = "c";
    options.token = v.at("token");
    options.encoding_aes_key = v.at("encoding_aes_key");
    options.corp_id = v.at("receive_id").empty() ? "ww1234567890abcdef" : v.at("receive_id");
    options.platform = v.at("receive_id").empty() ? wecom::kBotPlatform : wecom::kAppPlatform;
    options.agent_id = 1;
    options.corp_secret = "secret";
    return wecom::make_channel(options, {});
}

chat::WebhookRequest request_of(Vector const& v, std::string_view method)
{
    chat::WebhookRequest request;
    request.method = method;
    request.query = {{"msg_signature", v.at("msg_signature")}, {"timestamp", v.at("timestamp")}, {"nonce", v.at("nonce")}};
    request.received_at = chat::Instant(std::chrono::seconds(std::stoll(v.at("timestamp")) + 20));
    return request;
}

class Verifies : public testing::TestWithParam<Vector> {};

TEST_P(Verifies, AnswersTheEchoAlone)
{
    Vector const& v = GetParam();
    auto const channel = channel_of(v);
    auto request = request_of(v, "GET");
    if (v.value.contains("raw_query")) {
        std::string const query = v.at("raw_query");
        request.query["echostr"] = decoded(query.substr(query.find("echostr=") + 8));
    } else {
        request.query["echostr"] = v.at("encrypt");
    }
    request.received_at = chat::Instant(std::chrono::hours(24 * 365 * 60)); // an old verification may be repeated by hand
    auto const result = channel->receive(request);
    auto const* answered = std::get_if<chat::Answered>(&result);
    ASSERT_NE(answered, nullptr);
    EXPECT_EQ(answered->response.status, 200);
    EXPECT_EQ(answered->response.body, v.value.at("expect").at("msg_utf8").get<std::string>());
    EXPECT_EQ(answered->reason, "verified");

    request.query["nonce"] += "x";
    EXPECT_EQ(std::get<chat::Answered>(channel->receive(request)).response.status, 403);
}

INSTANTIATE_TEST_SUITE_P(Official, Verifies, testing::ValuesIn(conformance::load("wecom_callback_official.json", {"url_verify"})),
                         conformance::name_of);
INSTANTIATE_TEST_SUITE_P(Robot, Verifies, testing::ValuesIn(conformance::load("aibot_callback_generated.json", {"url_verify"})),
                         conformance::name_of);

class Receives : public testing::TestWithParam<Vector> {};

TEST_P(Receives, AGenuineMessageAndNoReplay)
{
    Vector const& v = GetParam();
    auto const channel = channel_of(v);
    bool const json = v.at("receive_id").empty();
    std::string const body = v.value.contains("raw_body") ? v.at("raw_body") : "<xml><Encrypt>" + v.at("encrypt") + "</Encrypt></xml>";
    auto request = request_of(v, "POST");
    request.body = body;
    auto const result = channel->receive(request);
    std::string const plain = v.value.at("expect").at("msg_utf8").get<std::string>();
    if (json && nlohmann::json::parse(plain).at("msgtype") == "stream") {
        EXPECT_EQ(std::get<chat::Answered>(result).reason, "stream_poll");
        return;
    }
    auto const* received = std::get_if<chat::Received>(&result);
    ASSERT_NE(received, nullptr);
    EXPECT_NE(received->event.kind, chat::EventKind::ignored);
    EXPECT_EQ(received->event.channel, json ? "wecom-bot/c" : "wecom-app/c");
    EXPECT_EQ(received->event.account, "wecom:" + (json ? std::string("ww1234567890abcdef") : v.at("receive_id")));
    EXPECT_FALSE(received->event.user_id.empty());
    EXPECT_FALSE(received->event.dedup_key.empty());

    for (auto const shift : {std::chrono::minutes(11), std::chrono::minutes(-11)}) {
        auto late = request;
        late.received_at += shift;
        EXPECT_EQ(std::get<chat::Answered>(channel->receive(late)).reason, "replayed");
    }
}

INSTANTIATE_TEST_SUITE_P(Official, Receives,
                         testing::ValuesIn(conformance::load("wecom_callback_official.json", {"message_callback", "message_callback_xml"})),
                         conformance::name_of);
INSTANTIATE_TEST_SUITE_P(Robot, Receives, testing::ValuesIn(conformance::load("aibot_callback_generated.json", {"message_callback_json"})),
                         conformance::name_of);

class RefusesThere : public testing::TestWithParam<Vector> {};

TEST_P(RefusesThere, WithoutAnEvent)
{
    Vector const& v = GetParam();
    if (v.at("stage") == "aes_key") {
        EXPECT_THROW(channel_of(v), std::invalid_argument);
        return;
    }
    auto const channel = channel_of(v);
    auto request = request_of(v, "POST");
    std::string const body = v.at("receive_id").empty() ? nlohmann::json{{"encrypt", v.at("encrypt")}}.dump()
                                                        : "<xml><Encrypt><![CDATA[" + v.at("encrypt") + "]]></Encrypt></xml>";
    request.body = body;
    auto const posted = channel->receive(request);
    ASSERT_TRUE(std::holds_alternative<chat::Answered>(posted));
    EXPECT_GE(std::get<chat::Answered>(posted).response.status, 400);
    request.method = "GET";
    request.body = {};
    request.query["echostr"] = v.at("encrypt");
    auto const verified = channel->receive(request);
    ASSERT_TRUE(std::holds_alternative<chat::Answered>(verified));
    EXPECT_GE(std::get<chat::Answered>(verified).response.status, 400);
}

INSTANTIATE_TEST_SUITE_P(Negative, RefusesThere, testing::ValuesIn(conformance::load("crypto_negative.json")), conformance::name_of);

class WrapsReplies : public testing::TestWithParam<Vector> {};

/// What a channel answers opens with the same keys, in the envelope of the vector.
TEST_P(WrapsReplies, InTheirEnvelope)
{
    Vector const& v = GetParam();
    std::string const envelope = v.at("envelope");
    if (envelope != "xml" && envelope != "aibot_json")
        return;
    auto keyed = v;
    if (envelope == "aibot_json")
        keyed.value["receive_id"] = "";
    auto const channel = channel_of(keyed);
    chat::ReplyContext context;
    context.values = {{"nonce", v.at("nonce")}, {"time", v.at("timestamp")}, {"purpose", "message"}, {"user", "lisi"}, {"stream", "s1"}};
    chat::Reply reply;
    reply.text = "已收到";
    auto const response = channel->reply(context, reply);
    std::string encrypt, signature;
    if (envelope == "xml") {
        pugi::xml_document document, model;
        ASSERT_TRUE(document.load_string(response.body.c_str()));
        ASSERT_TRUE(model.load_string(v.value.at("expect").at("body").get<std::string>().c_str()));
        auto const root = document.child("xml");
        for (auto const child : model.child("xml").children())
            EXPECT_TRUE(root.child(child.name())) << child.name();
        encrypt = root.child_value("Encrypt");
        signature = root.child_value("MsgSignature");
        EXPECT_STREQ(root.child_value("TimeStamp"), v.at("timestamp").c_str());
        EXPECT_STREQ(root.child_value("Nonce"), v.at("nonce").c_str());
    } else {
        auto const body = nlohmann::json::parse(response.body);
        auto const model = nlohmann::json::parse(v.value.at("expect").at("body").get<std::string>());
        EXPECT_EQ(body.size(), model.size());
        encrypt = body.at("encrypt");
        signature = body.at("msgsignature");
        EXPECT_EQ(body.at("timestamp"), model.at("timestamp"));
        EXPECT_EQ(body.at("nonce"), model.at("nonce"));
    }
    wecom::Crypto const crypto(v.at("token"), v.at("encoding_aes_key"), keyed.at("receive_id"));
    auto const opened = crypto.open({signature, v.at("timestamp"), v.at("nonce")}, encrypt);
    ASSERT_TRUE(std::holds_alternative<std::string>(opened));
    EXPECT_NE(std::get<std::string>(opened).find("已收到"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(FixedRandom, WrapsReplies, testing::ValuesIn(conformance::load("encrypted_reply_fixed_random.json")),
                         conformance::name_of);

} // namespace
