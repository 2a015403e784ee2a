#pragma once

#include "perform/pending_steps.hpp"

/// Official steps of reports (domain.md 8.3).
namespace commands {

inline constexpr std::string_view kCaseIntent = "case.action";

/// Takes the step as far as it goes: performs it, asks for the next missing item, or sends it to a second person.
void run_case_step(Turn& turn, storage::PendingStep step);
/// Adds the value of one item, as its own message gave it. False when it cannot be read.
bool add_case_item(Turn const& turn, storage::PendingStep& step, std::string_view text);
/// The report a step is about; nothing when it is gone.
std::optional<StepMatter> case_matter(Scene const& scene, storage::PendingStep const& step);

} // namespace commands
