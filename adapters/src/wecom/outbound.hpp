#pragma once

#include "adapters/chat/channel.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Writing of what WeCom receives, before encryption and after it. Every function is pure.
namespace adapters::wecom {

inline constexpr std::size_t kTextLimitBytes = 2048;     ///< text of an app and passive text
inline constexpr std::size_t kMarkdownLimitBytes = 4096; ///< of a group robot
inline constexpr std::size_t kStreamLimitBytes = 20480;  ///< stream and late markdown of a smart robot

/// What a passive answer says, and what it cannot say here.
struct Passive {
    std::string plain; ///< before encryption; empty: the empty acknowledgement
    chat::Reply left;
};

Passive app_reply(chat::ReplyContext const& context, std::string_view corp_id, chat::Reply const& reply);
Passive robot_reply(chat::ReplyContext const& context, chat::Reply const& reply);

/// Ends a stream that nobody here knows, so that the client stops asking (wecom.md 3A.6).
std::string stream_apology(std::string_view stream_id);

/// Bodies of API calls. Nothing where there is nothing to say. Equal messages give equal bytes: WeCom's duplicate check compares them.
std::optional<std::string> app_message(chat::Outbound const& message, std::int64_t agent_id);
std::optional<std::string> app_card_update(chat::Outbound const& message, std::int64_t agent_id, std::string_view response_code);
std::optional<std::string> group_message(chat::Outbound const& message);
std::optional<std::string> late_robot_message(chat::Outbound const& message);

/// Text of a message without its card.
std::string said_in_words(std::string const& text, std::optional<chat::Card> const& card);

} // namespace adapters::wecom
