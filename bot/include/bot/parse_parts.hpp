#pragma once

#include "bot/parts.hpp"

namespace bot {

/// `yiqi parse` with the names and permissions of the store where there is one, else of the demo district that comes with the program.
int parse_utterances(std::istream& in, std::ostream& out, storage::Store* store, Setting const& setting);

} // namespace bot
