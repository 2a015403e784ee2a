#pragma once

#include "perform/scene.hpp"
#include "storage/jobs.hpp"

/// Ranking announcements on schedule.
namespace commands {

/// Arms the next announcement of every community where none is armed.
void arm_rankings(Scene const& scene);
/// Announces and arms the next.
void fire_ranking(Scene const& scene, storage::Job const& job);

} // namespace commands
