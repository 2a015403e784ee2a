#pragma once

#include "adapters/chat/channel.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// Reading of what WeCom sends, after decryption and before it.
namespace adapters::wecom {

/// Largest callback body that is looked at. Source: design.md 3 (webhooks 256 KiB).
inline constexpr std::size_t kMaxBodyBytes = 256 * 1024;
/// Longest text of an event, bytes; what is beyond is cut off. Source: chat::Event::text.
inline constexpr std::size_t kMaxTextBytes = 64 * 1024;

/// The ciphertext of a callback body, which is `<xml><Encrypt>…` or `{"encrypt":"…"}`. Nothing where it is malformed, nested oddly or
/// names the field twice.
std::optional<std::string> encrypt_of_xml(std::string_view body);
std::optional<std::string> encrypt_of_json(std::string_view body);

/// Names that decoders give the values of a ReplyContext.
namespace context {
inline constexpr std::string_view kNonce = "nonce";     ///< of the request
inline constexpr std::string_view kTime = "time";       ///< seconds, when the request came
inline constexpr std::string_view kPurpose = "purpose"; ///< one of the below
inline constexpr std::string_view kUser = "user";       ///< as the platform writes it
inline constexpr std::string_view kTask = "task";       ///< id of the clicked card
inline constexpr std::string_view kKey = "key";         ///< of the clicked button
inline constexpr std::string_view kPicked = "picked";   ///< chosen option ids, a line feed after each
inline constexpr std::string_view kStream = "stream";   ///< id of the stream that answers a robot's message
inline constexpr std::string_view kMessage = "message"; ///< purpose: text answers
inline constexpr std::string_view kEntered = "entered"; ///< purpose: a welcome answers
inline constexpr std::string_view kClick = "click";     ///< purpose: a changed card answers
inline constexpr std::string_view kNothing = "nothing"; ///< purpose: only the empty acknowledgement answers
} // namespace context

/// A poll for more of a robot's streamed answer.
struct StreamPoll {
    std::string id;
};

/// Decodes the XML of an app's callback. Event::channel and account stay empty, they are the channel's to fill. Nothing where it is
/// malformed; an unknown kind is a genuine event to ignore.
std::optional<chat::Received> decode_app(std::string_view plain);

/// Decodes the JSON of a smart robot's callback, likewise.
std::optional<std::variant<chat::Received, StreamPoll>> decode_robot(std::string_view plain);

} // namespace adapters::wecom
