#pragma once

#include "governance/matter.hpp"
#include "governance/permissions.hpp"
#include "governance/workflow/definition.hpp"
#include "governance/workflow/request.hpp"
#include "governance/workflow/step.hpp"
#include "perform/scene.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the steps of every procedure share: who asks, the definition, timers, the journal.
namespace commands {

/// One step asked for.
struct StepCall {
    std::string trigger;
    governance::workflow::Actor actor;
    std::vector<governance::workflow::Actor> concurring;
    governance::workflow::StepInput input;
};

/// An actor as the workflow sees them for a matter lying in `place`.
governance::workflow::Actor workflow_actor(Scene const& scene, governance::Actor const& actor, governance::UnitId const& place);

/// The definition a matter runs on. Errors: std::logic_error when the store lost it.
governance::workflow::Definition const& definition_of(Scene const& scene, governance::Matter const& matter);
/// True for a state that is no end.
bool is_live(Scene const& scene, governance::Matter const& matter);
/// Chinese name of the state that the matter is in.
std::string state_title(Scene const& scene, governance::Matter const& matter);
/// The trigger that a timer of a state performs; empty when it performs none.
std::string timer_trigger(governance::workflow::Definition const& definition, std::string const& state, std::string const& timer);

/// Whose timers: the community and what all their keys begin with, as "m/12/".
struct TimerOwner {
    governance::CommunityId community;
    std::string prefix;
};
TimerOwner timers_of(governance::Matter const& matter);
void arm_timers(Scene const& scene, TimerOwner const& owner, std::vector<governance::workflow::TimerFiring> const& firings);
void cancel_timers(Scene const& scene, TimerOwner const& owner, std::vector<std::string> const& timers);

/// Enters a step into the journal: what happened without persons, who did it and with which settings privately. Returns the entry's
/// number, which tells this announcing from any other.
std::int64_t journal_step(Scene const& scene, std::string_view kind, governance::Matter const& before, governance::Matter const& after,
                          std::string const& transition, StepCall const& call);

} // namespace commands
