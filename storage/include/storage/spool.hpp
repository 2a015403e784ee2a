#pragma once

#include "governance/time.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace storage {

/// A verified callback as it came, any bytes: what the platform heard an acknowledgement for before the books held it.
struct SpooledCallback {
    std::int64_t order = 0; ///< its place among all callbacks of this node; positive, unique
    std::string channel;    ///< "platform/name"
    std::string method;
    std::string query; ///< percent-encoded, as sent
    std::string content_type;
    std::string body;
    governance::Instant received_at{}; ///< machine clock
};

/// How much may wait. It is read back by the next start and then held in memory, so both are bounded.
struct SpoolLimits {
    std::size_t callbacks = 50'000;
    std::size_t bytes = std::size_t{64} << 20; ///< of queries and bodies as they came; the file takes twice as much
};

/// A node's durable spool: callbacks wait here while the books cannot be written. It is a file of its own, so neither a locked nor a full
/// book stops it. Any thread. Source: design.md 2 "Storage".
class Spool {
public:
    /// Opens or creates it. Errors: StoreError.
    explicit Spool(std::string const& url, SpoolLimits limits = {});

    /// `done` gets null when the callback is on stable storage, else why not. It runs on a thread of the spool, never within put(). Errors:
    /// StoreError full when it takes no more, unreachable once it is closed; `done` is not called then.
    void put(SpooledCallback const& callback, Store::Done done);
    /// The books hold it now (or it was never acknowledged).
    void forget(std::int64_t order);
    /// It can never be performed: it is kept for a person to look at, and not given out by waiting() any more. `why` holds no personal
    /// data.
    void set_aside(std::int64_t order, std::string const& why);

    /// What waits behind the place `after`, in order, at most `limit`. Errors: StoreError.
    [[nodiscard]] std::vector<SpooledCallback> waiting(std::int64_t after, std::int64_t limit);
    /// How many wait, those being put included.
    [[nodiscard]] std::size_t size() const;
    /// True when the next callback may find no room.
    [[nodiscard]] bool full() const;
    [[nodiscard]] SpoolLimits const& limits() const { return limits_; }
    /// How many were set aside and not looked at. Errors: StoreError.
    [[nodiscard]] std::int64_t set_aside_count();
    /// The highest place ever put that is still known; 0 when there is none. Errors: StoreError.
    [[nodiscard]] std::int64_t last_order();
    /// Ends what is under way, then takes nothing more.
    void close() { store_->close(); }

private:
    [[nodiscard]] bool full_now() const;
    void remove(std::int64_t order);
    std::int64_t number(std::string_view sql);

    SpoolLimits const limits_;
    std::unique_ptr<Store> store_;
    mutable std::mutex mutex_;
    std::unordered_map<std::int64_t, std::size_t> sizes_; ///< bytes of each that waits, by its place; under mutex_
    std::size_t bytes_ = 0;                               ///< their sum; under mutex_
};

} // namespace storage
