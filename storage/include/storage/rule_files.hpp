#pragma once

#include "governance/notices.hpp"
#include "governance/points.hpp"
#include "governance/routing.hpp"
#include "governance/sla.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The tables of a district that rules are fed with, from their files. Errors: std::runtime_error naming file, line and column.
namespace storage {

/// Notices from the text of a notices.json.
governance::NoticeCatalogue read_notices(std::string_view text);
governance::RoutingTable read_routing(std::string_view csv);
governance::SlaTable read_sla(std::string_view csv);
/// Items of the points catalogue by code.
std::map<std::string, governance::CatalogueItem> read_points_catalogue(std::string_view csv);

} // namespace storage
