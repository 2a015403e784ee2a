#include "bot/pace.hpp"

#include <algorithm>
#include <cstdint>

namespace bot {

Pace Pace::of(int per_minute)
{
    if (per_minute <= 0)
        return {};
    auto const burst = std::max(1, per_minute / 4);
    auto const evenly = std::max(1, per_minute - burst);
    return {std::chrono::microseconds((60'000'000 + evenly - 1) / evenly), burst};
}

governance::Instant Pace::next(governance::Instant paid_until) const
{
    return paid_until - interval * (burst - 1);
}

governance::Instant Pace::pay(governance::Instant paid_until, governance::Instant now) const
{
    return std::max(paid_until, now) + interval;
}

std::chrono::microseconds back_off(int attempt, std::chrono::microseconds first, std::chrono::microseconds longest, double chance)
{
    auto wait = first;
    for (int i = 1; i < attempt && wait < longest; ++i)
        wait *= 2;
    wait = std::min(wait, longest);
    return std::chrono::microseconds(static_cast<std::int64_t>(static_cast<double>(wait.count()) * (0.5 + chance)));
}

} // namespace bot
