#pragma once

#include "io_thread.hpp"
#include "parser.hpp"

#include "bot/http.hpp"
#include "bot/server.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace bot::detail {

/// One connection, with one request in hand at a time. Everything but answering runs on its I/O thread.
class Session final : public std::enable_shared_from_this<Session> {
public:
    Session(boost::asio::ip::tcp::socket socket, std::shared_ptr<IoThread> io, Dispatcher& dispatcher, ServerLimits const& limits);
    ~Session();

    /// Serves the connection to its end.
    boost::asio::awaitable<void> run();

    /// Goes on with request number `turn`, which was answered; nothing if it did already.
    void resume(std::uint64_t turn);
    /// Called every tick: ends what took too long.
    void check_time(std::chrono::steady_clock::time_point now);
    /// The server stops: an idle connection closes now, a busy one after its response.
    void finish_soon();
    /// Closes at once, whatever is under way.
    void cut();

    std::size_t place = 0; ///< in the list of its I/O thread

private:
    enum class Phase { idle, reading, waiting, writing, lingering };
    enum class Progress { more, interim, complete, refused };
    /// Between the thread that answers and the I/O thread: who comes second knows of the other.
    enum class HandBack { open, answered, asked };

    class Enrolled;
    class Turn;

    /// Answers request number `turn`, unless it was answered: an answer that comes too late must not meet the next request. Any thread.
    void respond(std::uint64_t turn, HttpResponse response);
    /// True for the first caller that answers the request of that number. Until the I/O thread goes on, what is needed to write a
    /// response belongs to that caller.
    bool end_turn(std::uint64_t turn);
    /// For whom end_turn() was true.
    void answer(std::uint64_t turn, HttpResponse response);
    /// Sends what the socket takes without waiting.
    void send_at_once();

    void enter(Phase phase, std::chrono::milliseconds limit);
    void begin_request();
    [[nodiscard]] boost::asio::mutable_buffer room();
    Progress parse();
    Progress accept_header();
    Progress refuse(int status, std::string_view words);
    Progress refuse(boost::beast::error_code const& error);
    /// What a failed or ended read leads to: 408, or nothing more to say.
    Progress read_failed();
    void hand_over();
    void prepare_write();
    /// True when the answer was sent whole and the connection stays: it is as good as idle, and its I/O thread need not know yet.
    [[nodiscard]] bool settled() const;
    void settle();
    /// False when the connection is to end.
    boost::asio::awaitable<bool> wait_for_answer();
    boost::asio::awaitable<void> answered();
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<Progress> receive();
    boost::asio::awaitable<void> linger();

    std::shared_ptr<IoThread> io_; ///< first: outlives the socket
    boost::asio::ip::tcp::socket socket_;
    Dispatcher& dispatcher_;
    ServerLimits const& limits_;

    Phase phase_ = Phase::idle;
    std::chrono::steady_clock::time_point deadline_;
    bool timed_out_ = false;
    bool keep_alive_ = true;
    bool refused_ = false;

    std::string buffer_; ///< bytes read and not parsed yet: [begin_, end_)
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::optional<RequestParser> parser_;
    bool header_seen_ = false;
    HttpRequest request_;

    std::uint64_t turn_ = 0;             ///< number of the latest request on this connection
    std::atomic<std::uint64_t> open_{0}; ///< number of the request that waits for its answer; 0: none
    std::chrono::steady_clock::time_point late_at_;
    std::function<void()> late_;
    bool dispatching_ = false;
    bool ready_ = false;  ///< response_ is there; the I/O thread's
    bool parked_ = false; ///< in wait_for_answer(); the I/O thread's
    std::atomic<HandBack> hand_back_ = HandBack::open;
    HttpResponse response_;
    std::string head_;
    std::array<boost::asio::const_buffer, 2> out_; ///< what is still to be sent
    std::mutex open_mutex_;                        ///< one thread must not close the socket while another sends
    boost::asio::any_completion_handler<void()> waiter_;
};

} // namespace bot::detail
