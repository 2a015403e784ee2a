#pragma once

#include "governance/points.hpp"
#include "perform/pending_steps.hpp"
#include "perform/steps.hpp"

#include <string>
#include <vector>

/// Steps of points entries: gathers what the rules need from the books, asks them, and writes what follows.
namespace commands {

inline constexpr std::string_view kAuditIntent = "points.audit";

using PointsStep = governance::workflow::Step<governance::PointsEntry>;

/// Performs a step and everything that follows from it in this unit of work: the entry, its reversal, timers, ledger, notices.
governance::result<PointsStep> perform_points(Scene const& scene, governance::PointsEntry const& before, StepCall const& call);
/// A timer of an entry came due. Nothing happens when the entry has moved on.
void fire_points_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer,
                       int percent);

/// A new entry of the procedure in force, without a number.
governance::PointsEntry new_entry(Scene const& scene, governance::CommunityId const& community);
/// The actor as the workflow of this entry sees them.
governance::workflow::Actor points_actor(Scene const& scene, governance::PointsEntry const& entry, governance::Actor const& actor);
/// The people an entry concerns: the resident, an adult of the household, the grid's leader, the village's secretary.
std::vector<governance::PersonId> subject_people(Scene const& scene, governance::PointsEntry const& entry);

/// Takes an auditing step as far as it goes: performs it, asks for the next missing item, or sends it to a second person.
void run_points_step(Turn& turn, storage::PendingStep step);
/// Adds the value of one item, as its own message gave it. False when it cannot be read.
bool add_points_item(Turn const& turn, storage::PendingStep& step, std::string_view text);
/// What a waiting step is about; nothing when it is gone.
std::optional<StepMatter> points_matter(Scene const& scene, storage::PendingStep const& step);

} // namespace commands
