#pragma once

#include "governance/five_talks.hpp"
#include "perform/announce.hpp"
#include "perform/steps.hpp"

#include <string>

/// Steps of proposals: gathers what the rules need from the books, asks them, and writes what follows.
namespace commands {

/// Performs a step and everything that follows from it in this unit of work: the matter, timers, journal, notices, follow-ups. Returns what
/// was decided; a refusal has changed nothing.
governance::result<governance::workflow::Step<governance::Proposal>> perform_step(Scene const& scene, governance::Proposal const& before,
                                                                                  StepCall const& call);

/// A timer of a proposal came due. Nothing happens when the matter has moved on.
void fire_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer, int percent);

/// Households of a scope as legal counts want them: declared, or the rows of its roll when nothing is declared.
std::int64_t households_in(Scene const& scene, governance::UnitId const& scope);
/// Size class of a scope.
governance::ScopeKind scope_kind(Scene const& scene, governance::UnitId const& scope);

} // namespace commands
