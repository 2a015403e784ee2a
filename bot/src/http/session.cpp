#include "session.hpp"

#include "response_head.hpp"

#include "bot/log.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace bot::detail {
namespace {

namespace asio = boost::asio;
using http_error = boost::beast::http::error;

constexpr std::size_t kFirstRoomBytes = 4 * 1024UL;
constexpr std::size_t kReadRoomBytes = 16 * 1024UL;
constexpr std::size_t kLingerBytes = 4UL * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::atomic<std::uint64_t> last_request_id{0};

} // namespace

/// One request of a connection and its answer.
class Session::Turn final : public Exchange {
public:
    Turn(std::shared_ptr<Session> session, std::uint64_t number) : session_(std::move(session)), number_(number) {}
    [[nodiscard]] HttpRequest const& request() const override { return session_->request_; }
    void respond(HttpResponse response) override { session_->respond(number_, std::move(response)); }
    void when_late(std::chrono::milliseconds after, std::function<void()> act) override
    {
        session_->late_at_ = session_->request_.started + after;
        session_->late_ = std::move(act);
    }

private:
    std::shared_ptr<Session> session_;
    std::uint64_t number_;
};

Session::Session(asio::ip::tcp::socket socket, std::shared_ptr<IoThread> io, Dispatcher& dispatcher, ServerLimits const& limits)
    : io_(std::move(io)), socket_(std::move(socket)), dispatcher_(dispatcher), limits_(limits)
{
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    auto const peer = socket_.remote_endpoint(ignored);
    request_.remote = peer.address().to_string();
}

Session::~Session() = default;

void Session::enter(Phase phase, std::chrono::milliseconds limit)
{
    phase_ = phase;
    deadline_ = std::chrono::steady_clock::now() + limit;
}

void Session::begin_request()
{
    parser_.emplace(request_, static_cast<std::uint32_t>(limits_.header_bytes));
    parser_->eager(false); // stop after the header: its target decides how large the body may be
    header_seen_ = false;
    ready_ = false;
    hand_back_ = HandBack::open;
    late_ = nullptr;
    if (begin_ == end_)
        enter(Phase::idle, limits_.idle);
    else
        enter(Phase::reading, limits_.request); // the peer sent ahead
}

asio::mutable_buffer Session::room()
{
    if (begin_ == end_)
        begin_ = end_ = 0;
    else if (begin_ > 0 && buffer_.size() - end_ < kFirstRoomBytes) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
                  buffer_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    auto const wanted = header_seen_ ? kReadRoomBytes : kFirstRoomBytes;
    if (buffer_.size() - end_ < wanted)
        buffer_.resize(end_ + wanted);
    return {buffer_.data() + end_, buffer_.size() - end_};
}

Session::Progress Session::refuse(int status, std::string_view words)
{
    response_ = problem(status, words);
    refused_ = true;
    keep_alive_ = false;
    ready_ = true;
    request_.id = last_request_id.fetch_add(1, std::memory_order_relaxed) + 1;
    log(Level::info, "refused", {{"request", request_.id}, {"status", status}});
    return Progress::refused;
}

Session::Progress Session::refuse(boost::beast::error_code const& error)
{
    if (error == http_error::header_limit)
        return refuse(431, "the header is larger than this server takes");
    if (error == http_error::body_limit)
        return refuse(413, "the body is larger than this address takes");
    return refuse(400, "this is not a request of HTTP/1.1");
}

Session::Progress Session::accept_header()
{
    header_seen_ = true;
    if (auto const objection = parser_->objection(); objection.status != 0)
        return refuse(objection.status, objection.words);
    auto const limit = dispatcher_.body_limit_bytes(request_);
    if (auto const length = parser_->content_length(); length && *length > limit)
        return refuse(413, "the body is larger than this address takes");
    parser_->body_limit(limit);
    parser_->eager(true);
    if (parser_->is_done())
        return Progress::complete;
    return parser_->expects_continue() && begin_ == end_ ? Progress::interim : Progress::more;
}

