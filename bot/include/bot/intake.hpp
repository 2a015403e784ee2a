#pragma once

#include "bot/alarm.hpp"
#include "storage/store.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

namespace bot {

/// Brings units of work into the store in the order in which they came, also while the store cannot take them: one that fails because the
/// store is away waits at its place, those that came later wait behind it, and the first is tried again until it goes through. So a
/// resident's second word never arrives before the first. Any thread.
class Intake {
public:
    class Unit {
    public:
        explicit Unit(std::int64_t order) : order_(order) {}
        virtual ~Unit() = default;
        Unit(Unit const&) = delete;
        Unit& operator=(Unit const&) = delete;
        [[nodiscard]] std::int64_t order() const { return order_; }
        /// Runs on the writer, perhaps more than once; starts from nothing each time.
        virtual void work(storage::Database& db) = 0;
        /// It is in the books (null), or can never be: what its work threw, or busy when too many wait already.
        virtual void ended(std::exception_ptr failure) = 0;
        /// The store could not take it for now; it waits. Told at every try.
        virtual void held(storage::StoreFault fault) = 0;

    private:
        std::int64_t order_; ///< place among all units; unique
    };
    using UnitPtr = std::shared_ptr<Unit>;

    struct Pauses {
        std::chrono::milliseconds first{100}; ///< before the first try again; doubled each time
        std::chrono::milliseconds longest{2000};
    };
    Intake(storage::Store& store, Alarm& alarm, std::size_t limit, Pauses pauses);

    void submit(UnitPtr const& unit);
    /// How many wait for the store to come back.
    [[nodiscard]] std::size_t held_count() const;

private:
    static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();
    using Held = std::map<std::int64_t, UnitPtr>;

    void write(UnitPtr const& unit);
    void push(UnitPtr const& unit);
    void done(UnitPtr const& unit, std::exception_ptr const& failure);
    [[nodiscard]] bool hold(UnitPtr const& unit);
    void keep(UnitPtr const& unit);
    void went_through(UnitPtr const& unit);
    void try_again();

    storage::Store& store_;
    Alarm& alarm_;
    std::size_t limit_;
    Pauses pauses_;
    std::atomic<bool> stopped_{false};            ///< new units must look at held_ first
    std::atomic<std::int64_t> first_held_{kNone}; ///< no unit behind this one may run
    mutable std::mutex mutex_;
    Held held_;                       ///< under mutex_
    std::int64_t trying_ = kNone;     ///< under mutex_: the held unit that is with the store now
    bool alarmed_ = false;            ///< under mutex_: a try is to come
    std::chrono::milliseconds pause_; ///< under mutex_
};

} // namespace bot
