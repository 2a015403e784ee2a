#pragma once

#include "governance/time.hpp"
#include "storage/database.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

namespace bot {

/// Procedure time: machine time and an offset that the store keeps. Outside the playground the offset is 0. now() may be called on any
/// thread; the others change the store and are called inside a unit of work. Source: design.md 3, "HTTP".
class ProcedureClock {
public:
    using Machine = std::function<governance::Instant()>;
    explicit ProcedureClock(Machine machine = machine_time);

    [[nodiscard]] governance::Instant now() const;
    [[nodiscard]] governance::Instant machine_now() const { return machine_(); }

    /// The offset that the store keeps; nothing when it was never served.
    static std::optional<std::chrono::microseconds> stored(storage::Database& db);
    /// Takes the stored offset, or remembers 0 as the first one.
    void begin(storage::Database& db);
    /// As begin(); a store that was never served starts at `start` instead.
    void begin_at(storage::Database& db, governance::Instant start);
    /// Moves the stored offset on so that procedure time is `at` or later; never back. now() follows by adopt(), once that is committed.
    [[nodiscard]] std::chrono::microseconds move_to(storage::Database& db, governance::Instant at) const;
    void adopt(std::chrono::microseconds offset);

    static governance::Instant machine_time();

private:
    void begin_with(storage::Database& db, std::chrono::microseconds first_offset);

    Machine machine_;
    std::atomic<std::int64_t> offset_us_{0};
};

} // namespace bot
