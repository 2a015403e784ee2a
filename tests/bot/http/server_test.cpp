#include "bot/router.hpp"
#include "bot/server.hpp"

#include "bot/http/raw_client.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace bot {
namespace {

using namespace std::chrono_literals;

/// A server with a few addresses; /hold keeps its exchanges until the test lets them go.
class ServerTest : public testing::Test {
protected:
    void start(ServerLimits limits)
    {
        router_.add(
            "POST", "/echo",
            [](ExchangePtr const& exchange, PathParameters const&) {
                HttpResponse response;
                response.content_type = "text/plain";
                response.body = exchange->request().body;
                exchange->respond(std::move(response));
            },
            1000);
        router_.add("GET", "/target", [](ExchangePtr const& exchange, PathParameters const&) {
            HttpResponse response;
            response.content_type = "text/plain";
            response.body = exchange->request().target;
            exchange->respond(std::move(response));
        });
        router_.add("GET", "/hold", [this](ExchangePtr const& exchange, PathParameters const&) {
            std::lock_guard const lock(mutex_);
            held_.push_back(exchange);
            if (held_.size() == wanted_)
                all_held_.set_value();
        });
        router_.add("GET", "/late", [](ExchangePtr const& exchange, PathParameters const&) {
            exchange->when_late(20ms, [exchange] { exchange->respond(problem(503, "late")); });
        });
        ServerOptions options;
        options.listen.port = 0;
        limits.tick = 10ms;
        options.limits = limits;
        server_ = std::make_unique<Server>(options, router_);
        server_->start();
    }
    RawClient connect() { return RawClient(server_->port()); }
    void wait_until_held() { all_held_.get_future().wait(); }
    /// So many clients whose requests are held.
    std::vector<std::unique_ptr<RawClient>> hold(std::size_t count)
    {
        wanted_ = count;
        std::vector<std::unique_ptr<RawClient>> clients;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(std::make_unique<RawClient>(server_->port()));
            clients.back()->send("GET /hold?n=" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        wait_until_held();
        return clients;
    }
    std::thread answer_held()
    {
        return std::thread([this] {
            for (auto const& exchange : held_)
                exchange->respond(problem(404, "the answer"));
        });
    }

    Router router_;
    std::mutex mutex_;
    std::vector<ExchangePtr> held_;
    std::size_t wanted_ = 1;
    std::promise<void> all_held_;
    std::unique_ptr<Server> server_;
};

std::string post(std::string_view body)
{
    return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

TEST_F(ServerTest, AnswersAndKeepsTheConnection)
{
    start({});
    auto client = connect();
    for (auto const* body : {"one", "two"}) {
        client.send(post(body));
        auto const response = client.read_response();
        EXPECT_THAT(response, testing::StartsWith("HTTP/1.1 200 OK\r\n"));
        EXPECT_THAT(response, testing::HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
        EXPECT_THAT(response, testing::Not(testing::HasSubstr("Connection:")));
        EXPECT_THAT(response, testing::EndsWith(body));
    }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder)
{
    start({});
    auto client = connect();
    std::string all;
    for (int i = 0; i < 50; ++i)
        all += post("body " + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 50; ++i)
        EXPECT_THAT(client.read_response(), testing::EndsWith("body " + std::to_string(i)));
}

TEST_F(ServerTest, TakesARequestByteByByte)
{
    start({});
    auto client = connect();
    for (char const c : post("slowly"))
        client.send(std::string_view(&c, 1));
    EXPECT_THAT(client.read_response(), testing::EndsWith("slowly"));
}

TEST_F(ServerTest, TakesChunks)
{
    start({});
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    EXPECT_THAT(client.read_response(), testing::EndsWith("\r\n\r\nabcde"));
}

TEST_F(ServerTest, AsksForTheBodyWhenThePeerWaits)
{
    start({});
    auto client = connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_THAT(client.read_response(), testing::EndsWith("abc"));
}

TEST_F(ServerTest, HeadHasNoBody)
{
    start({});
    auto client = connect();
    client.send("HEAD /target HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    auto const response = client.read_to_end();
    EXPECT_THAT(response, testing::HasSubstr("Content-Length: 7\r\n"));
    EXPECT_THAT(response, testing::EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, OldProtocolClosesUnlessAsked)
{
    start({});
    auto client = connect();
    client.send("GET /target HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(client.read_response(), testing::HasSubstr("Connection: keep-alive\r\n"));
    client.send("GET http://x.org/target?a=b HTTP/1.0\r\n\r\n");
    EXPECT_THAT(client.read_to_end(), testing::EndsWith("/target?a=b"));
}

struct Bad {
    char const* name;
    std::string bytes;
    int status;
};
class Refusals : public ServerTest, public testing::WithParamInterface<Bad> {};

TEST_P(Refusals, AnswerAndClose)
{
    start({});
    auto client = connect();
    client.send(GetParam().bytes);
    auto const response = client.read_to_end();
    EXPECT_THAT(response, testing::StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
    EXPECT_THAT(response, testing::HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(response, testing::HasSubstr("application/problem+json"));
}

std::string const kGet = "GET /target HTTP/1.1\r\nHost: x\r\n";
INSTANTIATE_TEST_SUITE_P(
    Table, Refusals,
    testing::Values(
        Bad{"no_http", "hello\r\n\r\n", 400}, Bad{"tls", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n", 400},
        Bad{"other_version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400}, Bad{"no_host", "GET /target HTTP/1.1\r\n\r\n", 400},
        Bad{"no_path", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"large_header", kGet + "X: " + std::string(17000, 'a') + "\r\n\r\n", 431},
        Bad{"large_target", "GET /" + std::string(17000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
        Bad{"endless_header", kGet + "X: " + std::string(100000, 'a'), 431}, Bad{"large_body", post(std::string(1001, 'a')), 413},
        Bad{"huge_length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413},
        Bad{"length_beyond_numbers", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
        Bad{"large_chunk", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" + std::string(2000, 'a'), 413},
        Bad{"many_chunks",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n" + std::string(500, 'a') + "\r\n1f4\r\n" +
                std::string(500, 'a') + "\r\n1\r\na\r\n0\r\n\r\n",
            413},
        Bad{"two_framings", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Bad{"two_lengths", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST_F(ServerTest, TakesAHeaderJustWithinTheLimit)
{
    start({});
    auto client = connect();
    client.send(kGet + "X: " + std::string(16000, 'a') + "\r\n\r\n");
    EXPECT_THAT(client.read_response(), testing::StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, TellsSlowSendersAndClosesIdleOnes)
{
    ServerLimits limits;
    limits.request = 50ms;
    limits.idle = 100ms;
    start(limits);
    auto slow = connect();
    auto half = connect();
    auto idle = connect();
    slow.send("GET /tar");
    half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_THAT(slow.read_to_end(), testing::StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(half.read_to_end(), testing::StartsWith("HTTP/1.1 408 "));
    EXPECT_EQ(idle.read_to_end(), "");
}

TEST_F(ServerTest, AnswersWhenTheHandlerDoesNot)
{
    ServerLimits limits;
    limits.answer = 50ms;
    start(limits);
    auto client = connect();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_to_end(), testing::StartsWith("HTTP/1.1 503 "));
    held_[0]->respond({}); // too late: harmless
}

TEST_F(ServerTest, CallsBackWhenLate)
{
    start({});
    auto client = connect();
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_response(), testing::HasSubstr("\"detail\":\"late\""));
    client.send(post("and goes on"));
    EXPECT_THAT(client.read_response(), testing::EndsWith("and goes on"));
}

/// An exchange that is answered twice, the second time while the next request of the connection waits.
TEST_F(ServerTest, ASecondAnswerNeverMeetsTheNextRequest)
{
    start({});
    wanted_ = 2;
    auto client = connect();
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n"); // answered, so the connection is known to be open
    client.read_response();
    client.send("GET /hold?first HTTP/1.1\r\nHost: x\r\n\r\n");
    ExchangePtr first;
    while (!first) {
        std::lock_guard const lock(mutex_);
        first = held_.empty() ? nullptr : held_.front();
    }
    first->respond(problem(404, "of the first"));
    EXPECT_THAT(client.read_response(), testing::HasSubstr("of the first"));
    client.send("GET /hold?second HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until_held();
    first->respond(problem(404, "of the first, again"));
    held_[1]->respond(problem(404, "of the second"));
    EXPECT_THAT(client.read_response(), testing::HasSubstr("of the second"));
}

TEST_F(ServerTest, TurnsAwayWhenFull)
{
    ServerLimits limits;
    limits.connections = 1;
    start(limits);
    auto first = connect();
    first.send(post("x"));
    first.read_response();
    auto second = connect();
    EXPECT_THAT(second.read_to_end(), testing::StartsWith("HTTP/1.1 503 "));
    first.send(post("still here"));
    EXPECT_THAT(first.read_response(), testing::EndsWith("still here"));
}

TEST_F(ServerTest, StopFinishesWhatIsInFlight)
{
    start({});
    wanted_ = 2;
    auto busy = connect();
    auto other = connect();
    auto idle = connect();
    busy.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    other.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until_held();
    auto const port = server_->port();
    std::thread stopping([this] { server_->stop(10s); });
    EXPECT_EQ(idle.read_to_end(), ""); // closed at once: the stop has begun
    for (auto const& exchange : held_)
        exchange->respond(problem(404, "the answer"));
    EXPECT_THAT(busy.read_to_end(), testing::AllOf(testing::HasSubstr("the answer"), testing::HasSubstr("Connection: close")));
    EXPECT_THAT(other.read_to_end(), testing::HasSubstr("the answer"));
    stopping.join();
    EXPECT_THROW(RawClient late(port), std::runtime_error);
    EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(ServerTest, StopCutsWhatDoesNotFinish)
{
    start({});
    auto client = connect();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until_held();
    server_->stop(20ms);
    EXPECT_EQ(client.read_to_end(), "");
    held_[0]->respond({}); // the server is gone: harmless
}

/// More than a socket takes at once: the thread that answers sends a part, the connection's own the rest.
TEST_F(ServerTest, ALongAnswerFromAnotherThreadArrivesWhole)
{
    start({});
    auto client = connect();
    for (auto const letter : {'a', 'b'}) {
        all_held_ = {};
        held_.clear();
        client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
        wait_until_held();
        HttpResponse response;
        response.body = std::string(std::size_t{32} << 20, letter) + "the end";
        auto const expected = response.body;
        held_[0]->respond(std::move(response)); // nobody reads yet, and it comes back all the same
        auto const arrived = client.read_response();
        EXPECT_TRUE(std::string_view(arrived).ends_with(expected)) << arrived.size();
    }
}

/// An answer from another thread wakes nobody up; all the same the connection is idle from then on.
TEST_F(ServerTest, IsIdleAfterAnAnswerFromAnotherThread)
{
    ServerLimits limits;
    limits.idle = 60ms;
    start(limits);
    auto client = connect();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until_held();
    held_[0]->respond(problem(404, "the answer"));
    EXPECT_THAT(client.read_response(), testing::HasSubstr("the answer"));
    EXPECT_EQ(client.read_to_end(), "") << "closed after its idle time";
}

TEST_F(ServerTest, StopClosesWhatWasAnsweredAMomentAgo)
{
    start({});
    auto const clients = hold(16);
    auto answering = answer_held();
    auto const begun = std::chrono::steady_clock::now();
    server_->stop(60s);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s) << "nothing kept it waiting";
    answering.join();
    for (auto const& client : clients)
        EXPECT_THAT(client->read_to_end(), testing::HasSubstr("the answer"));
}

TEST_F(ServerTest, WhatWasSentAheadIsServedAfterAHeldAnswer)
{
    start({});
    auto client = connect();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n" + post("in one piece with it"));
    wait_until_held();
    client.send(post("behind it"));
    held_[0]->respond(problem(404, "the answer"));
    EXPECT_THAT(client.read_response(), testing::HasSubstr("the answer"));
    EXPECT_THAT(client.read_response(), testing::EndsWith("in one piece with it"));
    EXPECT_THAT(client.read_response(), testing::EndsWith("behind it"));
}

/// A peer that says no more still gets its answer.
TEST_F(ServerTest, AnswersWhoHasFinishedSending)
{
    start({});
    auto client = connect();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    client.finish_sending();
    wait_until_held();
    held_[0]->respond(problem(404, "the answer"));
    EXPECT_THAT(client.read_to_end(), testing::HasSubstr("the answer"));
}

TEST_F(ServerTest, AnAnswerToSomebodyWhoLeftIsDropped)
{
    start({});
    {
        auto client = connect();
        client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
        wait_until_held();
    }
    HttpResponse response;
    response.body = std::string(std::size_t{32} << 20, 'a');
    held_[0]->respond(std::move(response));
    auto other = connect();
    other.send(post("x"));
    EXPECT_THAT(other.read_response(), testing::EndsWith("x"));
}

/// The connection is cut by one thread while another answers on it.
TEST_F(ServerTest, StopMeetsAnswers)
{
    start({});
    auto const clients = hold(32);
    auto answering = answer_held();
    server_->stop(0ms);
    answering.join();
    for (auto const& client : clients) // an answer that was cut is cut at its end, never mixed with another
        EXPECT_THAT(client->read_to_end(), testing::AnyOf("", testing::StartsWith("HTTP/1.1 404 ")));
    EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(ServerTest, SaysWhichAddressIsTaken)
{
    start({});
    ServerOptions options;
    options.listen.port = server_->port();
    try {
        Server second(options, router_);
        FAIL();
    } catch (std::system_error const& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("cannot listen on 127.0.0.1:" + std::to_string(server_->port())));
    }
}

TEST_F(ServerTest, AnswersFromManyThreadsReachTheirConnections)
{
    start({});
    auto const clients = hold(32);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
        threads.emplace_back([this, t] {
            for (auto i = t; i < held_.size(); i += 4)
                held_[i]->respond(problem(404, held_[i]->request().target));
        });
    }
    for (std::size_t i = 0; i < wanted_; ++i)
        EXPECT_THAT(clients[i]->read_response(), testing::HasSubstr("/hold?n=" + std::to_string(i) + "\""));
    for (auto& thread : threads)
        thread.join();
}

} // namespace
} // namespace bot
