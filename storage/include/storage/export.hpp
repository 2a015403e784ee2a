#pragma once

#include "governance/ids.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A table to hand out: cells as text, times in UTC (ISO 8601), points with two decimals.
struct ExportTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// "proposals", "votes", "points", "cases", "ratings" or "audit" of one community, or of all (empty id); nothing for another name. People
/// appear by their ids of the roll, never by name, and no ballot's choice is handed out: a single ballot is seen only in a recount
/// (domain.md 2.6). Confidential cases are left out.
std::optional<ExportTable> export_table(Database& db, std::string_view what, governance::CommunityId const& community);

} // namespace storage
