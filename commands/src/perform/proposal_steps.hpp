#pragma once

#include "governance/five_talks.hpp"
#include "governance/permissions.hpp"
#include "perform/announce.hpp"
#include "perform/scene.hpp"

#include <string>
#include <vector>

/// Steps of proposals: gathers what the rules need from the books, asks them, and writes what follows.
namespace commands {

/// An actor as the workflow sees them for a matter lying in `place`.
governance::workflow::Actor workflow_actor(Scene const& scene, governance::Actor const& actor, governance::UnitId const& place);

struct StepCall {
    std::string trigger;
    governance::workflow::Actor actor;
    std::vector<governance::workflow::Actor> concurring;
    governance::workflow::StepInput input;
};

/// Performs a step and everything that follows from it in this unit of work: the matter, timers, journal, notices, follow-ups. Returns what
/// was decided; a refusal has changed nothing.
governance::result<governance::workflow::Step<governance::Proposal>> perform_step(Scene const& scene, governance::Proposal const& before,
                                                                                  StepCall const& call);

/// A timer of a proposal came due. Nothing happens when the matter has moved on.
void fire_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer, int percent);

/// The definition a proposal runs on. Errors: std::logic_error when the store lost it.
governance::workflow::Definition const& definition_of(Scene const& scene, governance::Matter const& matter);
/// Households of a scope as legal counts want them: declared, or the rows of its roll when nothing is declared.
std::int64_t households_in(Scene const& scene, governance::UnitId const& scope);
/// Size class of a scope.
governance::ScopeKind scope_kind(Scene const& scene, governance::UnitId const& scope);
/// True for a state that is no end.
bool is_live(Scene const& scene, governance::Matter const& matter);

} // namespace commands
