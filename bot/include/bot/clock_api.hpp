#pragma once

#include "bot/procedure_clock.hpp"
#include "bot/router.hpp"
#include "bot/scheduler.hpp"

#include <string>

namespace bot {

/// Adds GET and POST /api/v1/playground/clock. Only for a service whose playground is enabled. Source: design.md 3, "HTTP".
void add_clock_api(Router& router, ProcedureClock const& clock, Scheduler& scheduler);

/// "2026-07-01T01:00:00Z", cut to the second.
std::string iso_time(governance::Instant at);

} // namespace bot
