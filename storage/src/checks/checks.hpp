#pragma once

#include "storage/database.hpp"

#include <optional>
#include <string>

/// Derived totals against the ledger; each names its first difference in one line of Chinese.
namespace storage::checks {

/// Every entry of the points book that counts is in the ledger with the same amount, and the other way round.
std::optional<std::string> points(Database& db);
/// The ballots that count are those that a replay of the ledger leaves standing. Rounds whose private parts were erased are left out.
std::optional<std::string> ballots(Database& db);
/// Every endorsement is in the ledger or came with its matter, and none of the ledger is missing.
std::optional<std::string> endorsements(Database& db);

/// Every rating is in the ledger as it was given and none of the ledger is missing, and what a proposal says of its evaluation adds up.
/// Matters whose private parts were erased are left out.
std::optional<std::string> ratings(Database& db);

} // namespace storage::checks
