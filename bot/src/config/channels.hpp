#pragma once

#include "reader.hpp"

#include "bot/config.hpp"

#include <vector>

namespace bot::config {

/// Reads every `[[channels]]` entry and works out the accounts. `playground` tells whether the playground is enabled.
std::vector<ChannelConfig> read_channels(toml::node const& channels, bool playground, Complaints& complaints,
                                         Surroundings const& surroundings);

} // namespace bot::config
