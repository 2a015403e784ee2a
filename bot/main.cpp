#include "bot/cli.hpp"

/// The composition root: the one place that picks concrete classes.
int main(int argc, char** argv)
{
    bot::Parts parts;
    return bot::run_command_line(argc, argv, parts);
}
