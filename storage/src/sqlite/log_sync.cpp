#include "log_sync.hpp"

#include <utility>

namespace storage::sqlite {

LogSync::LogSync(std::function<void()> sync, std::function<void()> ended)
    : sync_(std::move(sync)), ended_(std::move(ended)), thread_([this] { loop(); })
{
}

LogSync::~LogSync()
{
    close();
}

LogSync::Ticket LogSync::begin()
{
    std::unique_lock lock(mutex_);
    auto const ticket = ++wanted_;
    bool const rested = !busy_.exchange(true);
    lock.unlock();
    if (rested)
        wanted_changed_.notify_one();
    return ticket;
}

LogSync::Ticket LogSync::here()
{
    std::unique_lock lock(mutex_);
    rests_.wait(lock, [this] { return covered_ == wanted_; }); // the thread may have a last sync to write down
    auto const ticket = covered_ = ++wanted_;
    lock.unlock();
    perform(ticket);
    return ticket;
}

std::exception_ptr LogSync::failure() const
{
    if (!failed_.load())
        return nullptr;
    std::lock_guard const lock(mutex_);
    return failure_;
}

void LogSync::wait()
{
    std::unique_lock lock(mutex_);
    rests_.wait(lock, [this] { return covered_ == wanted_; });
}

void LogSync::close()
{
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    wanted_changed_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void LogSync::loop()
{
    std::unique_lock lock(mutex_);
    while (true) {
        wanted_changed_.wait(lock, [this] { return covered_ < wanted_ || closed_; });
        if (covered_ == wanted_)
            return;
        auto const ticket = wanted_;
        lock.unlock();
        perform(ticket);
        lock.lock();
        covered_ = ticket;
        busy_ = covered_ < wanted_;
        if (covered_ == wanted_)
            rests_.notify_all();
        lock.unlock();
        ended_();
        lock.lock();
    }
}

void LogSync::perform(Ticket covered)
{
    if (failed_.load())
        return;
    try {
        sync_();
        durable_ = covered;
        count_.fetch_add(1);
    } catch (...) {
        std::lock_guard const lock(mutex_);
        failure_ = std::current_exception();
        failed_ = true;
    }
}

} // namespace storage::sqlite
