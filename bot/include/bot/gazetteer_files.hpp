#pragma once

#include "commands/reader/gazetteer.hpp"

#include <filesystem>
#include <string>

namespace bot {

/// Names of places, departments and goods from the texts of a district's org.json, departments.csv and points_shop.csv; each may be empty.
/// Errors: std::runtime_error naming the file and what is wrong in it.
commands::reader::Gazetteer gazetteer_from_texts(std::string const& org_json, std::string const& departments_csv,
                                                 std::string const& goods_csv);

/// The same from a district's folder; files that are missing count as empty.
commands::reader::Gazetteer gazetteer_from_folder(std::filesystem::path const& folder);

} // namespace bot
