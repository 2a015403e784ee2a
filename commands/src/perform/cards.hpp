#pragma once

#include "governance/proposal.hpp"
#include "perform/context.hpp"
#include "perform/turn.hpp"

namespace commands {

/// The card on which an open vote can be answered; `occasion` makes its id fresh.
adapters::chat::Card vote_card(Scene const& scene, governance::Proposal const& proposal, std::string const& occasion);
/// Somebody pressed a button or submitted a choice on one of our cards.
void answer_card(Turn& turn, Board& board);

} // namespace commands
