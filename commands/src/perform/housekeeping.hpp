#pragma once

#include "perform/scene.hpp"
#include "storage/jobs.hpp"

/// What the books forget: rows that only served the transport. Source: docs/decisions/0011-what-is-forgotten.md.
namespace commands {

inline constexpr std::string_view kHousekeepingJob = "housekeeping";

/// Arms the nightly job where it is not armed yet.
void arm_housekeeping(Scene const& scene);
/// Deletes one portion of each kind of row that is old enough, and arms the job again: soon while there is more, else for the next night.
/// `machine_now` rules what was stamped by the machine's clock (the inbox), `scene.now` what was stamped in procedure time.
void keep_house(Scene const& scene, governance::Instant machine_now);

} // namespace commands
