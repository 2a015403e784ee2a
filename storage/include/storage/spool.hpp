#pragma once

#include "governance/time.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
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

/// A node's durable spool: callbacks wait here while the books cannot be written. It is a file of its own, so neither a locked nor a full
/// book stops it. Any thread. Source: design.md 2 "Storage".
class Spool {
public:
    /// Opens or creates it. Errors: StoreError.
    explicit Spool(std::string const& url);

    /// `done` gets null when the callback is on stable storage, else why not. It runs on a thread of the spool, never within put().
    void put(SpooledCallback const& callback, Store::Done done);
    /// The books hold it now (or it was never acknowledged).
    void forget(std::int64_t order);
    /// It can never be performed: it is kept for a person to look at, and not given out by waiting() any more. `why` holds no personal
    /// data.
    void set_aside(std::int64_t order, std::string const& why);

    /// Everything that waits, in order. Errors: StoreError.
    [[nodiscard]] std::vector<SpooledCallback> waiting();
    /// How many wait, those being put included.
    [[nodiscard]] std::size_t size() const { return size_.load(); }
    /// How many were set aside and not looked at. Errors: StoreError.
    [[nodiscard]] std::int64_t set_aside_count();
    /// The highest place ever put that is still known; 0 when there is none. Errors: StoreError.
    [[nodiscard]] std::int64_t last_order();
    /// Ends what is under way, then takes nothing more.
    void close() { store_->close(); }

private:
    std::unique_ptr<Store> store_;
    std::atomic<std::size_t> size_{0};
};

} // namespace storage
