#pragma once

#include "perform/proposal_steps.hpp"
#include "storage/people.hpp"

#include <string>
#include <vector>

/// What the rules ask the books for.
namespace commands {

/// Everything that a guard of this trigger may want to know.
governance::workflow::Facts proposal_facts(Scene const& scene, governance::Proposal const& before, StepCall const& call);
/// Households on the roll within a scope.
std::vector<storage::Household> roll(Scene const& scene, governance::UnitId const& scope);
/// The units that have a ballot in a mode: households of the roll, or the members of both committees.
std::vector<std::string> electors(Scene const& scene, governance::Proposal const& proposal, governance::ResolutionMode mode);
/// An open proposal of the same scope whose text is at least 80 % alike; of `author` only when that is not empty.
governance::RefNo similar_open(Scene const& scene, governance::Proposal const& proposal, governance::PersonId const& author);

} // namespace commands
