#pragma once

#include "governance/proposal.hpp"
#include "perform/scene.hpp"

/// What a proposal starts in the other procedures.
namespace commands {

/// Opens the matter that a proposal is transferred to ("report" and so on) with its text and a link back; its number. An empty number when
/// the other procedure begins outside the service.
governance::RefNo open_transferred(Scene const& scene, governance::Proposal const& proposal, std::string const& target_kind);

/// Declares points for the author of a proposal under a catalogue code. Nothing when the catalogue has no such item.
void award_points(Scene const& scene, governance::Proposal const& proposal, std::string const& code);

} // namespace commands
