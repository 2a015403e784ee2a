#pragma once

#include "perform/turn.hpp"
#include "storage/matters.hpp"
#include "storage/step_document.hpp"

#include <chrono>
#include <optional>
#include <string>

/// What waits for an answer of the writer: confirmations, missing parts, the second person's yes. Drafts live 24 hours (domain.md 15.1).
namespace commands {

inline constexpr std::chrono::hours kDraftLife{24};
inline constexpr std::string_view kDraftText = "text";     ///< a message that waits for a yes or a missing part
inline constexpr std::string_view kDraftItem = "item";     ///< an official step that waits for one item from who began it
inline constexpr std::string_view kDraftSecond = "second"; ///< an official step that waits for a second person

/// What the reader must know of the newest draft of the writer.
std::optional<reader::PendingQuestion> pending_question(Turn const& turn);

/// Keeps the message as a draft and asks the writer to confirm it.
void ask_confirmation(Turn& turn, reader::Reading const& reading);
/// Keeps the message as a draft and asks for what is missing.
void ask_missing(Turn& turn, reader::Reading const& reading);

/// The writer answered yes, no or a number.
void answer_draft(Turn& turn, reader::Reading const& reading);
/// The message is the value of what was asked for; false when nothing waits for one.
bool fill_draft(Turn& turn, storage::Draft const& draft);

} // namespace commands
