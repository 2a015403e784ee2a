#pragma once

#include "adapters/chat/message.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Messages as the store keeps them: the reply of an event beside its id, the payload of an outbox row.
namespace adapters::chat {

/// JSON with the fields that are not empty; "" for an empty reply. An outbox row holds a Reply without `update`.
std::string encode_reply(Reply const& reply);

/// Reads what encode_reply() wrote, in this or an earlier version; nothing when it cannot be read. "" is the empty reply.
std::optional<Reply> decode_reply(std::string_view stored);

} // namespace adapters::chat
