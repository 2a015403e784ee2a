#pragma once

#include "adapters/chat/event.hpp"

#include <string>
#include <string_view>

/// Rules for single values that both kinds of callback share.
namespace adapters::wecom {

/// ASCII letters to lower case. WeCom matches user ids and event names without regard to case (wecom.md 4.9, 2.2).
std::string lower(std::string_view s);

/// Whether `s` can be an id: 1 to 128 bytes of UTF-8 without control characters.
bool is_id(std::string_view s);

/// A text as an event carries it: valid UTF-8 without control characters, cut at kMaxTextBytes.
std::string event_text(std::string_view s);

/// Seconds since 1970 as an instant; 0 for anything that is not a plausible time.
chat::Instant instant_of(std::string_view seconds);

/// De-duplication key: the platform's message id where there is one, else a hash of the whole decrypted body. "FromUserName + CreateTime"
/// of the documentation is too coarse: two events of one person in one second are two (wecom.md 1.6).
std::string dedup_key_of(std::string_view message_id, std::string_view body);

/// First 128 bits of SHA-256 in hex.
std::string digest_of(std::string_view bytes);

} // namespace adapters::wecom
