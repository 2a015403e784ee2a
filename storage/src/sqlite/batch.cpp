#include "batch.hpp"

#include <utility>

namespace storage::sqlite {
namespace {

/// Rolls back what is left of a transaction, without hiding why.
void abandon(Connection& db) noexcept
{
    db.close_cursors();
    if (!db.idle())
        sqlite3_exec(db.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    db.take_changed();
}

/// True when the unit changed something, whether it failed or not. Throws only when the transaction is lost.
bool run_work(Connection& db, Unit& unit)
{
    unit.failure = nullptr;
    db.take_changed();
    try {
        unit.work(db);
    } catch (...) {
        unit.failure = std::current_exception();
    }
    db.close_cursors();
    bool const changed = db.take_changed();
    if (db.idle()) { // a full disk or a failing one makes SQLite roll back everything by itself
        if (unit.failure)
            std::rethrow_exception(unit.failure);
        throw StoreError(StoreFault::other, "sqlite: a unit of work ended the transaction");
    }
    return changed;
}

/// True when something is to be committed for the unit.
bool run_unit(Connection& db, Unit& unit)
{
    db.run("SAVEPOINT u");
    bool const changed = run_work(db, unit);
    if (unit.failure && changed)
        db.run("ROLLBACK TO u");
    db.run("RELEASE u");
    return changed && !unit.failure;
}

} // namespace

BatchResult run_batch(Connection& db, std::vector<Unit>& units, Savepoints savepoints, AfterEach const& after_each)
{
    BatchResult result;
    try {
        db.run("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < units.size(); ++i) {
            ++result.units_begun;
            bool const changed = savepoints == Savepoints::none ? run_work(db, units[i]) : run_unit(db, units[i]);
            if (changed && units[i].failure) {
                abandon(db);
                result.durable = false;
                result.spoiled = true;
                return result;
            }
            result.durable = result.durable || changed;
            after_each(units, i + 1 == units.size());
        }
        db.run(result.durable ? "COMMIT" : "ROLLBACK"); // nothing to make durable: nothing for the log
        db.take_changed();
    } catch (...) {
        result.failure = std::current_exception();
        result.durable = false;
        abandon(db);
    }
    return result;
}

bool run_units(Connection& db, std::vector<Unit>& units, AfterEach const& after_each, std::function<void(std::size_t)> const& committed)
{
    constexpr int kHopeless = 3; // after so many failures in a row the cause is the store, not a unit
    auto const no_more = [](std::vector<Unit>&, bool) {};
    auto batch = run_batch(db, units, Savepoints::none, after_each);
    if (batch.spoiled && units.size() > 1)
        batch = run_batch(db, units, Savepoints::per_unit, no_more);
    if (!batch.failure) {
        committed(batch.durable ? units.size() : 0);
        return batch.durable;
    }
    if (units.size() == 1) {
        units.front().failure = batch.failure;
        return false;
    }
    bool durable = false;
    int failed_in_a_row = batch.units_begun == 0 ? kHopeless : 0; // could not even begin: locked or gone
    std::exception_ptr last = batch.failure;
    for (Unit& unit : units) {
        if (failed_in_a_row >= kHopeless) {
            unit.failure = last;
            continue;
        }
        std::vector<Unit> alone;
        alone.push_back(std::move(unit));
        auto const result = run_batch(db, alone, Savepoints::none, no_more);
        unit = std::move(alone.front());
        if (result.failure) {
            unit.failure = last = result.failure;
            ++failed_in_a_row;
        } else {
            failed_in_a_row = 0;
            durable = durable || result.durable;
            committed(result.durable ? 1 : 0);
        }
    }
    return durable;
}

void run_read(Connection& db, Unit& unit)
{
    try {
        db.run("BEGIN");
        unit.work(db);
    } catch (...) {
        unit.failure = std::current_exception();
    }
    abandon(db);
}

} // namespace storage::sqlite
