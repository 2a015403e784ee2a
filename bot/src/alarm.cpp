#include "bot/alarm.hpp"

#include "bot/log.hpp"

#include <exception>
#include <utility>

namespace bot {

Alarm::Alarm() : thread_([this] { run(); }) {}

Alarm::~Alarm()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Alarm::after(std::chrono::milliseconds delay, std::function<void()> act)
{
    {
        std::lock_guard const lock(mutex_);
        waiting_.emplace(std::chrono::steady_clock::now() + delay, std::move(act));
    }
    wake_.notify_all();
}

void Alarm::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            wake_.wait(lock);
            continue;
        }
        auto const first = waiting_.begin();
        if (first->first > std::chrono::steady_clock::now()) {
            wake_.wait_until(lock, first->first);
            continue;
        }
        auto const act = std::move(first->second);
        waiting_.erase(first);
        lock.unlock();
        try {
            act();
        } catch (std::exception const& failure) {
            log(Level::error, "alarm_failed", {{"error", failure.what()}});
        }
        lock.lock();
    }
}

} // namespace bot
