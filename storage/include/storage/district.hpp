#pragma once

#include "governance/organisation.hpp"
#include "governance/permissions.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// A district as its files describe it, and as the books keep it. Format: the README of the demo district.
namespace storage {

struct HouseholdRow {
    std::string id, community, home, grid, household_class, unit, room, head, points_account;
};

void write_household(Database& db, HouseholdRow const& row);

struct PersonRow {
    std::string id, community, name, household, home, chat_id, note;
    bool adult = true;
    bool party_member = false;
    bool staff = false;
    std::int64_t birth_year = 0;
    std::vector<governance::RoleGrant> roles;
};

struct GroupRow {
    std::string id, community, name, kind, scope;
    std::int64_t daily_budget = 0;
    std::int64_t quiet_start_min = 0; ///< minutes after midnight
    std::int64_t quiet_end_min = 0;
    bool bot_enabled = true;
};

struct District {
    std::string as_of; ///< YYYY-MM-DD; empty when not said
    std::vector<governance::Unit> units;
    std::vector<HouseholdRow> households;
    std::vector<PersonRow> people;
    std::vector<GroupRow> groups;
    std::map<std::string, std::string> calendar; ///< YYYY-MM-DD -> holiday | workday
    std::map<std::string, std::string> files;    ///< every other known file, as it is
};

/// Reads a district from its folder. Every faulty row is named in `problems` as "file:line: what"; with problems nothing must be imported.
District read_district(std::filesystem::path const& folder, std::vector<std::string>& problems);

/// Writes a district into the books: adds what is new, updates what is known by id, takes nothing away. People of the files count as bound
/// in `accounts`, and the groups' ids are chat ids there. May be repeated, also with other accounts.
void import_district(Database& db, District const& district, std::vector<std::string> const& accounts, governance::Instant now);

/// Adds or updates households from a roll with the columns of households.csv, all or nothing: with faulty rows nothing changes and each is
/// named as "line 12: what".
std::vector<std::string> import_roll(Database& db, std::string_view csv);

/// True when no district was ever imported.
bool district_empty(Database& db);
/// Changes with every import and every change of people or bindings, so that what was loaded can be seen to be stale.
std::int64_t district_version(Database& db);
void district_changed(Database& db);
governance::Organisation load_organisation(Database& db);
std::map<std::string, std::string> load_calendar(Database& db);
/// Content of a district file; empty when the district brought none.
std::string district_file(Database& db, std::string_view name);

/// Puts one district file in place of the one there is; what was loaded before is stale then.
void put_district_file(Database& db, std::string_view name, std::string_view content);

/// Permission matrix from the text of a permissions.json.
/// Errors: std::runtime_error naming the place at fault.
governance::PermissionMatrix read_permissions(std::string_view text);

} // namespace storage
