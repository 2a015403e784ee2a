#include "adapters/http_client.hpp"
#include "http/url.hpp"
#include "support/http_server.hpp"

#include <atomic>
#include <future>

namespace {

using namespace adapters;
using support::HttpAction;
using support::HttpSeen;
using support::HttpServer;
using namespace std::chrono_literals;

HttpRequest post_to(std::string url, std::string body = "{}")
{
    HttpRequest request;
    request.method = HttpRequest::Method::post;
    request.url = std::move(url);
    request.body = std::move(body);
    request.headers = {{"Content-Type", "application/json"}};
    request.total_timeout = 5s;
    return request;
}

HttpResponse ask(HttpClient& client, HttpRequest request)
{
    auto promise = std::make_shared<std::promise<HttpResponse>>();
    auto future = promise->get_future();
    client.send(std::move(request), [promise](HttpResponse response) { promise->set_value(std::move(response)); });
    return future.get();
}

/// A port on which nobody listens.
std::string nowhere()
{
    return HttpServer([](HttpSeen const&) { return HttpAction::close(); }).base();
}

TEST(HttpClient, PostsAndReads)
{
    HttpServer server([](HttpSeen const&) {
        return HttpAction{HttpAction::Kind::respond, 201, "pong",
                          "Content-Type: text/x\r\nContent-Disposition: attachment; filename=\"a\"\r\n"};
    });
    auto client = make_http_client();
    auto const response = ask(*client, post_to(server.base() + "/a?b=c", "ping\n投票"));
    EXPECT_EQ(response.outcome, HttpOutcome::answered);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "pong");
    EXPECT_EQ(response.content_type, "text/x");
    EXPECT_EQ(response.disposition, "attachment; filename=\"a\"");
    auto const seen = server.seen();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].method, "POST");
    EXPECT_EQ(seen[0].target, "/a?b=c");
    EXPECT_EQ(seen[0].body, "ping\n投票");
    EXPECT_EQ(seen[0].headers.at("content-type"), "application/json");
    EXPECT_EQ(seen[0].headers.count("expect"), 0U);
}

TEST(HttpClient, KeepsAConnectionForWhatMayBeRepeated)
{
    HttpServer server([](HttpSeen const&) { return HttpAction::json("{}"); });
    auto client = make_http_client();
    for (int i = 0; i < 5; ++i) {
        auto request = post_to(server.base());
        request.repeatable = true;
        EXPECT_EQ(ask(*client, std::move(request)).status, 200);
    }
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_EQ(ask(*client, post_to(server.base())).status, 200);
    EXPECT_EQ(server.connections(), 2U) << "what must not arrive twice goes on a fresh connection";
}

struct EndCase {
    char const* name;
    HttpAction action;
    HttpOutcome outcome;
    int status;
};

class HttpClientEnds : public testing::TestWithParam<EndCase> {};

