#pragma once

#include "governance/report.hpp"
#include "perform/turn.hpp"

#include <optional>
#include <string_view>

/// Which report a number means. Numbers run per community; staff of the street and people who reported elsewhere have several.
namespace commands {

/// The report that the reading's number means for this writer; else says that there is none. Confidential ones do not exist for others.
std::optional<governance::Case> named_report(Turn& turn, reader::Reading const& reading, std::string_view argument = "ref_no");
/// The same without saying anything.
std::optional<governance::Case> find_report(Turn const& turn, governance::RefNo no);

} // namespace commands
