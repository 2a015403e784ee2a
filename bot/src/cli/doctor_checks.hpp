#pragma once

#include "bot/config.hpp"

#include <string>
#include <vector>

namespace bot::cli {

/// One line of the doctor's report, in words an operator understands.
struct Finding {
    enum class Grade { good, note, bad };
    Grade grade = Grade::good;
    std::string words;
};

/// Clock, zone, public address.
void check_machine(Config const& config, std::vector<Finding>& findings);
/// Whether the store is there, of the right schema, writable, with room, and what district it holds.
void check_store(Config const& config, std::vector<Finding>& findings);
/// Keys of the channels, whether the platforms answer, and groups without a door.
void check_channels(Config const& config, std::vector<Finding>& findings);

} // namespace bot::cli
