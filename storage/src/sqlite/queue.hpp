#pragma once

#include "batch.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace storage::sqlite {

/// Units of work waiting for the threads that do them.
class Queue {
public:
    explicit Queue(std::size_t limit) : limit_(limit) {}

    /// Appends. Beyond the limit the unit goes with its failure set and is only handed back to be answered.
    /// Errors: StoreError unreachable after close().
    void push(Unit unit);
    /// Moves up to `limit` units to `taken`; waits for the first one, or to be woken, if `wait`. False when closed and empty.
    bool take(std::vector<Unit>& taken, std::size_t limit, bool wait);
    /// Lets a take() that waits return, or the next one that would wait.
    void wake();
    /// Refuses further units; take() still hands out those that wait.
    void close();
    [[nodiscard]] std::size_t waiting() const;

private:
    std::size_t const limit_;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Unit> units_;
    std::size_t refused_ = 0; ///< of units_, those beyond the limit
    std::size_t sleepers_ = 0;
    bool woken_ = false;
    bool closed_ = false;
};

} // namespace storage::sqlite
