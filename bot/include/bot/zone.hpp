#pragma once

#include "governance/calendar.hpp"

#include <string>

namespace bot {

/// A zone of the system's time zone data as a value, with its changes from 1970 to 2100.
/// Errors: std::runtime_error for an unknown name.
governance::Zone system_zone(std::string const& name);

} // namespace bot
