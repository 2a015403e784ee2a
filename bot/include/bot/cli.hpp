#pragma once

#include "bot/parts.hpp"

namespace bot {

/// The program: reads the command line, runs the command and returns its exit code (0 done, 1 failed, 2 wrong usage or configuration).
int run_command_line(int argc, char const* const* argv, Parts const& parts);

} // namespace bot
