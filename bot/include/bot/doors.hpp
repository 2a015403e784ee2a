#pragma once

#include "bot/channels.hpp"
#include "commands/recipients.hpp"
#include "storage/outbox.hpp"

#include <string>
#include <variant>

namespace bot {

/// Where a message leaves: the channel, and whom it names there. Exactly one of `user_id`, `chat_id` and `reply_handle` is set, none of
/// them for a channel tied to one group.
struct Door {
    adapters::chat::Channel* channel = nullptr;
    std::string user_id;
    std::string chat_id;
    std::string reply_handle;
};

/// Why a message cannot leave, in words for the console, without personal data.
struct NoDoor {
    std::string missing;
};

/// Finds the door of a message. A person: a channel of one of the person's accounts that can speak first to a person, the one last used
/// before others, then the preferred one. A group: the channel tied to it. Source: design.md 2, "Identity".
std::variant<Door, NoDoor> find_door(ChannelSet const& channels, commands::RecipientDirectory const& directory, storage::Database& db,
                                     storage::OutboxMessage const& message);

} // namespace bot
