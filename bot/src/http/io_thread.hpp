#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace bot::detail {

class Session;

/// One thread with an event loop of its own and the connections that belong to it.
class IoThread : public std::enable_shared_from_this<IoThread> {
public:
    /// `open` counts the connections of all threads; `changed` is called when one ended.
    IoThread(std::atomic<std::size_t>& open, std::function<void()> changed, std::chrono::milliseconds tick);

    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    void start();
    /// Stops the loop where it is, with whatever waits in it.
    void abandon();
    /// Waits until the loop has run out. Every session must have been told to end, or the loop abandoned.
    void join();
    [[nodiscard]] bool here() const { return std::this_thread::get_id() == id_.load(); }

    /// Lets a session go on with request number `turn`, which was answered, on its thread. Answers that come close together, as after a
    /// commit that covered many requests, cost one wake-up.
    void deliver(std::shared_ptr<Session> session, std::uint64_t turn);

    void enroll(Session& session);
    void leave(Session& session);
    /// From any thread: no connection takes another request after the one it has in hand.
    void finish() { finishing_ = true; }
    [[nodiscard]] bool finishing() const { return finishing_; }
    /// From any thread: see Session::finish_soon() and Session::cut(), for all.
    void finish_soon();
    void cut();

private:
    void drain();
    void tick();

    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    boost::asio::steady_timer timer_{context_};
    std::chrono::milliseconds tick_;
    std::atomic<std::size_t>& open_;
    std::function<void()> changed_;
    std::vector<Session*> sessions_;
    std::atomic<bool> finishing_ = false;
    bool ticking_ = true;

    using Answered = std::pair<std::shared_ptr<Session>, std::uint64_t>;
    std::mutex mutex_;
    std::vector<Answered> answered_;  ///< under mutex_
    bool ended_ = false;              ///< under mutex_
    std::vector<Answered> draining_;  ///< keeps its room
    std::atomic<std::thread::id> id_; ///< set by the thread itself: thread_ is still being assigned when it begins to run
    std::thread thread_;
};

} // namespace bot::detail
