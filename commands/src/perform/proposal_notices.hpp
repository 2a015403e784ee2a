#pragma once

#include "governance/five_talks.hpp"
#include "perform/scene.hpp"

/// What fills the notices of the five-discussion method.
namespace commands {

/// What a step knows besides the matter.
struct StepStory {
    governance::Proposal const& before;
    governance::Proposal const& after;
    std::string transition;
    governance::workflow::StepInput const& input;
    governance::RefNo other_no; ///< the new number that the step opened, or the master of a merge
};

Params proposal_params(Scene const& scene, StepStory const& story, governance::workflow::NoticeOrder const& order);
/// What has to be done next in a state, by whom, until when (N-B05); false when nobody official has to do anything.
bool due_step_params(Scene const& scene, governance::workflow::Definition const& definition, governance::Proposal const& proposal,
                     Params& params);
/// Requirement of the running round in words, as in "过半数户参加，参加户过半数同意".
std::string requirement_text(Scene const& scene, governance::VotingRound const& round);
/// Who may vote, in words.
std::string voters_text(Scene const& scene, governance::Proposal const& proposal, governance::VotingRound const& round);

} // namespace commands
