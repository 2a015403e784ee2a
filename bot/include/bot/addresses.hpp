#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bot {

/// What an outbox row of RecipientKind::handle leads to: an answer that came too late for its response, addressed through the channel
/// of its event, where no roll is asked.
struct DirectAddress {
    enum class Kind {
        reply, ///< one-time handle of the event
        user,  ///< external id of a person on the channel's account
        chat,  ///< external id of a group on the channel's account
    };
    Kind kind = Kind::reply;
    std::string id;
};

/// As the outbox row holds it: "reply:…", "user:…", "chat:…".
std::string encode_address(DirectAddress const& address);
std::optional<DirectAddress> decode_address(std::string_view text);

} // namespace bot
