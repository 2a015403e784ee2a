#include "wecom/token_cache.hpp"

#include <atomic>
#include <thread>

namespace {

using namespace adapters;
using namespace std::chrono_literals;
using wecom::TokenCache;
using wecom::TokenKey;

/// Keeps requests until the test answers them.
class HeldHttp : public HttpClient {
public:
    void send(HttpRequest request, Done done) override
    {
        std::lock_guard const lock(mutex_);
        urls_.push_back(request.url);
        held_.push_back(std::move(done));
    }
    void answer(std::string body, int status = 200)
    {
        HttpResponse response;
        response.outcome = HttpOutcome::answered;
        response.status = status;
        response.body = std::move(body);
        take()(std::move(response));
    }
    void fail(HttpOutcome outcome)
    {
        HttpResponse response;
        response.outcome = outcome;
        take()(std::move(response));
    }
    /// A real client answers all; here what was left open would keep the cache, and so this, alive.
    void forget()
    {
        std::lock_guard const lock(mutex_);
        held_.clear();
    }
    [[nodiscard]] std::vector<std::string> urls() const
    {
        std::lock_guard const lock(mutex_);
        return urls_;
    }

private:
    Done take()
    {
        std::lock_guard const lock(mutex_);
        Done done = held_.at(0);
        held_.erase(held_.begin());
        return done;
    }
    mutable std::mutex mutex_;
    std::vector<std::string> urls_;
    std::vector<Done> held_;
};

constexpr auto kToken = R"({"errcode":0,"access_token":"T1","expires_in":7200})";
constexpr auto kOther = R"({"errcode":0,"access_token":"T2","expires_in":7200})";

struct Cache : testing::Test {
    std::shared_ptr<HeldHttp> http = std::make_shared<HeldHttp>();
    std::chrono::steady_clock::time_point now{};
    std::shared_ptr<TokenCache> cache = std::make_shared<TokenCache>(http, [this] { return now; });
    TokenKey key{"https://api", "ww1", "s&cret"};
    std::vector<TokenCache::Token> got;

    ~Cache() override { http->forget(); }
    void get() { get(key); }
    void get(TokenKey const& of)
    {
        cache->get(of, [this](TokenCache::Token const& token) { got.push_back(token); });
    }
};

TEST_F(Cache, FetchesOnceForAll)
{
    for (int i = 0; i < 5; ++i)
        get();
    EXPECT_EQ(http->urls(), std::vector<std::string>{"https://api/cgi-bin/gettoken?corpid=ww1&corpsecret=s%26cret"});
    EXPECT_TRUE(got.empty());
    http->answer(kToken);
    ASSERT_EQ(got.size(), 5U);
    for (auto const& token : got)
        EXPECT_EQ(token.value, "T1");
    get();
    EXPECT_EQ(got.back().value, "T1");
    EXPECT_EQ(http->urls().size(), 1U);
}

TEST_F(Cache, RenewsFiveMinutesBeforeTheEnd)
{
    get();
    http->answer(kToken);
    now += 7200s - 5min - 1s;
    get();
    EXPECT_EQ(http->urls().size(), 1U);
    now += 1s;
    get();
    EXPECT_EQ(http->urls().size(), 2U);
    http->answer(kOther);
    EXPECT_EQ(got.back().value, "T2");
}

TEST_F(Cache, UsesAShortTokenForHalfItsLife)
{
    get();
    http->answer(R"({"errcode":0,"access_token":"T1","expires_in":60})");
    now += 29s;
    get();
    EXPECT_EQ(http->urls().size(), 1U);
    now += 1s;
    get();
    EXPECT_EQ(http->urls().size(), 2U);
}

TEST_F(Cache, DropsByValue)
{
    get();
    http->answer(kToken);
    cache->drop(key, "T0");
    get();
    EXPECT_EQ(http->urls().size(), 1U) << "another token than the cached one was found stale";
    cache->drop(key, "T1");
    get();
    EXPECT_EQ(http->urls().size(), 2U);
    http->answer(kOther);
    cache->drop(key, "T1");
    get();
    EXPECT_EQ(got.back().value, "T2") << "a late report must not drop the fresh token";
    EXPECT_EQ(http->urls().size(), 2U);
}

TEST_F(Cache, KeepsKeysApart)
{
    get();
    TokenKey other = key;
    other.corp_secret = "x";
    get(other);
    EXPECT_EQ(http->urls().size(), 2U);
}

struct RefusalCase {
    int errcode;
    std::chrono::seconds wait;
};

TEST_F(Cache, RemembersARefusal)
{
    for (auto const tc : {RefusalCase{40001, 30min}, RefusalCase{40013, 30min}, RefusalCase{40091, 30min}, RefusalCase{60020, 2min},
                          RefusalCase{45009, 1h}}) {
        key.corp_secret = std::to_string(tc.errcode);
        auto const before = http->urls().size();
        get();
        http->answer(R"({"errcode":)" + std::to_string(tc.errcode) + R"(,"errmsg":"no"})");
        auto const outcome = tc.errcode == 45009 ? chat::SendOutcome::rate_limited : chat::SendOutcome::channel_failed;
        EXPECT_EQ(got.back().failure.outcome, outcome);
        now += tc.wait - 1s;
        get();
        EXPECT_EQ(got.back().value, "");
        EXPECT_EQ(got.back().failure.outcome, outcome) << tc.errcode;
        if (tc.errcode == 45009) {
            EXPECT_EQ(got.back().failure.retry_after, 1s);
        }
        EXPECT_EQ(http->urls().size(), before + 1) << "no loop on " << tc.errcode;
        now += 1s;
        get();
        EXPECT_EQ(http->urls().size(), before + 2);
        http->answer(kToken);
        EXPECT_EQ(got.back().value, "T1");
    }
}

TEST_F(Cache, AsksAgainAfterAPassingFailure)
{
    get();
    http->fail(HttpOutcome::unknown);
    EXPECT_EQ(got.back().failure.outcome, chat::SendOutcome::retry);
    get();
    http->answer(R"({"errcode":-1})");
    EXPECT_EQ(got.back().failure.outcome, chat::SendOutcome::retry);
    get();
    http->answer("", 502);
    EXPECT_EQ(got.back().failure.outcome, chat::SendOutcome::retry);
    get();
    http->answer(kToken);
    EXPECT_EQ(got.back().value, "T1");
}

TEST_F(Cache, FetchesOnceForManyThreads)
{
    constexpr int kThreads = 8;
    constexpr int kCalls = 50;
    std::atomic<int> ready = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < kCalls; ++i)
                cache->get(key, [&](TokenCache::Token const& token) { ready += token.value == "T1" ? 1 : 0; });
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(http->urls().size(), 1U);
    http->answer(kToken);
    EXPECT_EQ(ready, kThreads * kCalls);
}

} // namespace
