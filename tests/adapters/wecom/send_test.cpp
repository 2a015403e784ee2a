#include "adapters/wecom/cards.hpp"
#include "adapters/wecom/crypto.hpp"
#include "adapters/wecom/wecom.hpp"
#include "support/http_server.hpp"
#include "text/base64.hpp"

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>

namespace {

using namespace adapters;
using chat::SendOutcome;
using nlohmann::json;
using support::HttpAction;
using support::HttpSeen;
using support::HttpServer;

constexpr auto kKey = "k7Jd0sPq3VbN8mXzR5tYcW2uHgLfA9eKiO6xQ1vBwES";

/// A platform that gives tokens T1, T2, … and takes messages as it is told; a fresh one for every test.
class Platform : public testing::Test {
protected:
    HttpAction handle(HttpSeen const& seen)
    {
        if (seen.target.starts_with("/cgi-bin/gettoken")) {
            ++tokens;
            if (!refusal.empty())
                return HttpAction::json(refusal);
            return HttpAction::json(
                json{{"errcode", 0}, {"errmsg", "ok"}, {"access_token", "T" + std::to_string(tokens.load())}, {"expires_in", 7200}}.dump());
        }
        return answer(seen);
    }

    std::unique_ptr<chat::Channel> channel(std::string_view platform)
    {
        wecom::Options o;
        o.platform = platform;
        o.name = "main";
        o.token = "t0ken";
        o.encoding_aes_key = aes_key;
        o.corp_id = "ww1";
        o.agent_id = 1000002;
        o.corp_secret = "s3cret";
        o.key = "k&y";
        o.group = "CG-G01";
        o.account = "wecom:ww1";
        o.api_base = server.base() + "/";
        return wecom::make_channel(o, services);
    }

    static chat::SendResult wait(std::function<void(chat::Channel::Sent)> const& call)
    {
        auto promise = std::make_shared<std::promise<chat::SendResult>>();
        auto future = promise->get_future();
        call([promise](chat::SendResult result) { promise->set_value(std::move(result)); });
        return future.get();
    }

    chat::SendResult send(chat::Channel& to, chat::Outbound const& message)
    {
        return wait([&](chat::Channel::Sent done) { to.send(message, std::move(done)); });
    }

    static chat::Channel::Fetched fetch(chat::Channel& from, chat::Media const& media, std::size_t limit)
    {
        auto promise = std::make_shared<std::promise<chat::Channel::Fetched>>();
        auto future = promise->get_future();
        from.fetch_media(media, limit, [promise](chat::Channel::Fetched fetched) { promise->set_value(std::move(fetched)); });
        return future.get();
    }

    std::string aes_key = kKey;
    std::atomic<int> tokens = 0;
    std::string refusal; ///< answer of gettoken, set before the first call
    std::function<HttpAction(HttpSeen const&)> answer = [](HttpSeen const&) {
        return HttpAction::json(R"({"errcode":0,"errmsg":"ok","invaliduser":"","response_code":"RC1"})");
    };
    HttpServer server{[this](HttpSeen const& seen) { return handle(seen); }};
    std::shared_ptr<HttpClient> http = make_http_client();
    wecom::Services services{http, wecom::make_token_cache(http)};
};

chat::Outbound to_user(std::string text = "通知")
{
    chat::Outbound message;
    message.user_id = "lisi";
    message.text = std::move(text);
    message.dedup_key = "d1";
    return message;
}

chat::Outbound to_group(std::string text = "通知 <@all>")
{
    chat::Outbound message;
    message.chat_id = "CG-G01";
    message.text = std::move(text);
    return message;
}

TEST_F(Platform, TakesAMessageOfTheApp)
{
    auto const app = channel(wecom::kAppPlatform);
    auto message = to_user();
    message.card = cards::vote();
    auto const result = send(*app, message);
    EXPECT_EQ(result.outcome, SendOutcome::sent) << result.detail;
    EXPECT_EQ(result.update_handle, "RC1");
    auto const seen = server.seen();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].target, "/cgi-bin/gettoken?corpid=ww1&corpsecret=s3cret");
    EXPECT_EQ(seen[1].target, "/cgi-bin/message/send?access_token=T1");
    EXPECT_EQ(seen[1].headers.at("content-type"), "application/json");
    EXPECT_EQ(json::parse(seen[1].body).at("template_card").at("task_id"), "vote-42@1");
    EXPECT_EQ(send(*app, to_user()).outcome, SendOutcome::sent);
    EXPECT_EQ(tokens, 1);
}