Session::Progress Session::parse()
{
    while (begin_ != end_) {
        boost::beast::error_code error;
        asio::const_buffer const bytes(buffer_.data() + begin_, end_ - begin_);
        begin_ += parser_->put(bytes, error);
        if (error && error != http_error::need_more)
            return refuse(error);
        if (!header_seen_ && parser_->is_header_done()) {
            if (auto const progress = accept_header(); progress != Progress::more)
                return progress;
            continue;
        }
        if (parser_->is_done())
            return Progress::complete;
        if (error)
            break;
    }
    return Progress::more;
}

Session::Progress Session::read_failed()
{
    if (timed_out_ && phase_ == Phase::reading)
        return refuse(408, "the request did not arrive in time");
    keep_alive_ = false;
    return Progress::more;
}

asio::awaitable<Session::Progress> Session::receive()
{
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    auto progress = parse();
    while (progress == Progress::more || progress == Progress::interim) {
        if (progress == Progress::interim) {
            co_await asio::async_write(socket_, asio::buffer(kContinue), token);
            if (error)
                co_return read_failed();
        }
        auto const bytes = room();
        auto const count = co_await socket_.async_read_some(bytes, token);
        if (error || count == 0)
            co_return read_failed();
        if (phase_ == Phase::idle)
            enter(Phase::reading, limits_.request);
        end_ += count;
        progress = parse();
    }
    co_return progress;
}

void Session::hand_over()
{
    keep_alive_ = parser_->keep_alive() && !io_->finishing();
    request_.id = last_request_id.fetch_add(1, std::memory_order_relaxed) + 1;
    request_.received_at = std::chrono::system_clock::now();
    enter(Phase::waiting, limits_.answer);
    request_.started = deadline_ - limits_.answer;
    dispatching_ = true;
    open_.store(++turn_);
    dispatcher_.dispatch(std::make_shared<Turn>(shared_from_this(), turn_));
    dispatching_ = false;
}

bool Session::end_turn(std::uint64_t turn)
{
    return open_.compare_exchange_strong(turn, 0);
}

void Session::respond(std::uint64_t turn, HttpResponse response)
{
    if (end_turn(turn))
        answer(turn, std::move(response));
}

void Session::answer(std::uint64_t turn, HttpResponse response)
{
    response_ = std::move(response);
    if (io_->here() && dispatching_) {
        ready_ = true;
        return;
    }
    prepare_write();
    send_at_once();
    bool const more_to_do = !keep_alive_ || asio::buffer_size(out_) > 0;
    if (hand_back_.exchange(HandBack::answered) == HandBack::asked || more_to_do)
        io_->deliver(shared_from_this(), turn);
}

/// The thread that has the answers of a whole commit sends them: the peers go on at once, and the I/O thread, which has the reading to do
/// and the parsing, finds their next requests there when it comes to it.
void Session::send_at_once()
{
    std::lock_guard const lock(open_mutex_);
    if (!socket_.is_open())
        return;
    std::array<iovec, 2> parts{};
    std::transform(out_.begin(), out_.end(), parts.begin(), [](auto const& part) {
        return iovec{const_cast<void*>(part.data()), part.size()}; // NOLINT(cppcoreguidelines-pro-type-const-cast): it is only read
    });
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    auto const sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    auto rest = sent > 0 ? static_cast<std::size_t>(sent) : 0; // a failure meets the I/O thread too, when it sends what is left
    for (auto& part : out_) {
        auto const gone = std::min(rest, part.size());
        part += gone;
        rest -= gone;
    }
}

void Session::resume(std::uint64_t turn)
{
    if (!parked_ || turn != turn_)
        return;
    asio::any_completion_handler<void()> waiter;
    waiter.swap(waiter_);
    if (waiter) {
        std::move(waiter)();
        return;
    }
    boost::system::error_code ignored;
    socket_.cancel(ignored); // it waits for the peer's next request
}

bool Session::settled() const
{
    return phase_ == Phase::waiting && hand_back_.load() == HandBack::answered && keep_alive_ && asio::buffer_size(out_) == 0;
}

void Session::settle()
{
    if (!settled())
        return;
    late_ = nullptr;
    enter(Phase::idle, limits_.idle);
    boost::system::error_code ignored;
    if (io_->finishing())
        socket_.cancel(ignored);
}

