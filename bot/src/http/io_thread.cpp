#include "io_thread.hpp"

#include "session.hpp"

#include "bot/log.hpp"

#include <boost/asio/post.hpp>

#include <exception>
#include <utility>

namespace bot::detail {

IoThread::IoThread(std::atomic<std::size_t>& open, std::function<void()> changed, std::chrono::milliseconds tick)
    : tick_(tick), open_(open), changed_(std::move(changed))
{
}

void IoThread::start()
{
    thread_ = std::thread([this] {
        id_ = std::this_thread::get_id();
        tick();
        for (;;) {
            try {
                context_.run();
                return;
            } catch (std::exception const& failure) { // a handler of ours threw: that one is lost, the loop goes on
                log(Level::error, "io_handler_failed", {{"error", failure.what()}});
            }
        }
    });
}

void IoThread::abandon()
{
    context_.stop();
}

void IoThread::join()
{
    // The loop runs out by itself: what is left in a stopped one would hold its session, and that one this loop.
    boost::asio::post(context_, [this] {
        ticking_ = false;
        timer_.cancel();
    });
    work_.reset();
    if (thread_.joinable())
        thread_.join();
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    context_.restart();
    context_.poll(); // answers that came after its last turn
}

void IoThread::deliver(std::shared_ptr<Session> session, std::uint64_t turn)
{
    std::unique_lock lock(mutex_);
    if (ended_)
        return; // nobody is connected any more
    auto const first = answered_.empty();
    answered_.emplace_back(std::move(session), turn);
    lock.unlock();
    if (first)
        boost::asio::post(context_, [self = shared_from_this()] { self->drain(); });
}

void IoThread::drain()
{
    {
        std::lock_guard const lock(mutex_);
        draining_.swap(answered_);
    }
    for (auto const& [session, turn] : draining_)
        session->resume(turn);
    draining_.clear();
}

void IoThread::enroll(Session& session)
{
    session.place = sessions_.size();
    sessions_.push_back(&session);
    if (finishing_)
        session.finish_soon();
}

void IoThread::leave(Session& session)
{
    sessions_[session.place] = sessions_.back();
    sessions_[session.place]->place = session.place;
    sessions_.pop_back();
    open_.fetch_sub(1);
    changed_();
}

void IoThread::finish_soon()
{
    boost::asio::post(context_, [self = shared_from_this()] {
        for (auto* session : self->sessions_)
            session->finish_soon();
    });
}

void IoThread::cut()
{
    boost::asio::post(context_, [self = shared_from_this()] {
        auto const all = self->sessions_; // cutting may end some at once
        for (auto* session : all)
            session->cut();
    });
}

void IoThread::tick()
{
    auto const now = std::chrono::steady_clock::now();
    for (auto* session : sessions_)
        session->check_time(now);
    flush_log();
    if (!ticking_)
        return;
    timer_.expires_after(tick_);
    timer_.async_wait([this](boost::system::error_code const& error) {
        if (!error)
            tick();
    });
}

} // namespace bot::detail
