#pragma once

#include "perform/turn.hpp"

#include <deque>
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
    struct Recent {
        std::deque<governance::Instant> at;
        bool told = false;
    };
    void forget(governance::Instant now);

    std::unordered_map<std::string, Recent> by_user_;
};

} // namespace commands