/// As a rule another thread sends the whole answer, and nothing is to be done here before the peer's next request comes: that is what is
/// waited for, so that an answer wakes nobody up. Who needs the answer before it is there asks for it.
asio::awaitable<bool> Session::wait_for_answer()
{
    boost::system::error_code error;
    parked_ = true;
    if (begin_ == end_)
        co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    if (hand_back_.exchange(HandBack::asked) != HandBack::answered && socket_.is_open())
        co_await answered();
    parked_ = false;
    co_return socket_.is_open() && !timed_out_;
}

asio::awaitable<void> Session::answered()
{
    auto start = [this](auto handler) {
        asio::any_completion_handler<void()> waiter(std::move(handler));
        waiter.swap(waiter_); // its move assignment does not compile in Asio 1.26
    };
    co_await asio::async_initiate<asio::use_awaitable_t<> const, void()>(start, asio::use_awaitable);
}

void Session::prepare_write()
{
    keep_alive_ = keep_alive_ && !io_->finishing();
    write_head(head_, response_, request_.id, keep_alive_, !refused_ && parser_->http_1_0());
    auto const no_body = request_.method == "HEAD" || !status_has_body(response_.status);
    out_ = {asio::buffer(head_), asio::buffer(response_.body.data(), no_body ? 0 : response_.body.size())};
}

asio::awaitable<void> Session::serve()
{
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    while (keep_alive_ && !io_->finishing()) {
        begin_request();
        auto const progress = co_await receive();
        if (progress == Progress::more)
            break; // the peer left, or has been idle too long
        if (progress == Progress::complete)
            hand_over();
        if (ready_)
            prepare_write();
        else if (!co_await wait_for_answer())
            break;
        enter(Phase::writing, limits_.response);
        if (asio::buffer_size(out_) > 0)
            co_await asio::async_write(socket_, out_, token);
        if (error)
            break;
    }
    if (refused_ && !error)
        co_await linger();
}

/// Reads on for a while after a refusal: closing with bytes unread would reset the connection before the peer saw the answer.
asio::awaitable<void> Session::linger()
{
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    enter(Phase::lingering, limits_.linger);
    for (std::size_t total = 0; !error && total < kLingerBytes;) {
        begin_ = end_ = 0;
        auto const bytes = room();
        total += co_await socket_.async_read_some(bytes, token);
    }
}

/// Keeps a session in the list of its thread as long as its coroutine lives, also when that is let go in the middle.
class Session::Enrolled {
public:
    explicit Enrolled(Session& session) : session_(session) { session_.io_->enroll(session_); }
    ~Enrolled() { session_.io_->leave(session_); }
    Enrolled(Enrolled const&) = delete;
    Enrolled& operator=(Enrolled const&) = delete;

private:
    Session& session_;
};

asio::awaitable<void> Session::run()
{
    auto const self = shared_from_this();
    Enrolled const enrolled(*this);
    std::exception_ptr failure;
    try {
        co_await serve();
    } catch (...) {
        failure = std::current_exception();
    }
    cut();
    late_ = nullptr; // it may hold this session
    if (failure)
        std::rethrow_exception(failure);
}

void Session::check_time(std::chrono::steady_clock::time_point now)
{
    settle();
    if (phase_ == Phase::waiting && late_ && now >= late_at_) {
        std::function<void()> act;
        act.swap(late_);
        act();
    }
    if (now < deadline_)
        return;
    switch (phase_) {
    case Phase::idle:
    case Phase::reading: {
        timed_out_ = true;
        boost::system::error_code ignored;
        socket_.cancel(ignored);
        return;
    }
    case Phase::waiting:
        if (!end_turn(turn_))
            return; // answered a moment ago
        keep_alive_ = false;
        log(Level::error, "no_answer", {{"request", request_.id}});
        answer(turn_, problem(503, "the answer took too long"));
        return;
    case Phase::writing:
    case Phase::lingering: cut(); return;
    }
}

void Session::finish_soon()
{
    settle();
    if (phase_ != Phase::idle)
        return;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::cut()
{
    {
        std::lock_guard const lock(open_mutex_);
        boost::system::error_code ignored;
        socket_.close(ignored);
    }
    // A coroutine that still waits for an answer is let go: it holds the session, and the session holds it.
    asio::any_completion_handler<void()> dropped;
    dropped.swap(waiter_);
}

} // namespace bot::detail
