#pragma once

#include "bot/alarm.hpp"
#include "bot/channels.hpp"
#include "bot/health.hpp"
#include "bot/intake.hpp"
#include "bot/metrics.hpp"
#include "bot/procedure_clock.hpp"
#include "bot/router.hpp"
#include "commands/service.hpp"
#include "storage/spool.hpp"
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
/// covers it. When that takes longer than the platform waits, the callback is made durable in the spool first and acknowledged then.
/// Source: design.md 1 (1), 2.
class Webhooks {
public:
    static constexpr std::size_t kBodyLimitBytes = 256 * 1024UL;

    struct Parts {
        ChannelSet const& channels;
        storage::Store& store;
        storage::Spool& spool;
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
    /// Performs what an earlier run acknowledged and could not record, before anything new. Called once, before the server starts.
    void recover();
    /// Events taken and not yet ended, acknowledged early ones included.
    [[nodiscard]] std::size_t in_flight() const { return in_flight_.load(); }

private:
    struct Door;
    class Callback;
    using CallbackPtr = std::shared_ptr<Callback>;

    void take(ExchangePtr const& exchange, PathParameters const& parameters);
    void begin(CallbackPtr const& callback);
    void recover(storage::SpooledCallback const& spooled);
    void work(storage::Database& db, Callback& callback) const;
    void answer(CallbackPtr const& callback);
    void refuse(CallbackPtr const& callback, std::exception_ptr const& failure);
    void spool(CallbackPtr const& callback);
    void spooled(CallbackPtr const& callback, std::exception_ptr const& failure);
    void push_late(CallbackPtr const& callback);
    void finish(Callback const& callback);
    [[nodiscard]] static HttpResponse reply_of(Callback const& callback);
    void note_handled(Callback const& callback, std::chrono::steady_clock::time_point committed_at);
    Counter& counter(std::string const& channel, std::string const& outcome);
    void note(std::string const& channel, std::uint64_t request_id, std::string const& outcome);

    Parts parts_;
    Histogram& seconds_;
    std::map<std::string, std::unique_ptr<Door>, std::less<>> doors_; ///< by channel id; fixed after construction
    std::atomic<std::int64_t> last_order_;
    std::atomic<std::size_t> in_flight_{0};
    Intake intake_;
};

} // namespace bot