TEST_F(Platform, TellsWhoWasNotReached)
{
    answer = [](HttpSeen const&) { return HttpAction::json(R"({"errcode":0,"errmsg":"ok","invaliduser":"lisi"})"); };
    auto const result = send(*channel(wecom::kAppPlatform), to_user());
    EXPECT_EQ(result.outcome, SendOutcome::user_failed);
    EXPECT_EQ(result.unreached, std::vector<std::string>{"lisi"});
}

TEST_F(Platform, NeverSendsToEverybody)
{
    auto const app = channel(wecom::kAppPlatform);
    for (char const* user : {"@all", "a|b", "", "李四", "a b", "a,b"}) {
        auto message = to_user();
        message.user_id = user;
        EXPECT_EQ(send(*app, message).outcome, SendOutcome::user_failed) << user;
    }
    EXPECT_EQ(send(*app, to_group()).outcome, SendOutcome::user_failed);
    EXPECT_TRUE(server.seen().empty());
}

TEST_F(Platform, TriesOnceMoreWithAFreshToken)
{
    for (int const code : {40014, 42001, 40001}) {
        std::string const stale = "T" + std::to_string(tokens.load() == 0 ? 1 : tokens.load());
        answer = [&](HttpSeen const& seen) {
            return HttpAction::json(seen.target.ends_with("=" + stale) ? json{{"errcode", code}}.dump() : R"({"errcode":0})");
        };
        EXPECT_EQ(send(*channel(wecom::kAppPlatform), to_user()).outcome, SendOutcome::sent) << code;
    }
    EXPECT_EQ(tokens, 4);
}

TEST_F(Platform, GivesUpOnASecondStaleToken)
{
    answer = [](HttpSeen const&) { return HttpAction::json(R"({"errcode":42001,"errmsg":"expired"})"); };
    EXPECT_EQ(send(*channel(wecom::kAppPlatform), to_user()).outcome, SendOutcome::channel_failed);
    EXPECT_EQ(server.seen().size(), 4U) << "two tokens, two tries";
    auto const seen = server.seen();
    EXPECT_EQ(seen[1].body, seen[3].body) << "byte-identical, for the duplicate check";
}

TEST_F(Platform, FetchesOneTokenForManyCallers)
{
    constexpr int kMessages = 60;
    auto const one = channel(wecom::kAppPlatform);
    auto const other = channel(wecom::kAppPlatform);
    std::vector<std::promise<SendOutcome>> sent(kMessages);
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
            for (int i = t; i < kMessages; i += 3)
                (i % 2 == 0 ? one : other)->send(to_user(), [&, i](chat::SendResult const& result) {
                    sent[static_cast<std::size_t>(i)].set_value(result.outcome);
                });
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (auto& promise : sent)
        EXPECT_EQ(promise.get_future().get(), SendOutcome::sent);
    EXPECT_EQ(tokens, 1);
}

TEST_F(Platform, DoesNotAskAgainWithAWrongSecret)
{
    refusal = R"({"errcode":40001,"errmsg":"invalid credential"})";
    auto const app = channel(wecom::kAppPlatform);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(send(*app, to_user()).outcome, SendOutcome::channel_failed);
    EXPECT_EQ(tokens, 1);
    auto const probed = wait([&](chat::Channel::Sent done) { app->probe(std::move(done)); });
    EXPECT_EQ(probed.outcome, SendOutcome::channel_failed);
    EXPECT_EQ(probed.detail, "errcode 40001: invalid credential");
    EXPECT_EQ(probed.detail.find("s3cret"), std::string::npos);
}

TEST_F(Platform, ProbesWithoutSaying)
{
    for (auto const platform : {wecom::kAppPlatform, wecom::kBotPlatform, wecom::kGroupRobotPlatform}) {
        auto const tested = channel(platform);
        EXPECT_EQ(wait([&](chat::Channel::Sent done) { tested->probe(std::move(done)); }).outcome, SendOutcome::sent);
    }
    for (auto const& seen : server.seen())
        EXPECT_EQ(seen.method, "GET");
}

