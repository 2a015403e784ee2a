#pragma once

#include "governance/proposal.hpp"
#include "perform/turn.hpp"

#include <string>

/// Signed consensus (consensus_multi_party): every named party answers a card of its own (domain.md 4.6, row 17).
namespace commands {

/// Sends each named party its card; tells the writer which of them cannot be reached.
void ask_signatures(Turn& turn, governance::Proposal const& proposal);
/// A party answered; returns what its card says from now on.
std::string answer_signature(Turn& turn, governance::CommunityId const& community, governance::RefNo no, std::size_t party, bool agrees);

} // namespace commands
