#pragma once

#include "connection.hpp"
#include "storage/store.hpp"

#include <exception>
#include <functional>
#include <vector>

namespace storage::sqlite {

/// A unit of work on its way through the store.
struct Unit {
    Store::Work work;
    Store::Done done;
    std::exception_ptr failure; ///< why it was rolled back; null when it was committed
};

/// What became of a batch.
struct BatchResult {
    bool durable = false;       ///< something was written and committed
    bool spoiled = false;       ///< without savepoints: a unit failed after it had changed something, so all was rolled back
    std::exception_ptr failure; ///< the whole batch was rolled back, for this reason
    std::size_t units_begun = 0;
};

enum class Savepoints {
    none,     ///< a unit that fails after a change spoils the batch
    per_unit, ///< a unit that fails rolls back alone
};

/// Runs units in one transaction and commits them together. `after_each` is called after each unit with the batch and whether it was the
/// last one; it may append units then. A unit that throws gets its failure; when the transaction itself is lost, the result says so and no
/// unit's failure means anything.
using AfterEach = std::function<void(std::vector<Unit>& units, bool last)>;
BatchResult run_batch(Connection& db, std::vector<Unit>& units, Savepoints savepoints, AfterEach const& after_each);

/// Runs a batch so that a unit that fails rolls back alone: first without savepoints, whose undo copies of every page cost a tenth of the
/// whole; when that spoils the batch, again with one for each unit; when the batch is lost, each unit by itself, since one of them may be
/// the reason. Afterwards every unit is committed or has its failure. Calls `committed` with the size of every commit (0 for one that
/// changed nothing). True when there was a commit that changed something.
bool run_units(Connection& db, std::vector<Unit>& units, AfterEach const& after_each, std::function<void(std::size_t)> const& committed);

/// Runs a read in one snapshot.
void run_read(Connection& db, Unit& unit);

} // namespace storage::sqlite
