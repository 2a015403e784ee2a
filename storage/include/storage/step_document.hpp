#pragma once

#include "governance/ids.hpp"
#include "governance/workflow/request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What waits in drafts, as text of the store.
namespace storage {

/// An official step that waits: for a missing item, or for a second person.
struct PendingStep {
    governance::CommunityId community;
    governance::RefNo no;
    std::string trigger;
    std::string intent;                          ///< whose permission it needs
    std::string deciding;                        ///< the intent's deciding argument
    governance::PersonId by;                     ///< who began it
    std::vector<governance::PersonId> concurred; ///< who agreed so far
    governance::workflow::StepInput input;       ///< exactly these settings
    std::string shown;                           ///< the settings in words, as shown to the second person
    std::string item;                            ///< the missing item that is being asked for; empty when a second person is
};

/// A message that waits for a yes, a choice or a missing part.
struct PendingText {
    std::string text;               ///< as written
    std::string group;              ///< id of the group it was written in; empty: privately
    std::string intent;             ///< dotted name
    std::string missing;            ///< what was asked for; empty for a confirmation
    std::vector<std::int64_t> refs; ///< the numbers to pick from, where a number was asked for
};

std::string write_pending_step(PendingStep const& step);
std::optional<PendingStep> read_pending_step(std::string_view text);
std::string write_pending_text(PendingText const& text);
std::optional<PendingText> read_pending_text(std::string_view text);
/// JSON of the settings alone, for the journal.
std::string write_step_input(governance::workflow::StepInput const& input);

} // namespace storage
