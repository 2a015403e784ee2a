#pragma once

#include <chrono>

namespace governance {

/// A moment, UTC, in microseconds. The community's zone applies only in deadline rules and wording.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

} // namespace governance
