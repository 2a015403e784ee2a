#pragma once

#include "bot/channels.hpp"
#include "bot/metrics.hpp"
#include "bot/router.hpp"
#include "storage/spool.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace bot {

/// What is known of the store from its latest use. Any thread.
class StoreHealth {
public:
    void worked() { failing_.store(false, std::memory_order_relaxed); }
    void failed(storage::StoreFault fault);
    /// Nothing while the latest use worked.
    [[nodiscard]] std::optional<storage::StoreFault> fault() const;

private:
    std::atomic<bool> failing_{false};
    std::atomic<storage::StoreFault> fault_{storage::StoreFault::other};
};

/// A word for the log and for readyz: "busy", "full", "unreachable", ...
std::string_view fault_word(storage::StoreFault fault);

/// Answers /healthz (the process lives), /readyz (the store takes a durable write, the spool has room, and a channel is configured) and
/// /metrics.
class HealthPages {
public:
    struct Parts {
        storage::Store& store;
        storage::Spool const& spool;
        StoreHealth& health;
        ChannelSet const& channels;
        bool playground;
        Metrics const& metrics;
    };
    explicit HealthPages(Parts parts) : parts_(parts) {}
    void add_to(Router& router);

private:
    void ready(ExchangePtr const& exchange);
    [[nodiscard]] HttpResponse verdict() const;

    Parts parts_;
};

} // namespace bot
