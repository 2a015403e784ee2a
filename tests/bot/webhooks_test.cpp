#include "bot/webhooks.hpp"

#include "bot/addresses.hpp"
#include "bot/fakes.hpp"
#include "storage/outbox.hpp"

#include <future>

namespace bot {
namespace {

using namespace std::chrono_literals;
namespace chat = adapters::chat;

class WebhooksTest : public testing::Test {
protected:
    WebhooksTest()
    {
        auto made = std::make_unique<FakeChannel>("fake/door", "fake:1", chat::Capabilities{.receives = true, .reply_limit = 5s});
        channel_ = made.get();
        channels_.add(std::move(made));
        channels_.add(std::make_unique<FakeChannel>("fake/speaker", "fake:1", chat::Capabilities{.pushes_to_group = true}, "CG-1"));
        service_.on_event = [](storage::Database&, chat::Event const& event, std::string const& prepared, governance::Instant) {
            EXPECT_EQ(prepared, "prepared " + event.text);
            return chat::Reply{"got " + event.text, {}, {}};
        };
        restart();
    }
    /// As the program ends: nothing of the store runs any more when what it calls goes.
    ~WebhooksTest() override
    {
        store_->close();
        spool_.close();
        for (auto const& exchange : posted_)
            exchange->late = nullptr; // it holds what holds the exchange; a connection drops it with the next request
    }
    /// As a new run of the program would find spool and store.
    void restart()
    {
        router_ = {};
        webhooks_ = std::make_unique<Webhooks>(
            Webhooks::Parts{channels_, *store_, spool_, service_, clock_, health_, metrics_, alarm_, [this] { committed_.set_value(); }});
        webhooks_->add_to(router_);
    }
    /// A callback that the platform stopped waiting for while its unit of work ran; `go` lets the unit go on.
    std::shared_ptr<FakeExchange> late(std::string const& body, std::promise<void>& begun)
    {
        auto exchange = post(body);
        begun.get_future().wait();
        exchange->late();
        EXPECT_EQ(exchange->answer().body, "ack");
        EXPECT_EQ(spool_.size(), 1U) << "durable before it is acknowledged";
        return exchange;
    }
    std::shared_ptr<FakeExchange> post(std::string const& body, std::string const& path = "/webhook/fake/door")
    {
        auto exchange = std::make_shared<FakeExchange>("POST", path, body);
        posted_.push_back(exchange);
        router_.dispatch(exchange);
        return exchange;
    }
    void put(storage::SpooledCallback const& callback)
    {
        std::promise<void> done;
        spool_.put(callback, [&](std::exception_ptr const&) { done.set_value(); });
        done.get_future().wait();
    }
    std::uint64_t counted(std::string const& outcome)
    {
        return metrics_
            .counter("yiqi_inbound_total", "Callbacks by platform and how they ended.", {{"platform", "fake"}, {"outcome", outcome}})
            .value();
    }
    std::vector<storage::OutboxMessage> outbox()
    {
        std::vector<storage::OutboxMessage> found;
        auto const later = clock_.now() + std::chrono::hours(1);
        store_->write_now([&](storage::Database& db) { found = storage::Outbox(db).claim(later, later, 1s, 10); });
        return found;
    }

