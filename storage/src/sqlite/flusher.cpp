#include "flusher.hpp"

#include <algorithm>
#include <utility>

namespace storage::sqlite {

Flusher::Flusher(Sync sync, Answer answer) : sync_(std::move(sync)), answer_(std::move(answer)), thread_([this] { loop(); }) {}

Flusher::~Flusher()
{
    close();
}

void Flusher::take(std::vector<Unit> units, bool durable)
{
    if (resting() && (!durable || units.size() == 1)) {
        std::vector<Batch> alone;
        alone.push_back({std::move(units), durable});
        sync_and_answer(alone);
        return;
    }
    {
        std::lock_guard const lock(mutex_);
        waiting_.push_back({std::move(units), durable});
        resting_ = false;
    }
    changed_.notify_all();
}

void Flusher::wait()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return resting_.load(); });
}

std::exception_ptr Flusher::failure() const
{
    std::lock_guard const lock(mutex_);
    return failure_;
}

void Flusher::close()
{
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void Flusher::loop()
{
    std::vector<Batch> batches;
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return !waiting_.empty() || closed_; });
        if (waiting_.empty())
            return;
        batches.swap(waiting_);
        lock.unlock();
        sync_and_answer(batches);
        batches.clear();
        lock.lock();
        resting_ = waiting_.empty();
        changed_.notify_all(); // costs nothing when nobody waits
    }
}

void Flusher::sync_and_answer(std::vector<Batch>& batches)
{
    auto lost = failure();
    bool const durable = std::any_of(batches.begin(), batches.end(), [](Batch const& batch) { return batch.durable; });
    if (durable && !lost) {
        try {
            sync_();
            syncs_.fetch_add(1);
        } catch (...) {
            lost = std::current_exception();
            std::lock_guard const lock(mutex_);
            failure_ = lost;
        }
    }
    for (Batch& batch : batches) {
        for (Unit& unit : batch.units)
            if (lost && !unit.failure)
                unit.failure = lost;
        answer_(batch.units);
    }
}

} // namespace storage::sqlite
