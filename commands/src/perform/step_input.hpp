#pragma once

#include "commands/reader/step_lines.hpp"
#include "governance/proposal.hpp"
#include "governance/workflow/request.hpp"
#include "perform/scene.hpp"

#include <string>
#include <string_view>

namespace commands {

/// Settings of labelled lines as typed values, added to `input`. Lines that cannot be read are left out, so that they are asked for.
void apply_lines(Scene const& scene, governance::Proposal const& proposal, reader::StepLines const& lines,
                 governance::workflow::StepInput& input);
/// Settings that have a default (domain.md 4.6), where none was given.
void apply_defaults(Scene const& scene, governance::Proposal const& proposal, std::string const& trigger,
                    governance::workflow::StepInput& input);
/// The settings in words, for the second person.
std::string settings_text(Scene const& scene, std::string const& trigger, governance::workflow::StepInput const& input);
/// Key of the word table `table` ("mode", "reject_reason", ...) whose words stand in `text`; empty when none does.
std::string key_of_words(Scene const& scene, std::string_view table, std::string_view text);

} // namespace commands
