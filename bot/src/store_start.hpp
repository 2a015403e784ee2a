#pragma once

#include "bot/config.hpp"
#include "bot/installed.hpp"
#include "bot/procedure_clock.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bot {

/// Opens the store of the configuration. Errors: storage::StoreError.
std::unique_ptr<storage::Store> open_configured_store(Config const& config, bool create);
/// Where this node's spool lies: beside the books, as a file of its own.
std::string spool_url(Config const& config);
/// Brings it to the program's schema and logs the steps.
void migrate_store(storage::Store& store);

/// Imports a district, all or nothing; what is faulty in its files, one line each, with nothing imported. `accounts`: whose ids they are.
/// It happens in the store's procedure time; in a store that was never served, at the time at which serving will begin.
std::vector<std::string> import_district_folder(storage::Store& store, std::filesystem::path const& folder,
                                                std::vector<std::string> const& accounts, Config const& config);

/// 09:00 in `zone` on the day of the district in the store; nothing when there is none.
std::optional<governance::Instant> district_morning(storage::Database& db, std::string const& zone);
std::optional<governance::Instant> morning_of(std::string const& day, std::string const& zone);

/// Sets procedure time as design.md 3 wants it. Errors: StartError when the clock was moved and the playground is not enabled.
void begin_clock(ProcedureClock& clock, storage::Store& store, Config const& config);

} // namespace bot
