#pragma once

#include "governance/proposal.hpp"
#include "perform/scene.hpp"

/// What a matter starts in the other procedures.
namespace commands {

/// Opens the matter that a proposal is transferred to ("report" and so on) with its text and a link back; its number. An empty number when
/// the other procedure begins outside the service.
governance::RefNo open_transferred(Scene const& scene, governance::Proposal const& proposal, std::string const& target_kind);

/// Declares points for the author of a matter under a catalogue code; `words` chooses the sentences about why ("award", "reward"). Nothing
/// when the catalogue has no such item or the author lives in no household.
void award_points(Scene const& scene, governance::Matter const& matter, std::string const& code, std::string const& words);

} // namespace commands
