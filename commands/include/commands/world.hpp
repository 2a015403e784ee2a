#pragma once

#include "commands/reader/reader.hpp"
#include "commands/wording.hpp"
#include "governance/calendar.hpp"
#include "governance/organisation.hpp"
#include "governance/permissions.hpp"
#include "governance/points.hpp"
#include "governance/routing.hpp"
#include "governance/sla.hpp"
#include "governance/workflow/definition.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace storage {
class Database;
}

namespace commands {

/// Where the rules come from.
struct WorldOptions {
    std::filesystem::path data_dir;    ///< permissions.json, notices.json, wording.toml, procedures/
    std::filesystem::path lexicon_dir; ///< the reader's words
    governance::Zone zone;
    std::string public_url; ///< without a slash at the end
    std::vector<std::string> bot_names;
    /// Names of places, departments and goods, from the texts of a district's org.json, departments.csv and points_shop.csv (each may be
    /// empty).
    std::function<reader::Gazetteer(std::string const& org, std::string const& departments, std::string const& goods)> gazetteer;
};

/// Everything that rules and wording are fed with and that changes only by an import or a reload. Immutable, shared by all threads.
struct World {
    std::int64_t district_version = 0;
    governance::Organisation organisation;
    governance::PermissionMatrix permissions;
    governance::workflow::DefinitionSet definitions;
    governance::WorkCalendar calendar;
    governance::RoutingTable routing;
    governance::SlaTable sla;
    governance::Catalogue catalogue;
    Wording wording;
    std::unique_ptr<reader::Reader const> reader;
    std::string public_url;
};

/// Loads the rules: files of the program, overlaid by what the imported district brought. The procedures of the files are kept in the
/// store, a changed text as a new version, so that a running matter finds the version it began with; `db` must be able to write. Errors:
/// std::runtime_error naming the place at fault; the caller keeps the world it has.
std::shared_ptr<World const> load_world(storage::Database& db, WorldOptions const& options, governance::Instant now);

} // namespace commands
