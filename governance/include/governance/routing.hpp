#pragma once

#include "governance/sla.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Who is first in charge of which kind of report. Source: domain.md 8.1; figures in routing.csv of the district.
namespace governance {

enum class HandlerLevel { grid, community, department };
[[nodiscard]] char const* name(HandlerLevel level);
[[nodiscard]] std::optional<HandlerLevel> parse_handler_level(std::string const& text);

struct RoutingEntry {
    std::string category;
    std::string subcategory;
    std::string title; ///< Chinese name, for wording
    HandlerLevel first_level = HandlerLevel::grid;
    std::string primary_department; ///< id, or "GRID"
    std::string co_department;      ///< may be empty
    Urgency urgency = Urgency::normal;
    bool confidential = false;
    std::string fallback_without_property; ///< group that takes it where an estate has no property company; may be empty
    std::vector<std::string> emergency_numbers;
};

struct RoutingTable {
    std::map<std::pair<std::string, std::string>, RoutingEntry> entries; ///< by (category, subcategory)
    /// The entry, else other/unknown; null when neither is there.
    [[nodiscard]] RoutingEntry const* find(std::string const& category, std::string const& subcategory) const;
};
/// One line of routing.csv, column name to cell. On failure the name of the faulty column is in `fault`.
[[nodiscard]] std::optional<RoutingEntry> parse_routing_row(std::map<std::string, std::string> const& cells, std::string& fault);

/// Who handles and who checks a case of the grid: worker and leader, or leader and a committee member.
struct GridDuty {
    std::optional<std::string> handler; ///< person id
    std::vector<std::string> checkers;  ///< person ids, none of them the handler
};
[[nodiscard]] GridDuty grid_duty(std::vector<std::string> const& workers, std::vector<std::string> const& leaders,
                                 std::vector<std::string> const& committee);

} // namespace governance