    std::vector<std::shared_ptr<FakeExchange>> posted_;
    StoreHealth health_;
    Metrics metrics_;
    ProcedureClock clock_;
    FakeService service_;
    ChannelSet channels_;
    FakeChannel* channel_ = nullptr;
    std::promise<void> committed_;
    std::unique_ptr<Webhooks> webhooks_;
    TemporaryStore store_;
    storage::Spool spool_{"sqlite:" + (store_.folder() / "spool").string()};
    Alarm alarm_;
    Router router_;
};

TEST_F(WebhooksTest, AnswersAfterTheCommit)
{
    auto const exchange = post("hello");
    EXPECT_EQ(exchange->answer().body, "hello→got hello");
    EXPECT_EQ(exchange->late_after, 4300ms);
    EXPECT_EQ(counted("handled"), 1U);
    committed_.get_future().wait();
    EXPECT_EQ(webhooks_->in_flight(), 0U);
}

TEST_F(WebhooksTest, RefusalsOfTheChannelNeverReachTheStore)
{
    service_.on_event = [](auto&&...) -> chat::Reply { throw std::logic_error("must not be called"); };
    EXPECT_EQ(post("?")->answer().status, 403);
    EXPECT_EQ(counted("bad_signature"), 1U);
    EXPECT_EQ(post("nothing for us")->answer().body, "ack");
    EXPECT_EQ(counted("ignored"), 1U);
}

TEST_F(WebhooksTest, UnknownAndSilentChannelsAreNotFound)
{
    EXPECT_EQ(post("x", "/webhook/fake/other")->answer().status, 404);
    EXPECT_EQ(post("x", "/webhook/fake/speaker")->answer().status, 404);
}

TEST_F(WebhooksTest, NothingIsAcknowledgedThatIsNotRecorded)
{
    service_.on_event = [](auto&&...) -> chat::Reply { throw storage::StoreError(storage::StoreFault::constraint, "a bug of ours"); };
    auto const response = post("hello")->answer();
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(counted("handled"), 0U);
    EXPECT_EQ(counted("store_constraint"), 1U);

    service_.on_event = [](auto&&...) -> chat::Reply { throw std::runtime_error("a bug"); };
    EXPECT_EQ(post("hello")->answer().status, 500);
    EXPECT_EQ(counted("failed"), 1U);

    service_.on_event = [](auto&&...) { return chat::Reply{}; };
    EXPECT_EQ(post("hello")->answer().body, "ack");
    EXPECT_FALSE(health_.fault());
}

/// The platform's time runs out while the unit of work runs: an empty acknowledgement in time, the reply through the outbox.
TEST_F(WebhooksTest, LateReplyGoesThroughTheOutbox)
{
    struct Case {
        char const* handle;
        char const* address;
    };
    for (auto const& [handle, address] : {Case{"url-1", "reply:url-1"}, Case{"", "user:u1"}}) {
        committed_ = {};
        channel_->reply_handle = handle;
        std::promise<void> begun;
        std::promise<void> go;
        service_.on_event = [&](auto&&...) {
            begun.set_value();
            go.get_future().wait();
            return chat::Reply{"late words", {}, {}};
        };
        auto const exchange = post(std::string("slow ") + handle);
        begun.get_future().wait();
        exchange->late();
        EXPECT_EQ(exchange->answer().body, "ack");
        go.set_value();
        committed_.get_future().wait();
        auto const waiting = outbox();
        ASSERT_EQ(waiting.size(), 1U);
        EXPECT_EQ(waiting[0].recipient.kind, storage::RecipientKind::handle);
        EXPECT_EQ(waiting[0].recipient.id, address);
        EXPECT_EQ(waiting[0].channel, "fake/door");
        EXPECT_EQ(chat::decode_reply(waiting[0].payload)->text, "late words");
        store_->write_now([&](storage::Database& db) { storage::Outbox(db).finish(waiting[0], {}); });
    }
    EXPECT_EQ(counted("acknowledged_early"), 2U);
}

/// The store has no room and neither has the spool: the platform is told in time, so that it sends the message again.
TEST_F(WebhooksTest, WithoutSpoolThePlatformIsAskedToSendAgain)
{
    service_.on_event = [](auto&&...) -> chat::Reply { throw storage::StoreError(storage::StoreFault::full, "no room"); };
    spool_.close();
    auto const exchange = post("hello");
    exchange->late();
    EXPECT_EQ(exchange->answer().status, 503);
    EXPECT_EQ(counted("not_spooled"), 1U);
    EXPECT_EQ(counted("handled"), 0U);
}

/// Killed before the store came back: the next run performs what was acknowledged, and the reply leaves by the outbox.
TEST_F(WebhooksTest, TheNextRunPerformsWhatWasAcknowledged)
{
    std::promise<void> begun;
    auto tries = 0;
    auto away = true;
    service_.on_event = [&](auto&&...) -> chat::Reply {
        if (++tries == 2) // the failure of the first try is told when it has ended
            begun.set_value();
        if (away)
            throw storage::StoreError(storage::StoreFault::unreachable, "away");
        return chat::Reply{"done after all", {}, {}};
    };
    late("hello", begun);
    EXPECT_EQ(health_.fault(), storage::StoreFault::unreachable);
    store_->write_now([&](storage::Database&) { away = false; }); // on the thread that runs the units
    committed_.get_future().wait();
    EXPECT_EQ(spool_.size(), 0U);
    EXPECT_FALSE(health_.fault());
    auto waiting = outbox();
    ASSERT_EQ(waiting.size(), 1U);
    store_->write_now([&](storage::Database& db) { storage::Outbox(db).finish(waiting[0], {}); });

    committed_ = {};
    storage::SpooledCallback left;
    left.order = 77;
    left.channel = "fake/door";
    left.method = "POST";
    left.body = "left by an earlier run";
    put(left);
    restart();
    webhooks_->recover();
    committed_.get_future().wait();
    EXPECT_EQ(spool_.size(), 0U);
    waiting = outbox();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(chat::decode_reply(waiting[0].payload)->text, "done after all");
}

TEST_F(WebhooksTest, WhatCanNeverBeRecordedIsSetAside)
{
    std::promise<void> begun;
    std::promise<void> go;
    service_.on_event = [&](auto&&...) -> chat::Reply {
        begun.set_value();
        go.get_future().wait();
        throw std::runtime_error("a bug");
    };
    late("hello", begun);
    go.set_value();
    store_->write_now([](storage::Database&) {});
    put({}); // the spool does one after the other
    EXPECT_EQ(spool_.size(), 1U);
    EXPECT_EQ(spool_.set_aside_count(), 1);
}

/// What was acknowledged early and then could not be recorded is tried again until it is.
TEST_F(WebhooksTest, AcknowledgedEarlyIsNotGivenUp)
{
    std::promise<void> begun;
    std::promise<void> go;
    auto tries = 0;
    service_.on_event = [&](auto&&...) -> chat::Reply {
        if (++tries > 1)
            return {};
        begun.set_value();
        go.get_future().wait();
        throw storage::StoreError(storage::StoreFault::busy, "busy");
    };
    late("slow", begun);
    go.set_value();
    committed_.get_future().wait();
    EXPECT_EQ(tries, 2);
    EXPECT_EQ(spool_.size(), 0U);
    EXPECT_EQ(counted("handled"), 1U);
}

TEST(Addresses, RoundTrip)
{
    for (auto const kind : {DirectAddress::Kind::reply, DirectAddress::Kind::user, DirectAddress::Kind::chat}) {
        auto const decoded = decode_address(encode_address({kind, "a:b"}));
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->kind, kind);
        EXPECT_EQ(decoded->id, "a:b");
    }
    for (auto const* text : {"", "reply:", "other:x", "x"})
        EXPECT_FALSE(decode_address(text)) << text;
}

} // namespace
} // namespace bot
