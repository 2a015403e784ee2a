#pragma once

#include "governance/report.hpp"
#include "governance/workflow/request.hpp"
#include "perform/scene.hpp"
#include "storage/people.hpp"

#include <string>
#include <vector>

/// Who handles, checks and hears of a report. Source: domain.md 2.6, 8.3, 13.2.
namespace commands {

/// Worker and leader of the grid that the report lies in, or leader and committee.
governance::GridDuty duty_of(Scene const& scene, governance::Case const& report);
/// Leaders of the grid that the report lies in; the committee where there is none.
std::vector<governance::PersonId> leaders_of(Scene const& scene, governance::Case const& report);
/// Holders of a role at a place or above it, the nearest first.
std::vector<governance::PersonId> holders_above(Scene const& scene, std::string_view role, governance::UnitId const& place);
/// Those who may do the usual next step of the report's state.
std::vector<governance::PersonId> next_people(Scene const& scene, governance::Case const& report);
/// Whom an alarm about a danger that nobody took calls: who may take it, the grid's leaders, and the people of the level it has reached.
std::vector<governance::PersonId> alarm_people(Scene const& scene, governance::Case const& report, governance::CaseLevel level);
/// The reporter and those who joined.
std::vector<governance::PersonId> reporters(governance::Case const& report);

/// True for the only people who may see a confidential report besides its reporter.
bool handles_integrity(Scene const& scene, governance::PersonId const& person);
/// Those of the office of a confidential report who may check what its handler did; none where the office is one person.
std::vector<governance::PersonId> office_checkers(Scene const& scene, governance::Case const& report);
/// True when the check of the report falls to who reported it: nobody else may know of it. Source: domain.md 2.6.
bool reporter_checks(Scene const& scene, governance::Case const& report);
/// True when the report must not be known to exist by this person.
bool hidden_from(Scene const& scene, governance::Case const& report, governance::Actor const& actor);

/// The actor as the workflow of this report sees them: nobody but the integrity handlers and its reporter act on a confidential one.
governance::workflow::Actor case_actor(Scene const& scene, governance::Case const& report, governance::Actor const& actor);

/// Groups of the level that a silent deadline is told to: the committees' work group, or the street's dispatch group.
std::vector<storage::Group> level_groups(Scene const& scene, governance::Case const& report, std::string const& level);
/// The dispatch groups of the street.
std::vector<storage::Group> dispatch_groups(Scene const& scene, governance::Case const& report);

} // namespace commands
