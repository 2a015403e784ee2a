#pragma once

#include "perform/scene.hpp"

#include <string>

/// Steps of grid reports.
namespace commands {

/// A timer of a report came due. Nothing happens when the report has moved on.
void fire_report_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer,
                       int percent);

} // namespace commands
