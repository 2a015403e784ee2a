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
        webhooks_ = std::make_unique<Webhooks>(
            Webhooks::Parts{channels_, *store_, service_, clock_, health_, metrics_, alarm_, [this] { committed_.set_value(); }});
        webhooks_->add_to(router_);
    }
    std::shared_ptr<FakeExchange> post(std::string const& body, std::string const& path = "/webhook/fake/door")
    {
        auto exchange = std::make_shared<FakeExchange>("POST", path, body);
        router_.dispatch(exchange);
        return exchange;
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

    StoreHealth health_;
    Metrics metrics_;
    ProcedureClock clock_;
    FakeService service_;
    ChannelSet channels_;
    FakeChannel* channel_ = nullptr;
    std::promise<void> committed_;
    std::unique_ptr<Webhooks> webhooks_;
    TemporaryStore store_;
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
    service_.on_event = [](auto&&...) -> chat::Reply { throw storage::StoreError(storage::StoreFault::full, "no room"); };
    auto const response = post("hello")->answer();
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(health_.fault(), storage::StoreFault::full);
    EXPECT_EQ(counted("handled"), 0U);
    EXPECT_EQ(counted("store_full"), 1U);

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
    auto const exchange = post("slow");
    begun.get_future().wait();
    exchange->late();
    EXPECT_EQ(exchange->answer().body, "ack");
    go.set_value();
    committed_.get_future().wait();
    EXPECT_EQ(tries, 2);
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