TEST_P(HttpClientEnds, AsTheServerEnds)
{
    auto const& tc = GetParam();
    HttpServer server([&](HttpSeen const&) { return tc.action; });
    auto client = make_http_client();
    auto request = post_to(server.base());
    request.total_timeout = 300ms;
    request.response_limit_bytes = 1000;
    auto const response = ask(*client, std::move(request));
    EXPECT_EQ(static_cast<int>(response.outcome), static_cast<int>(tc.outcome)) << response.detail;
    EXPECT_EQ(response.status, tc.status);
    EXPECT_EQ(server.seen().size(), 1U) << "sent once, whatever happened";
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpClientEnds,
    testing::Values(EndCase{"server_error", HttpAction::code(502), HttpOutcome::answered, 502},
                    EndCase{"redirect", {HttpAction::Kind::respond, 302, "", "Location: /elsewhere\r\n"}, HttpOutcome::answered, 302},
                    EndCase{"closed_early", HttpAction::close(), HttpOutcome::unknown, 0},
                    EndCase{"silent", HttpAction::hang(), HttpOutcome::unknown, 0},
                    EndCase{"garbage", HttpAction::raw("\x01\x02 not http\r\n\r\n"), HttpOutcome::unknown, 0},
                    EndCase{"cut_short", HttpAction::raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc"), HttpOutcome::unknown, 0},
                    EndCase{"too_large", HttpAction::json(std::string(1001, 'x')), HttpOutcome::too_large, 0}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(HttpClient, TellsWhatWasNeverSent)
{
    auto client = make_http_client();
    EXPECT_EQ(ask(*client, post_to(nowhere())).outcome, HttpOutcome::not_sent);
}

TEST(HttpClient, RefusesAddresses)
{
    auto client = make_http_client();
    for (char const* url :
         {"http://example.org/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://u:p@example.org/", "", "https://a b/"})
        EXPECT_EQ(ask(*client, post_to(url)).outcome, HttpOutcome::refused) << url;
}

TEST(HttpClient, RefusesWhatIsTooMuch)
{
    HttpServer server([](HttpSeen const&) { return HttpAction::hang(); });
    std::atomic<int> ended = 0;
    {
        auto client = make_http_client(2);
        for (int i = 0; i < 2; ++i)
            client->send(post_to(server.base()), [&](HttpResponse const&) { ++ended; });
        EXPECT_EQ(ask(*client, post_to(server.base())).outcome, HttpOutcome::refused);
    }
    EXPECT_EQ(ended, 2);
}

TEST(HttpClient, EndsEverythingWhenItGoes)
{
    HttpServer server([](HttpSeen const&) { return HttpAction::hang(); });
    std::atomic<int> ended = 0;
    std::atomic<int> refused = 0;
    {
        auto client = make_http_client();
        auto* const raw = client.get();
        for (int i = 0; i < 40; ++i) {
            client->send(post_to(server.base()), [&, raw](HttpResponse const& response) {
                ended += response.outcome == HttpOutcome::unknown || response.outcome == HttpOutcome::not_sent ? 1 : 0;
                raw->send(post_to(server.base()),
                          [&](HttpResponse const& again) { refused += again.outcome == HttpOutcome::refused ? 1 : 0; });
            });
        }
    }
    EXPECT_EQ(ended, 40);
    EXPECT_EQ(refused, 40);
}

TEST(HttpClient, StopsWhenAskedAndOnlyOnce)
{
    HttpServer server([](HttpSeen const&) { return HttpAction::hang(); });
    auto client = make_http_client();
    std::atomic<int> ended = 0;
    for (int i = 0; i < 5; ++i)
        client->send(post_to(server.base()), [&](HttpResponse const&) { ++ended; });
    client->stop();
    EXPECT_EQ(ended, 5);
    client->stop();
    EXPECT_EQ(ask(*client, post_to(server.base())).outcome, HttpOutcome::refused);
}

TEST(HttpClient, MayGoWithItsLastAnswer)
{
    HttpServer server([](HttpSeen const&) { return HttpAction::json("{}"); });
    std::promise<void> gone;
    struct Tell {
        explicit Tell(std::promise<void>& p) : promise(p) {}
        Tell(Tell const&) = delete;
        Tell& operator=(Tell const&) = delete;
        std::promise<void>& promise;
        ~Tell() { promise.set_value(); }
    };
    auto client = make_http_client();
    auto* const raw = client.get();
    auto tell = std::make_shared<Tell>(gone);
    raw->send(post_to(server.base()), [last = std::move(client), tell = std::move(tell)](HttpResponse const&) {});
    gone.get_future().get();
}

TEST(HttpClient, ServesManyThreads)
{
    HttpServer server([](HttpSeen const& seen) { return HttpAction::json(seen.body); });
    auto client = make_http_client();
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                std::string const body = std::to_string(t * 1000 + i);
                auto request = post_to(server.base(), body);
                request.repeatable = true;
                right += ask(*client, std::move(request)).body == body ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(right, 200);
}

struct UrlCase {
    char const* url;
    bool callable;
    bool loopback;
};

TEST(Url, WhatMayBeCalled)
{
    for (auto const& tc :
         {UrlCase{"https://qyapi.weixin.qq.com", true, false}, UrlCase{"http://127.0.0.1:8080/x", true, true},
          UrlCase{"http://localhost/", true, true}, UrlCase{"http://[::1]:1/", true, true}, UrlCase{"http://127.9.9.9", true, true},
          UrlCase{"http://127.0.0.1.example.org/", false, false}, UrlCase{"http://localhost.example.org/", false, false},
          UrlCase{"http://127.0.0.1@example.org/", false, false}, UrlCase{"https://127.0.0.1\\@example.org/", false, false},
          UrlCase{"http://10.0.0.1/", false, false}, UrlCase{"gopher://127.0.0.1/", false, true}, UrlCase{"https://", false, false},
          UrlCase{"qyapi.weixin.qq.com", false, false}}) {
        EXPECT_EQ(http::is_callable(tc.url), tc.callable) << tc.url;
        EXPECT_EQ(http::is_loopback(tc.url), tc.loopback) << tc.url;
    }
}

TEST(Url, WhatLiesUnderABase)
{
    std::string const base = "https://qyapi.weixin.qq.com";
    EXPECT_TRUE(http::is_under("https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1", base));
    EXPECT_TRUE(http::is_under("https://qyapi.weixin.qq.com:443/x", base));
    EXPECT_TRUE(http::is_under("https://proxy.example.org/wecom/cgi-bin/x", "https://proxy.example.org/wecom"));
    for (char const* url :
         {"http://qyapi.weixin.qq.com/x", "https://qyapi.weixin.qq.com.evil.org/x", "https://qyapi.weixin.qq.com@evil.org/x",
          "https://evil.org/qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com:444/x", "", "/cgi-bin/x"})
        EXPECT_FALSE(http::is_under(url, base)) << url;
    EXPECT_FALSE(http::is_under("https://proxy.example.org/wecomx/y", "https://proxy.example.org/wecom"));
    EXPECT_FALSE(http::is_under("https://proxy.example.org/wecom/../admin", "https://proxy.example.org/wecom"));
}

TEST(Url, Escapes)
{
    EXPECT_EQ(http::escape("aZ0-_.~"), "aZ0-_.~");
    EXPECT_EQ(http::escape("a&b=c+d/投"), "a%26b%3Dc%2Bd%2F%E6%8A%95");
}

} // namespace
