#pragma once

#include "governance/time.hpp"

#include <cstdint>

namespace storage {

/// Times are stored as UTC microseconds.
inline std::int64_t micros(governance::Instant at)
{
    return at.time_since_epoch().count();
}

inline governance::Instant instant(std::int64_t micros_since_epoch)
{
    return governance::Instant(std::chrono::microseconds(micros_since_epoch));
}

} // namespace storage
