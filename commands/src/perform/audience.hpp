#pragma once

#include "governance/five_talks.hpp"
#include "perform/scene.hpp"

#include <vector>

namespace commands {

/// The people that a notice's audience words mean for a proposal, each once.
std::vector<governance::PersonId> audience(Scene const& scene, governance::Proposal const& proposal,
                                           governance::workflow::NoticeOrder const& order,
                                           std::vector<governance::workflow::Actor> const& concurring);
/// One adult of a household to write to: the head when adult, else the first adult.
governance::PersonId spokesperson(Scene const& scene, storage::Household const& household);

} // namespace commands
