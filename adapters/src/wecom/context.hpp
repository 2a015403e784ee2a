#pragma once

#include "adapters/chat/channel.hpp"
#include "wecom/card.hpp"
#include "wecom/inbound.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Reading back what a decoder remembered.
namespace adapters::wecom {

/// Empty where it was not remembered.
std::string value_of(chat::ReplyContext const& context, std::string_view name);
/// 0 where it was not remembered.
std::int64_t number_of(chat::ReplyContext const& context, std::string_view name);
/// The click that is answered, with the text that took the place of the buttons.
Clicked clicked_of(chat::ReplyContext const& context, std::string_view text);

} // namespace adapters::wecom
