#include "bot/server.hpp"

#include "io_thread.hpp"
#include "session.hpp"

#include "bot/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace bot {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr std::string_view kFull = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";

void log_end(char const* what, std::exception_ptr const& failure)
{
    if (!failure)
        return;
    try {
        std::rethrow_exception(failure);
    } catch (std::exception const& error) {
        log(Level::error, what, {{"error", error.what()}});
    }
}

} // namespace

class Server::Impl {
public:
    Impl(ServerOptions options, Dispatcher& dispatcher) : options_(std::move(options)), dispatcher_(dispatcher)
    {
        auto changed = [this] {
            std::lock_guard const lock(mutex_);
            changed_.notify_all();
        };
        for (std::size_t i = 0; i < std::max<std::size_t>(options_.threads, 1); ++i)
            threads_.push_back(std::make_shared<detail::IoThread>(open_, changed, options_.limits.tick));
        acceptor_.emplace(threads_[0]->context());
        listen();
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t connections() const { return open_.load(); }

    void start()
    {
        asio::co_spawn(threads_[0]->context(), accept(), [](std::exception_ptr const& failure) { log_end("accept_ended", failure); });
        for (auto const& thread : threads_)
            thread->start();
        started_ = true;
    }

    void stop(std::chrono::milliseconds grace)
    {
        if (std::exchange(stopped_, true))
            return;
        if (started_) {
            stop_accepting();
            for (auto const& thread : threads_)
                thread->finish();
            for (auto const& thread : threads_)
                thread->finish_soon();
            if (!wait_for_end(grace)) {
                log(Level::warn, "connections_cut", {{"connections", open_.load()}});
                for (auto const& thread : threads_)
                    thread->cut();
                if (!wait_for_end(std::chrono::seconds(1)))
                    for (auto const& thread : threads_)
                        thread->abandon();
            }
        }
        for (auto const& thread : threads_)
            thread->join();
    }

private:
    void listen()
    {
        tcp::endpoint const endpoint(asio::ip::make_address(options_.listen.host), options_.listen.port);
        try {
            acceptor_->open(endpoint.protocol());
            acceptor_->set_option(tcp::acceptor::reuse_address(true));
            acceptor_->bind(endpoint);
            acceptor_->listen(asio::socket_base::max_listen_connections);
        } catch (boost::system::system_error const& failure) {
            throw std::system_error(failure.code().value(), std::system_category(),
                                    "cannot listen on " + options_.listen.host + ":" + std::to_string(options_.listen.port));
        }
        port_ = acceptor_->local_endpoint().port();
    }

    /// Closes the door on its own thread and returns when that is done: no connection is taken afterwards.
    void stop_accepting()
    {
        auto closed = std::make_shared<std::promise<void>>();
        auto finished = closed->get_future();
        asio::post(threads_[0]->context(), [this, closed] {
            boost::system::error_code ignored;
            acceptor_->close(ignored);
            closed->set_value();
        });
        finished.get();
    }

    bool wait_for_end(std::chrono::milliseconds limit)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, limit, [this] { return open_.load() == 0; });
    }

    void admit(tcp::socket socket, std::shared_ptr<detail::IoThread> const& thread)
    {
        if (open_.load() >= options_.limits.connections) {
            boost::system::error_code ignored;
            socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(kFull), ignored);
            return;
        }
        open_.fetch_add(1);
        auto session = std::make_shared<detail::Session>(std::move(socket), thread, dispatcher_, options_.limits);
        asio::co_spawn(thread->context(), session->run(),
                       [session](std::exception_ptr const& failure) { log_end("session_failed", failure); });
    }

    asio::awaitable<void> accept()
    {
        boost::system::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        asio::steady_timer pause(threads_[0]->context());
        for (std::size_t next = 0; acceptor_->is_open(); next = (next + 1) % threads_.size()) {
            auto socket = co_await acceptor_->async_accept(threads_[next]->context(), token);
            if (!error) {
                admit(std::move(socket), threads_[next]);
                continue;
            }
            if (!acceptor_->is_open())
                break;
            log(Level::warn, "accept_failed", {{"error", error.message()}}); // out of descriptors: wait for some to be freed
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(token);
        }
    }

    ServerOptions options_;
    Dispatcher& dispatcher_;
    std::atomic<std::size_t> open_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<detail::IoThread>> threads_;
    std::optional<tcp::acceptor> acceptor_;
    std::uint16_t port_ = 0;
    bool started_ = false;
    bool stopped_ = false;
};

Server::Server(ServerOptions options, Dispatcher& dispatcher) : impl_(std::make_unique<Impl>(std::move(options), dispatcher)) {}

Server::~Server()
{
    impl_->stop(std::chrono::milliseconds(0));
}

std::uint16_t Server::port() const
{
    return impl_->port();
}

void Server::start()
{
    impl_->start();
}

void Server::stop(std::chrono::milliseconds grace)
{
    impl_->stop(grace);
}

std::size_t Server::connections() const
{
    return impl_->connections();
}

} // namespace bot
