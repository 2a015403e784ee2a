#pragma once

#include "perform/scene.hpp"

namespace commands {

/// Arms the jobs that recur whatever happens, where they are not armed yet.
void arm_standing_jobs(Scene const& scene);
/// Takes the job that is due first, at `until` at the latest, and does it at its own time; false when none is due. `machine_now` is the
/// machine's clock, for rows that the transport stamped.
bool fire_job(storage::Database& db, World const& world, governance::Instant until, governance::Instant machine_now);

} // namespace commands
