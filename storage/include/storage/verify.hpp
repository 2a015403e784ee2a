#pragma once

#include "storage/ledger.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace storage {

/// Compares one kind of derived total with the ledger, as "points balances". Repositories bring theirs in derived_checks().
struct DerivedCheck {
    std::string name;
    /// One line in Chinese that names the first difference; null when there is none.
    std::function<std::optional<std::string>(Database&)> run;
};

/// All of the program's (src/derived_checks.cpp lists them).
std::vector<DerivedCheck> derived_checks();

/// Outcome of checking a store or a backup.
struct BooksReport {
    LedgerCheck ledger;
    std::vector<std::string> faults; ///< one line in Chinese each, the gravest first; empty: all good
    [[nodiscard]] bool ok() const { return faults.empty(); }
};

/// Checks the files, the ledger's chain and every derived total against it.
/// Errors: StoreError when the store cannot be read at all.
BooksReport verify_books(Database& db, std::vector<DerivedCheck> const& checks = derived_checks());

} // namespace storage
