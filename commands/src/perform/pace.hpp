#pragma once

#include "perform/turn.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace commands {

/// The abuse limit: 10 commands a person in 10 minutes of procedure time (domain.md 14.4). Danger to life is never limited. Kept in memory:
/// a restart forgives.
class Pace {
public:
    /// Counts the command; when it is one too many, tells the writer once how long to wait and answers false.
    bool allow(Turn& turn, reader::Reading const& reading);

private:
    static constexpr std::size_t kCommands = 10;
    /// The last commands of a person, in a ring: oldest at `first`.
    struct Recent {
        std::array<governance::Instant, kCommands> at{};
        std::uint8_t first = 0;
        std::uint8_t size = 0;
        bool told = false;
    };
    static constexpr std::size_t kForgetAbove = 20'000;
    void forget(governance::Instant now);

    std::unordered_map<std::string, Recent> by_user_;
    std::size_t forget_above_ = kForgetAbove; ///< grows with those who are still fresh, so that a busy hour is not swept at every message
};

} // namespace commands
