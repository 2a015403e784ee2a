#pragma once

#include "governance/report.hpp"
#include "perform/steps.hpp"

#include <string>

/// Steps of grid reports: gathers what the rules need from the books, asks them, and writes what follows.
namespace commands {

using CaseStep = governance::workflow::Step<governance::Case>;

/// Performs a step and everything that follows from it in this unit of work: the report, timers, journal, notices, joined reporters.
/// Returns what was decided; a refusal has changed nothing.
governance::result<CaseStep> perform_case(Scene const& scene, governance::Case const& before, StepCall const& call);

/// A timer of a report came due. Nothing happens when the report has moved on.
void fire_report_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer,
                       int percent);

/// True when `report` lies at the place of `other` as far as both say it.
bool same_place(Scene const& scene, governance::Case const& report, governance::Case const& other);

} // namespace commands
