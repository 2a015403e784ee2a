#pragma once

#include "bot/alarm.hpp"
#include "bot/channels.hpp"
#include "bot/health.hpp"
#include "bot/metrics.hpp"
#include "bot/procedure_clock.hpp"
#include "bot/router.hpp"
#include "commands/service.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace bot {

/// The way of a message: bytes in, verified and decoded by the channel, handled in one unit of work, answered after the commit that
/// covers it. Source: design.md 2.
class Webhooks {
public:
    static constexpr std::size_t kBodyLimitBytes = 256 * 1024UL;

    struct Parts {
        ChannelSet const& channels;
        storage::Store& store;
        commands::Service& service;
        ProcedureClock const& clock;
        StoreHealth& health;
        Metrics& metrics;
        Alarm& alarm;
        std::function<void()> on_commit;       ///< called after a commit that may have made work for the pump; any thread, quick
        std::chrono::milliseconds margin{700}; ///< kept free of a platform's reply limit, for the way back
    };
    explicit Webhooks(Parts parts);
    ~Webhooks();

    void add_to(Router& router);
    /// Events taken and not yet ended, acknowledged early ones included.
    [[nodiscard]] std::size_t in_flight() const { return in_flight_.load(); }

private:
    struct Pending;
    struct Door;
    using PendingPtr = std::shared_ptr<Pending>;

    void take(ExchangePtr const& exchange, PathParameters const& parameters);
    void submit(PendingPtr const& pending);
    void work(storage::Database& db, Pending& pending) const;
    void ended(PendingPtr const& pending, std::exception_ptr const& failure);
    void answer(PendingPtr const& pending);
    void refuse(PendingPtr const& pending, int status, std::string const& outcome, bool again);
    void acknowledge_early(PendingPtr const& pending);
    void push_late(PendingPtr const& pending);
    void put_rest(storage::Database& db, Pending const& pending) const;
    void put_late(storage::Database& db, Pending const& pending, adapters::chat::Reply const& reply, std::string const& key) const;
    Counter& counter(std::string const& channel, std::string const& outcome);
    void note(std::string const& channel, std::uint64_t request_id, std::string const& outcome);

    Parts parts_;
    Histogram& seconds_;
    std::map<std::string, std::unique_ptr<Door>, std::less<>> doors_; ///< by channel id; fixed after construction
    std::atomic<std::size_t> in_flight_{0};
};

} // namespace bot
