#pragma once

#include "bot/metrics.hpp"
#include "bot/procedure_clock.hpp"
#include "commands/service.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace bot {

/// Fires jobs as they fall due in procedure time, one unit of work each, in order. It also moves procedure time in the playground, because
/// what falls due on the way has to fire at its own time.
class Scheduler {
public:
    struct Options {
        std::int64_t tries = 5; ///< failures after which a job is parked, so that those behind it go on
        std::chrono::milliseconds poll{1000};
    };
    struct Parts {
        storage::Store& store;
        commands::Service& service;
        ProcedureClock& clock;
        Metrics& metrics;
        std::function<void()> on_commit; ///< after a job fired or time moved; quick
    };
    Scheduler(Parts parts, Options options);
    ~Scheduler();
    Scheduler(Scheduler const&) = delete;
    Scheduler& operator=(Scheduler const&) = delete;

    void start();
    /// Lets the unit of work under way end and fires nothing more.
    void stop();

    /// Called with the procedure time reached, or with why it was not reached; on the scheduler's thread.
    using Advanced = std::function<void(governance::Instant, std::exception_ptr)>;
    /// Moves procedure time on by `step` after everything that falls due on the way has fired, each job at its own time.
    void advance(std::chrono::seconds step, Advanced done);

    /// Fires what is due at or before `until`; with `move`, procedure time follows each job. True when nothing due is left, false when a
    /// job failed and is to be tried again later. For the thread of start(), or for tests instead of it.
    bool fire_due(governance::Instant until, bool move);
    /// The whole of an advance.
    governance::Instant advance_now(std::chrono::seconds step);

private:
    enum class Fired { one, none, failed, parked };
    Fired fire_one(governance::Instant until, bool move);
    Fired failed(governance::Instant until, std::string const& error);
    void run();
    void watch();

    struct Request {
        std::chrono::seconds step;
        Advanced done;
    };
    Parts parts_;
    Options options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Request> requests_; ///< under mutex_
    bool stopping_ = false;        ///< under mutex_
    std::atomic<double> late_s_{0};
    std::thread thread_;
};

} // namespace bot