TEST_F(Platform, TakesMarkdownOfAGroupRobot)
{
    auto const robot = channel(wecom::kGroupRobotPlatform);
    EXPECT_EQ(send(*robot, to_group()).outcome, SendOutcome::sent);
    auto const seen = server.seen();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].target, "/cgi-bin/webhook/send?key=k%26y");
    EXPECT_EQ(seen[0].body, R"({"msgtype":"markdown","markdown":{"content":"通知 ＜@all>"}})");
    EXPECT_EQ(send(*robot, to_user()).outcome, SendOutcome::channel_failed);
    EXPECT_EQ(send(*robot, to_group("")).outcome, SendOutcome::payload_failed);
}

struct FailureCase {
    char const* name;
    HttpAction action;
    SendOutcome app;
    SendOutcome robot;
};

class PlatformFails : public Platform, public testing::WithParamInterface<FailureCase> {};

TEST_P(PlatformFails, AsTheWireShows)
{
    answer = [](HttpSeen const&) { return GetParam().action; };
    EXPECT_EQ(static_cast<int>(send(*channel(wecom::kAppPlatform), to_user()).outcome), static_cast<int>(GetParam().app));
    EXPECT_EQ(static_cast<int>(send(*channel(wecom::kGroupRobotPlatform), to_group()).outcome), static_cast<int>(GetParam().robot));
}

