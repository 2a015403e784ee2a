#pragma once

#include "perform/points_steps.hpp"

namespace commands {

/// Tells whom a step of an entry concerns, and who has to act next. The quarter's publication is announced once for all entries, not here.
void notify_points(Scene const& scene, governance::PointsEntry const& before, PointsStep const& step, std::string const& occasion);

} // namespace commands
