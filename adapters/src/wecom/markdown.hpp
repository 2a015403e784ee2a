#pragma once

#include "adapters/chat/message.hpp"

#include <string>
#include <string_view>

namespace adapters::wecom {

/// Plain text as markdown that shows the same and does nothing: no mention (`<@user>`), link, font, heading or emphasis comes out of what
/// somebody typed. WeCom documents no escape character, so the characters that begin such things become their full-width twins.
std::string escape_markdown(std::string_view plain);

/// Plain text for text messages, where WeCom follows `<a href>`: such a tag becomes visible text.
std::string escape_text(std::string_view plain);

/// A card for a group robot, which shows no buttons: title in bold, body, facts, link; a card that asks for an answer comes out as its
/// fallback, which says how to answer in words. At most `limit_bytes`.
std::string card_markdown(chat::Card const& card, std::size_t limit_bytes);

/// Whether `url` is absolute http or https, at most 1024 bytes (errcode 40039), without blanks, control characters or markup.
bool is_link(std::string_view url);

} // namespace adapters::wecom
