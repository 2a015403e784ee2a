#include "bot/intake.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace bot {
namespace {

/// Faults that end by themselves or by an operator's hand. Any other is the unit's own, and waiting would stop everybody behind it.
bool passes(storage::StoreFault fault)
{
    switch (fault) {
    case storage::StoreFault::busy:
    case storage::StoreFault::full:
    case storage::StoreFault::unreachable:
    case storage::StoreFault::corrupt: return true;
    case storage::StoreFault::constraint:
    case storage::StoreFault::schema:
    case storage::StoreFault::other: return false;
    }
    return false;
}

std::optional<storage::StoreFault> passing_fault(std::exception_ptr const& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (storage::StoreError const& error) {
        return passes(error.fault()) ? std::optional(error.fault()) : std::nullopt;
    } catch (...) {
        return std::nullopt;
    }
}

} // namespace

Intake::Intake(storage::Store& store, Alarm& alarm, std::size_t limit, Pauses pauses)
    : store_(store), alarm_(alarm), limit_(limit), pauses_(pauses), pause_(pauses.first)
{
}

std::size_t Intake::held_count() const
{
    std::lock_guard const lock(mutex_);
    return held_.size();
}

void Intake::submit(UnitPtr const& unit)
{
    if (!stopped_.load()) {
        write(unit);
        return;
    }
    auto must_wait = false;
    auto taken = false;
    {
        std::lock_guard const lock(mutex_); // also waits until those that were let go are with the store
        must_wait = !held_.empty();
        if (must_wait && held_.size() < limit_) {
            keep(unit);
            taken = true;
        }
    }
    if (!must_wait)
        write(unit);
    else if (taken)
        unit->held(storage::StoreFault::busy);
    else
        unit->ended(std::make_exception_ptr(storage::StoreError(storage::StoreFault::busy, "too much waits for the store already")));
}

void Intake::write(UnitPtr const& unit)
{
    try {
        push(unit);
    } catch (storage::StoreError const&) {
        done(unit, std::current_exception());
    }
}

void Intake::push(UnitPtr const& unit)
{
    auto work = [this, unit](storage::Database& db) {
        if (first_held_.load() < unit->order())
            throw storage::StoreError(storage::StoreFault::busy, "an earlier message waits for the store");
        unit->work(db);
    };
    store_.write(std::move(work), [this, unit](std::exception_ptr const& failure) { done(unit, failure); });
}

void Intake::done(UnitPtr const& unit, std::exception_ptr const& failure)
{
    auto const fault = failure ? passing_fault(failure) : std::nullopt;
    if (fault && hold(unit)) {
        unit->held(*fault);
        return;
    }
    went_through(unit);
    unit->ended(failure);
}

/// False when too many wait.
bool Intake::hold(UnitPtr const& unit)
{
    std::lock_guard const lock(mutex_);
    if (held_.size() >= limit_ && !held_.contains(unit->order()))
        return false;
    keep(unit);
    return true;
}

/// Under mutex_.
void Intake::keep(UnitPtr const& unit)
{
    held_.emplace(unit->order(), unit);
    first_held_.store(held_.begin()->first);
    stopped_.store(true);
    if (trying_ == unit->order())
        trying_ = kNone;
    if (alarmed_ || trying_ != kNone)
        return;
    alarmed_ = true;
    alarm_.after(pause_, [this] { try_again(); });
    pause_ = std::min(2 * pause_, pauses_.longest);
}

/// When the first one that waited is in the books, the store is back: the others follow in their order, and before any new one.
void Intake::went_through(UnitPtr const& unit)
{
    if (!stopped_.load())
        return;
    std::lock_guard const lock(mutex_);
    if (held_.erase(unit->order()) == 0)
        return;
    trying_ = kNone;
    pause_ = pauses_.first;
    first_held_.store(kNone);
    Held free;
    free.swap(held_);
    while (!free.empty()) {
        auto const next = free.extract(free.begin());
        try {
            push(next.mapped());
        } catch (storage::StoreError const&) { // closed: they stay where they are until the next start
            keep(next.mapped());
        }
    }
    stopped_.store(!held_.empty());
}

void Intake::try_again()
{
    UnitPtr first;
    {
        std::lock_guard const lock(mutex_);
        alarmed_ = false;
        if (held_.empty() || trying_ != kNone)
            return;
        trying_ = held_.begin()->first;
        first = held_.begin()->second;
    }
    write(first);
}

} // namespace bot
