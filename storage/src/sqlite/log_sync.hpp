#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace storage::sqlite {

/// Brings the write-ahead log to the disk on a thread of its own, so that the writer runs the next batch meanwhile. One sync covers
/// everything that was written before it began. Source: docs/decisions/0012.
class LogSync {
public:
    using Ticket = std::int64_t;

    /// `sync` waits until everything written to the log is on stable storage, or throws. `ended` is called on the thread after each sync.
    LogSync(std::function<void()> sync, std::function<void()> ended);
    ~LogSync();
    LogSync(LogSync const&) = delete;
    LogSync& operator=(LogSync const&) = delete;

    /// Wants what is written now on the disk. While a sync is under way the next one will cover it, and whatever comes until then.
    Ticket begin();
    /// The same on the caller's thread, once what is under way has ended. Only one thread may call begin() and here().
    Ticket here();
    /// The last ticket whose sync has ended well: it and all before it are on the disk.
    [[nodiscard]] Ticket durable() const { return durable_.load(); }
    /// True while a sync is wanted or under way.
    [[nodiscard]] bool busy() const { return busy_.load(std::memory_order_relaxed); }
    /// Why a sync failed, for good: the kernel forgets what it could not write, so nothing may be acknowledged any more.
    [[nodiscard]] std::exception_ptr failure() const;
    /// Waits until nothing is under way.
    void wait();
    /// Syncs that ended well.
    [[nodiscard]] std::int64_t count() const { return count_.load(); }
    /// Ends the thread after what is wanted.
    void close();

private:
    void loop();
    void perform(Ticket covered);

    std::function<void()> const sync_;
    std::function<void()> const ended_;
    mutable std::mutex mutex_;
    std::condition_variable wanted_changed_;
    std::condition_variable rests_;
    Ticket wanted_ = 0;  ///< under mutex_
    Ticket covered_ = 0; ///< what the thread need not do any more; under mutex_
    std::exception_ptr failure_;
    bool closed_ = false;
    std::atomic<bool> failed_ = false;
    std::atomic<bool> busy_ = false;
    std::atomic<Ticket> durable_ = 0;
    std::atomic<std::int64_t> count_ = 0;
    std::thread thread_;
};

} // namespace storage::sqlite
