#pragma once

#include "governance/points.hpp"
#include "storage/database.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The points book of a community: entries by their record numbers (P12), and the figures that balances are made of.
namespace storage {

/// The next record number of the community. Never given twice; a series apart from that of the matters (domain.md 3.1).
governance::RefNo next_record_no(Database& db, governance::CommunityId const& community);

std::optional<governance::PointsEntry> load_points_entry(Database& db, governance::CommunityId const& community, governance::RefNo no);
/// Inserts or replaces. `month` is the local month in which the entry counts.
void save_points_entry(Database& db, governance::PointsEntry const& entry, std::chrono::year_month month);

/// What was posted to a subject for an item in the months `from` to `to`, reversals included, in hundredths.
std::int64_t posted_for_item(Database& db, governance::CommunityId const& community, std::string_view subject, std::string_view item,
                             std::chrono::year_month from, std::chrono::year_month to);
/// Another entry of that subject and item about the same event (same moment and cause) that was not turned down or reversed; 0: none.
governance::RefNo same_fact(Database& db, governance::PointsEntry const& entry);

/// An entry that counts, or is frozen by an appeal.
struct PostedLine {
    std::string subject;
    std::string item;
    std::chrono::year_month month;
    governance::LedgerLine line;
};
/// Posted entries of one subject in a community, oldest first.
std::vector<PostedLine> posted_lines(Database& db, governance::CommunityId const& community, governance::SubjectType type,
                                     std::string_view subject);
/// Posted entries of all subjects of a type, in the months `from` to `to`.
std::vector<PostedLine> posted_in(Database& db, governance::CommunityId const& community, governance::SubjectType type,
                                  std::chrono::year_month from, std::chrono::year_month to);
/// Record numbers of entries in that state whose quarter is `period` ("2026Q3").
std::vector<governance::RefNo> entries_in(Database& db, governance::CommunityId const& community, std::string_view state,
                                          std::string_view period);

/// Most points of each class of grids and villages, from the text of a points_classes.json; empty text: none.
/// Errors: std::runtime_error naming what is wrong.
std::map<std::string, governance::Points> read_class_maxima(std::string_view text);

/// Checks every row of a points catalogue; one line "points_catalog.csv:12: what" for each that is faulty.
std::vector<std::string> check_points_catalogue(std::string_view csv);
/// Adopts a catalogue, all or nothing: with faulty rows nothing changes and they are returned. The first one counts at once, a changed one
/// from `from` on. Entries keep the version under which they were earned.
std::vector<std::string> import_catalogue(Database& db, std::string_view csv, governance::Instant from);
/// Version of the catalogue adopted last, from 1.
int catalogue_version(Database& db);
/// Every edition that was adopted, each item with its version. Errors: std::runtime_error naming the faulty row.
governance::Catalogue load_catalogue(Database& db);

} // namespace storage
