#pragma once

#include "governance/points.hpp"
#include "perform/scene.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The points book in words, and words as items of the catalogue.
namespace commands {

/// "P12".
std::string record_text(governance::RefNo no);
/// The number of "P12" or "12"; 0 when it is none.
governance::RefNo record_from(std::string_view text);
/// "+2", "-1".
std::string delta_text(governance::Points points);
/// The item's title as people know it, or its code where the catalogue no longer has it.
std::string item_text(Scene const& scene, std::string const& code);
/// The catalogue item that words mean, for one of `types`, a gain or a deduction; null when none does. A code in the words wins.
governance::CatalogueItem const* item_in(Scene const& scene, std::string_view words, std::vector<governance::SubjectType> const& types,
                                         bool deduction);
/// Local month of a moment.
std::chrono::year_month month_of(Scene const& scene, governance::Instant at);
/// First and last month of the quarter that a month lies in.
std::pair<std::chrono::year_month, std::chrono::year_month> quarter_of(std::chrono::year_month month);
/// "2026年第二季度".
std::string quarter_text(std::chrono::year_month month);

} // namespace commands
