#pragma once

#include "bot/channels.hpp"
#include "bot/doors.hpp"
#include "bot/metrics.hpp"
#include "bot/procedure_clock.hpp"
#include "commands/notice_rules.hpp"
#include "commands/recipients.hpp"
#include "storage/outbox.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace bot {

/// Sends what the outbox holds: claims, finds the door, keeps the platform's pace and the receiver's peace, and books how each try ended.
/// Every message ends as sent, merged or a dead letter. A claim is a lease: after a crash only what was under way may go out twice.
class OutboxPump {
public:
    struct Options {
        std::chrono::microseconds lease{std::chrono::seconds(60)}; ///< longer than any channel takes to call back
        std::size_t at_once = 32;                                  ///< messages under way
        int tries = 8;                                             ///< failed tries before a message is dead
        std::chrono::microseconds first_wait{std::chrono::seconds(2)};
        std::chrono::microseconds longest_wait{std::chrono::minutes(5)};
        std::chrono::milliseconds poll{1000};
        std::chrono::milliseconds breath{5}; ///< least time between two looks, however often it is woken
    };
    struct Parts {
        storage::Store& store;
        ChannelSet const& channels;
        commands::RecipientDirectory const& directory;
        commands::NoticeRules& rules;
        ProcedureClock const& clock;
        Metrics& metrics;
        std::function<double()> chance; ///< 0 to 1, for the jitter
    };
    OutboxPump(Parts parts, Options options);
    ~OutboxPump();
    OutboxPump(OutboxPump const&) = delete;
    OutboxPump& operator=(OutboxPump const&) = delete;

    /// Takes back what a process that ended held, then works on a thread of its own.
    void start();
    /// Something may have come into the outbox. Any thread, quick.
    void wake();
    /// A unit of work is in the books: wakes the pump when the outbox may hold more than at the last look. Any thread, quick.
    void committed();
    /// Claims nothing more and waits for what is under way, at most `grace`.
    void stop(std::chrono::milliseconds grace);

    /// One look at the outbox: claims, decides and starts sending. True when something was claimed. Called by the thread of start(), or by
    /// tests instead of it.
    bool look();
    /// Frees claims that no living process holds. Only for a store of a single process.
    void take_back();
    [[nodiscard]] std::size_t under_way() const;

private:
    struct Ready {
        storage::OutboxMessage message;
        Door door;
        adapters::chat::Reply payload;
    };
    void run();
    std::vector<Ready> claim(storage::Database& db, bool& any);
    std::optional<Ready> prepare(storage::Database& db, storage::OutboxMessage message);
    bool planned(storage::Database& db, storage::OutboxMessage const& message);
    bool merged(storage::Database& db, storage::OutboxMessage const& message);
    bool paced(storage::Database& db, storage::OutboxMessage const& message, adapters::chat::Channel const& channel);
    void bury(storage::Database& db, storage::OutboxMessage const& message, std::string const& reason, std::string const& channel);
    void send(Ready ready);
    void ended(storage::OutboxMessage const& message, std::string const& channel, adapters::chat::SendResult const& result);
    [[nodiscard]] storage::Delivery delivery_of(storage::OutboxMessage const& message, adapters::chat::SendResult const& result) const;
    void count(std::string const& channel, std::string const& outcome);
    void one_less();

    Parts parts_;
    Options options_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;                      ///< under mutex_
    bool stopping_ = false;                   ///< under mutex_
    std::size_t under_way_ = 0;               ///< under mutex_
    std::atomic<std::uint64_t> puts_seen_{0}; ///< at the last look
    std::thread thread_;
};

/// Lets everything pass at once and joins the texts of a digest line by line: for tests and for a program without notices.
class PlainNoticeRules : public commands::NoticeRules {
public:
    commands::NoticeVerdict plan(storage::Database& db, storage::OutboxMessage const& message, governance::Instant now) override;
    adapters::chat::Reply digest(storage::Database& db, std::vector<storage::OutboxMessage> const& parts, governance::Instant now) override;
};

} // namespace bot
