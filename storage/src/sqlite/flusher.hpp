#pragma once

#include "batch.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace storage::sqlite {

/// Makes commits durable on a thread of its own, so that the writer runs the next batch while the disk works on the last one. A unit is
/// answered only after a sync that began after its commit, and never before a unit that came earlier. Source: docs/decisions/0012.
class Flusher {
public:
    /// Brings everything written to the log so far to stable storage. Errors: throws.
    using Sync = std::function<void()>;
    /// Answers units with what stands in them. Called from the writer's thread and from the flusher's, never from both at once.
    using Answer = std::function<void(std::vector<Unit>&)>;

    Flusher(Sync sync, Answer answer);
    ~Flusher();
    Flusher(Flusher const&) = delete;
    Flusher& operator=(Flusher const&) = delete;

    /// Takes a batch that was run; `durable` says whether it committed anything. Only the writer's thread calls it. One that nothing has to
    /// wait for is answered before this returns: a batch that changed nothing while the disk rests, and a unit that came alone, for which a
    /// change of threads would only cost time.
    void take(std::vector<Unit> units, bool durable);
    /// True when no unit waits for the disk. As the writer's thread sees it, this stays true until it calls take().
    [[nodiscard]] bool resting() const { return resting_.load(); }
    /// Returns once everything that was taken is answered. Only the writer's thread calls it.
    void wait();
    /// Why a sync failed, for good: what the log lost then can never be told, so nothing may be acknowledged by this run any more.
    [[nodiscard]] std::exception_ptr failure() const;
    /// Syncs so far, for metrics.
    [[nodiscard]] std::int64_t syncs() const { return syncs_.load(); }
    /// Answers what waits, then ends the thread. The writer must have ended before.
    void close();

private:
    struct Batch {
        std::vector<Unit> units;
        bool durable = false;
    };
    void loop();
    void sync_and_answer(std::vector<Batch>& batches);

    Sync const sync_;
    Answer const answer_;
    mutable std::mutex mutex_;
    std::condition_variable changed_; ///< waiting_, closed_ or resting_
    std::vector<Batch> waiting_;
    std::exception_ptr failure_;
    bool closed_ = false;
    std::atomic<bool> resting_ = true;
    std::atomic<std::int64_t> syncs_ = 0;
    std::thread thread_;
};

} // namespace storage::sqlite
