#include "bot/cli.hpp"

#include <CLI/CLI.hpp>

namespace bot {

int run_command_line(int argc, char const* const* argv)
{
    CLI::App app{"议起 — self-governance in the group chat", "yiqi"};
    app.set_version_flag("--version", "0.1.0");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return 0;
}

} // namespace bot
