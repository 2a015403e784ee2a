#pragma once

#include "perform/turn.hpp"
#include "storage/matters.hpp"
#include "storage/step_document.hpp"

#include <optional>
#include <string>

/// Steps that wait: for a missing item of the one who began them, or for a second person. The same for every procedure.
namespace commands {

/// What the texts about a waiting step need of its matter.
struct StepMatter {
    governance::CommunityId community;
    governance::RefNo no;
    std::string shown_no; ///< "12", "P12"
    std::string title;    ///< may be shown to everybody who may do the step
    governance::UnitId scope;
    governance::PersonId author;
};

/// Keeps the step and asks its author for one item.
void ask_item(Turn& turn, storage::PendingStep step, std::string const& item);
/// Keeps the step with `step.shown` and asks everybody who may be the second; `words` are the actor words joined by '|'.
void ask_second(Turn& turn, StepMatter const& matter, storage::PendingStep step, std::string const& words);
/// The same step on the same matter that another person began and that waits for this writer.
std::optional<storage::Draft> waiting_for(Turn const& turn, storage::PendingStep const& step);
/// True when both were given the same settings.
bool same_settings(storage::PendingStep const& a, storage::PendingStep const& b);
/// A second person said no: the step is dropped and its author told.
void decline_step(Turn& turn, StepMatter const& matter, storage::PendingStep const& step);
/// The step was taken: nobody is asked any more.
void forget_waiting(Scene const& scene, storage::PendingStep const& step);
/// Pictures that came with the message.
int pictures_in(Turn const& turn);

} // namespace commands
