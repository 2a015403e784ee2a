#pragma once

#include "perform/turn.hpp"
#include "storage/step_document.hpp"

/// Official steps (domain.md 4.6): from words to settings, the second person, what is missing.
namespace commands {

/// review.decide, stage.advance and progress.update on a proposal.
void perform_official(Turn& turn, reader::Reading const& reading);
/// Takes the step as far as it goes: performs it, asks for the next missing item, or sends it to a second person.
void run_official(Turn& turn, storage::PendingStep step);
/// A second person agreed or declined.
void second_answer(Turn& turn, storage::PendingStep const& step, bool agrees);
/// Adds the value of one item, as its own message gave it. False when it cannot be read.
bool add_item(Turn const& turn, storage::PendingStep& step, std::string_view text);

} // namespace commands
