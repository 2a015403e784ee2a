#pragma once

#include "adapters/playground/playground.hpp"

namespace adapters::playground {

/// Reads what encode() wrote; nothing for anything else.
std::optional<Message> decode(std::string_view body);

} // namespace adapters::playground
