#pragma once

#include "governance/report.hpp"
#include "perform/turn.hpp"
#include "storage/step_document.hpp"

#include <string>
#include <string_view>

namespace commands {

/// Puts what a case.action message said where its trigger wants it; what is missing and has a default gets it.
void fill_case_input(Turn const& turn, reader::Reading const& reading, governance::Case const& report, storage::PendingStep& step);
/// Adds the value of one item that was asked for. False when it cannot be read.
bool add_case_value(Turn const& turn, storage::PendingStep& step, std::string_view text);
/// The settings in words, for the second person.
std::string case_settings_text(governance::workflow::StepInput const& input);
/// Id of the department or unit that the words name; empty when none.
std::string unit_named(Scene const& scene, std::string_view words);

} // namespace commands
