// Sends sealed votes over keep-alive connections as fast as they are answered and prints one line of JSON with what it saw.
//   bench_load --port P --path /webhook/wecom-app/main --token T --key K --corp C --agent A --first U --messages N --connections C
//              --threads T --seconds S
#include "load_plan.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

/// One message's fate, filled in by the connection that sent it.
struct Outcome {
    std::int64_t nanoseconds = -1; ///< from the first byte sent to the last received; -1: never answered
    unsigned status = 0;
    std::string body;
};

/// Shared by all connections; each message belongs to the one that took its number.
struct Run {
    std::vector<std::string> const& requests;
    std::vector<Outcome> outcomes;
    std::atomic<std::size_t> next{0};
    std::atomic<int> broken{0};
};

asio::awaitable<void> talk(Run& run, tcp::endpoint server)
{
    tcp::socket socket(co_await asio::this_coro::executor);
    co_await socket.async_connect(server, asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    beast::flat_buffer buffer;
    for (auto i = run.next++; i < run.requests.size(); i = run.next++) {
        auto const start = Clock::now();
        auto const bytes = asio::buffer(run.requests[i]);
        co_await asio::async_write(socket, bytes, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(socket, buffer, response, asio::use_awaitable);
        auto& outcome = run.outcomes[i];
        outcome.nanoseconds = std::chrono::nanoseconds(Clock::now() - start).count();
        outcome.status = response.result_int();
        outcome.body = std::move(response.body());
    }
}

/// One thread with its share of the connections; gives up at the deadline.
void work(Run& run, tcp::endpoint const& server, std::int64_t connections, Clock::time_point deadline)
{
    asio::io_context context(1);
    auto open = connections;
    asio::steady_timer timer(context, deadline);
    timer.async_wait([&](boost::system::error_code error) {
        if (!error)
            context.stop();
    });
    for (std::int64_t i = 0; i < connections; ++i) {
        auto task = talk(run, server);
        asio::co_spawn(context, std::move(task), [&](std::exception_ptr failure) {
            run.broken += failure ? 1 : 0;
            if (--open == 0)
                timer.cancel();
        });
    }
    context.run();
}

double millis(std::vector<std::int64_t> const& sorted, double share)
{
    if (sorted.empty())
        return 0;
    auto const at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return static_cast<double>(sorted[at]) / 1e6;
}

void report(Run const& run, double seconds, bench::Sealer const& sealer)
{
    std::vector<std::int64_t> times;
    std::int64_t not_ok = 0;
    std::int64_t empty = 0;
    std::int64_t confirmed = 0;
    for (auto const& outcome : run.outcomes) {
        if (outcome.nanoseconds < 0)
            continue;
        times.push_back(outcome.nanoseconds);
        not_ok += outcome.status == 200 ? 0 : 1;
        empty += outcome.body.empty() ? 1 : 0;
        confirmed += bench::confirms_vote(outcome.body, sealer) ? 1 : 0;
    }
    std::sort(times.begin(), times.end());
    std::cout << R"({"answered":)" << times.size() << R"(,"seconds":)" << seconds << R"(,"rate":)"
              << static_cast<double>(times.size()) / seconds << R"(,"p50_ms":)" << millis(times, 0.5) << R"(,"p99_ms":)"
              << millis(times, 0.99) << R"(,"max_ms":)" << millis(times, 1) << R"(,"not_ok":)" << not_ok << R"(,"empty":)" << empty
              << R"(,"confirmed":)" << confirmed << R"(,"broken_connections":)" << run.broken.load() << "}" << std::endl;
}

void measure(bench::Options const& options)
{
    bench::Sealer const sealer(options.text("token"), options.text("key"), options.text("corp"));
    auto const requests = bench::sealed_votes(options, sealer);
    Run run{requests, std::vector<Outcome>(requests.size()), {}, {}};
    tcp::endpoint const server(asio::ip::address_v4::loopback(), static_cast<unsigned short>(options.number("port")));
    auto const threads = options.number("threads");
    auto const connections = options.number("connections");
    auto const start = Clock::now();
    auto const deadline = start + std::chrono::seconds(options.number("seconds"));
    std::vector<std::jthread> workers;
    for (std::int64_t i = 0; i < threads; ++i) {
        auto const share = connections / threads + (i < connections % threads ? 1 : 0);
        workers.emplace_back([&run, &server, share, deadline] { work(run, server, share, deadline); });
    }
    workers.clear();
    report(run, std::chrono::duration<double>(Clock::now() - start).count(), sealer);
}

} // namespace

int main(int argc, char** argv)
{
    try {
        measure(bench::Options(argc, argv));
    } catch (std::exception const& error) {
        std::cerr << "bench_load: " << error.what() << '\n';
        return 2;
    }
}
