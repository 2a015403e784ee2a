#pragma once

#include "bot/metrics.hpp"
#include "bot/procedure_clock.hpp"
#include "storage/outbox.hpp"
#include "storage/store.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace bot {

/// Counts the outbox every few seconds for the metrics, so that reading them costs the store nothing.
class OutboxWatch {
public:
    OutboxWatch(storage::Store& store, ProcedureClock const& clock, Metrics& metrics);
    ~OutboxWatch();
    OutboxWatch(OutboxWatch const&) = delete;
    OutboxWatch& operator=(OutboxWatch const&) = delete;

    void start();
    void stop();
    /// Counts now. For the thread of start(), or for tests.
    void look();

private:
    [[nodiscard]] std::vector<Metrics::Sample> pending() const;

    storage::Store& store_;
    ProcedureClock const& clock_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    storage::Outbox::Counts counts_; ///< under mutex_
    double oldest_s_ = 0;            ///< under mutex_
    bool stopping_ = false;          ///< under mutex_
    std::thread thread_;
};

} // namespace bot
