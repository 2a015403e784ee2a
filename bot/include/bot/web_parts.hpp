#pragma once

#include "bot/parts.hpp"

namespace bot {

/// Adds what people look at: public pages and API, and, where the configuration enables it, the playground with its channel.
void add_web(Parts& parts);

} // namespace bot
