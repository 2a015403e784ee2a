#pragma once

#include "storage/store.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// One numbered step of the schema, as storage/migrations/NNNN_name.sql holds it.
struct Migration {
    std::int64_t version = 0; ///< from 1, without gaps
    std::string_view name;
    std::string_view sql;
};

/// Those built into the program, in order.
std::span<Migration const> program_migrations();

/// The version of the schema that this program wants.
std::int64_t program_schema_version();

/// The version that a store has; 0 when it was never migrated.
std::int64_t schema_version(Database& db);

/// Brings a store to the program's schema, each step in a transaction of its own; returns the names of the steps applied, none
/// when it was there already.
/// Errors: StoreFault::schema when the store is newer than the program or an applied step was edited since; what the step failed with.
std::vector<std::string> migrate(Store& store, std::span<Migration const> migrations = program_migrations());

/// Throws StoreFault::schema, saying what to do, unless the store has exactly the program's schema.
void require_schema(Database& db, std::span<Migration const> migrations = program_migrations());

} // namespace storage