INSTANTIATE_TEST_SUITE_P(
    Table, PlatformFails,
    testing::Values(
        FailureCase{"status_502", HttpAction::code(502), SendOutcome::retry, SendOutcome::retry},
        FailureCase{"status_429", HttpAction::code(429), SendOutcome::rate_limited, SendOutcome::rate_limited},
        FailureCase{"closed", HttpAction::close(), SendOutcome::retry, SendOutcome::unknown},
        FailureCase{"garbage", HttpAction::raw("garbage\r\n\r\n"), SendOutcome::retry, SendOutcome::unknown},
        FailureCase{"html", HttpAction::json("<html>"), SendOutcome::retry, SendOutcome::unknown},
        FailureCase{"huge", HttpAction::json(std::string(2U << 20U, ' ')), SendOutcome::retry, SendOutcome::unknown},
        FailureCase{"over_the_pace", HttpAction::json(R"({"errcode":45009})"), SendOutcome::rate_limited, SendOutcome::rate_limited},
        FailureCase{"removed", HttpAction::json(R"({"errcode":93000})"), SendOutcome::channel_failed, SendOutcome::channel_failed}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST_F(Platform, RepliesLateThroughTheResponseUrl)
{
    auto const bot = channel(wecom::kBotPlatform);
    auto const late = [&](std::string handle) {
        return wait([&](chat::Channel::Sent done) { bot->send_late(std::move(handle), to_group("办好了"), std::move(done)); });
    };
    EXPECT_EQ(late(server.base() + "/cgi-bin/aibot/response?response_code=RC1").outcome, SendOutcome::sent);
    ASSERT_EQ(server.seen().size(), 1U);
    EXPECT_EQ(server.seen()[0].target, "/cgi-bin/aibot/response?response_code=RC1");
    EXPECT_EQ(server.seen()[0].body, R"({"msgtype":"markdown","markdown":{"content":"办好了"}})");
    for (char const* elsewhere : {"https://evil.example.org/x", "http://127.0.0.1:1/x", "", "file:///etc/passwd"})
        EXPECT_EQ(late(elsewhere).outcome, SendOutcome::channel_failed) << elsewhere;
    EXPECT_EQ(server.seen().size(), 1U);
    EXPECT_EQ(send(*bot, to_group()).outcome, SendOutcome::channel_failed);
}

TEST_F(Platform, ChangesACardLater)
{
    auto const app = channel(wecom::kAppPlatform);
    chat::Outbound message;
    message.user_id = "lisi";
    message.update = chat::CardUpdate{"vote-42@1", "已截止", {}};
    auto const late = [&](chat::Outbound const& update) {
        return wait([&](chat::Channel::Sent done) { app->send_late("RC_abc", update, std::move(done)); });
    };
    EXPECT_EQ(late(message).outcome, SendOutcome::sent);
    auto const seen = server.seen().at(1);
    EXPECT_EQ(seen.target, "/cgi-bin/message/update_template_card?access_token=T1");
    EXPECT_EQ(json::parse(seen.body),
              json::parse(R"({"userids":["lisi"],"agentid":1000002,"response_code":"RC_abc","button":{"replace_name":"已截止"}})"));
    EXPECT_EQ(late(to_user()).outcome, SendOutcome::payload_failed);
    answer = [](HttpSeen const&) { return HttpAction::json(R"({"errcode":60140})"); };
    EXPECT_EQ(late(message).outcome, SendOutcome::payload_failed) << "a used code is not tried again";
}

TEST_F(Platform, GivesAFileOfTheApp)
{
    answer = [](HttpSeen const& seen) {
        if (seen.target != "/cgi-bin/media/get?access_token=T2&media_id=M%261")
            return HttpAction::json(R"({"errcode":40014})");
        return HttpAction{HttpAction::Kind::respond, 200, "{bytes",
                          "Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=\"a.jpg\"\r\n"};
    };
    auto const app = channel(wecom::kAppPlatform);
    auto const file = fetch(*app, {chat::MediaKind::image, "M&1", ""}, 100);
    EXPECT_TRUE(file.ok) << file.detail;
    EXPECT_EQ(file.bytes, "{bytes");
    EXPECT_EQ(file.content_type, "image/jpeg");
    EXPECT_EQ(fetch(*app, {chat::MediaKind::image, "M&1", ""}, 3).detail, "larger than allowed");
    answer = [](HttpSeen const&) { return HttpAction::json(R"({"errcode":40007,"errmsg":"invalid media_id"})"); };
    auto const gone = fetch(*app, {chat::MediaKind::image, "M&1", ""}, 100);
    EXPECT_FALSE(gone.ok);
    EXPECT_EQ(gone.detail, "errcode 40007: invalid media_id");
}

TEST_F(Platform, GivesAFileOfTheRobot)
{
    std::string cipher;
    answer = [&](HttpSeen const& seen) {
        return seen.target == "/file" ? HttpAction{HttpAction::Kind::respond, 200, cipher, "Content-Type: image/png\r\n"}
                                      : HttpAction::code(404);
    };
    aes_key = "Zx8Kq2Lm5Np7Rs9Tu1Vw3Xy6Ab4Cd0Ef8Gh2Ij5Kl7Q"; // of the vector aibot-media-callback-mode
    auto const bot = channel(wecom::kBotPlatform);
    chat::Media const media{chat::MediaKind::image, server.base() + "/file", ""};
    cipher = *text::base64_decode("qEtJqH8EQTlk8FNN2lTrQdJZEmRGRSl+V/DIDIa6P+g=");
    auto const file = fetch(*bot, media, 16);
    EXPECT_TRUE(file.ok) << file.detail;
    EXPECT_EQ(file.bytes, std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16));
    EXPECT_EQ(file.content_type, "image/png");
    EXPECT_EQ(fetch(*bot, media, 15).detail, "larger than allowed");
    cipher = "not a multiple of sixteen";
    EXPECT_EQ(fetch(*bot, media, 100).detail, "the file does not decrypt");
    cipher = std::string(500, 'x');
    EXPECT_EQ(fetch(*bot, media, 100).detail, "larger than allowed");
    EXPECT_EQ(fetch(*bot, {chat::MediaKind::image, server.base() + "/other", ""}, 100).detail, "HTTP 404");
    EXPECT_FALSE(fetch(*bot, {chat::MediaKind::image, "http://169.254.169.254/latest", ""}, 100).ok);
    EXPECT_FALSE(fetch(*bot, {chat::MediaKind::image, "file:///etc/passwd", ""}, 100).ok);
    EXPECT_FALSE(fetch(*channel(wecom::kGroupRobotPlatform), media, 100).ok);
}

TEST_F(Platform, FinishesAfterTheChannelIsGone)
{
    std::promise<SendOutcome> sent;
    channel(wecom::kAppPlatform)->send(to_user(), [&](chat::SendResult const& result) { sent.set_value(result.outcome); });
    EXPECT_EQ(sent.get_future().get(), SendOutcome::sent);
}

TEST_F(Platform, AnswersEverybodyWhenTheClientStops)
{
    std::promise<void> asked;
    std::atomic<int> arrived = 0;
    answer = [&](HttpSeen const&) {
        if (++arrived == 10)
            asked.set_value();
        return HttpAction::hang();
    };
    std::atomic<int> ended = 0;
    auto const app = channel(wecom::kAppPlatform);
    for (int i = 0; i < 10; ++i)
        app->send(to_user(), [&](chat::SendResult const& result) { ended += result.outcome == SendOutcome::retry ? 1 : 0; });
    asked.get_future().get();
    EXPECT_EQ(ended, 0);
    http->stop();
    EXPECT_EQ(ended, 10);
    EXPECT_EQ(send(*app, to_user()).outcome, SendOutcome::retry) << "refused at once, to be tried after a restart";
}

} // namespace
