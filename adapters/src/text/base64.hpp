#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adapters::text {

/// Standard base64 with padding.
std::string base64_encode(std::string_view bytes);

/// Standard base64, strict: a length that is a multiple of four, no other characters, padding only at the end. Spare bits of the last
/// group are ignored. Nothing where it is malformed.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace adapters::text
