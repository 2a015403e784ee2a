#include "queue.hpp"

#include <algorithm>
#include <utility>

namespace storage::sqlite {

void Queue::push(Unit unit)
{
    bool wake = false;
    {
        std::lock_guard const lock(mutex_);
        if (closed_)
            throw StoreError(StoreFault::unreachable, "the store is closed");
        if (units_.size() - refused_ >= limit_) {
            unit.work = nullptr;
            unit.failure = std::make_exception_ptr(StoreError(StoreFault::busy, "too much work is waiting for the store"));
            ++refused_;
        }
        units_.push_back(std::move(unit));
        wake = sleepers_ > 0;
    }
    if (wake)
        filled_.notify_one();
}

bool Queue::take(std::vector<Unit>& taken, std::size_t limit, bool wait)
{
    std::unique_lock lock(mutex_);
    if (wait && units_.empty() && !closed_ && !woken_) {
        ++sleepers_;
        filled_.wait(lock, [this] { return !units_.empty() || closed_ || woken_; });
        --sleepers_;
    }
    if (wait)
        woken_ = false;
    auto const count = std::min(limit, units_.size());
    for (std::size_t i = 0; i < count; ++i) {
        refused_ -= units_.front().failure ? 1U : 0U;
        taken.push_back(std::move(units_.front()));
        units_.pop_front();
    }
    return count > 0 || !closed_;
}

void Queue::wake()
{
    bool sleeps = false;
    {
        std::lock_guard const lock(mutex_);
        woken_ = true;
        sleeps = sleepers_ > 0;
    }
    if (sleeps)
        filled_.notify_one();
}

void Queue::close()
{
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    filled_.notify_all();
}

std::size_t Queue::waiting() const
{
    std::lock_guard const lock(mutex_);
    return units_.size() - refused_;
}

} // namespace storage::sqlite
