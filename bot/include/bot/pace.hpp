#pragma once

#include "governance/time.hpp"

#include <chrono>

namespace bot {

/// The generic cell rate algorithm: `burst` messages at once, then one every `interval`; in any window w at most burst + w / interval.
/// Source: ecosystem.md 4.2 rule 5. Times are machine time.
struct Pace {
    std::chrono::microseconds interval{0}; ///< 0: no limit
    int burst = 1;

    /// For a platform that takes `per_minute` messages in any minute: a quarter of them as burst, the rest evenly (20: 5, then every 4 s).
    static Pace of(int per_minute);
    /// When the next message may leave, `paid_until` being what earlier ones left behind; `now` or earlier: at once.
    [[nodiscard]] governance::Instant next(governance::Instant paid_until) const;
    /// What a message sent at `now` leaves behind.
    [[nodiscard]] governance::Instant pay(governance::Instant paid_until, governance::Instant now) const;
};

/// Time to wait after failure number `attempt` (from 1): doubled each time from `first` to `longest`, and up to half of it more or less by
/// `chance` (0 to 1), so that what failed together does not come back together.
std::chrono::microseconds back_off(int attempt, std::chrono::microseconds first, std::chrono::microseconds longest, double chance);

} // namespace bot
