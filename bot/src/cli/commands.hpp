#pragma once

#include "bot/config.hpp"
#include "bot/parts.hpp"

#include <string>
#include <vector>

/// The commands, each as a function of its options; they return the exit code and throw for what the caller reports in one line.
namespace bot::cli {

struct ServeOptions {
    std::string listen; ///< empty: as configured
    bool demo = false;
};
/// Serves until SIGTERM or SIGINT.
int serve(Config config, std::string const& config_option, ServeOptions const& options, Parts const& parts);

int check_config(Config const& config);
int doctor(Config const& config, Parts const& parts);

int migrate(Config const& config);
int import_district(Config const& config, std::string const& folder, std::vector<std::string> const& bind);
int import_roll(Config const& config, std::string const& file);
int import_catalogue(Config const& config, std::string const& file);
int parse(Config const& config, Parts const& parts);

struct ExportOptions {
    std::string what;
    std::string community; ///< empty: all
    std::string format = "csv";
    std::string out; ///< empty: standard output; required for xlsx
};
int export_data(Config const& config, ExportOptions const& options);

int backup(Config const& config, std::string const& file);
int restore(Config const& config, std::string const& file);
/// The configured store, or the backup `file`.
int verify(Config const& config, std::string const& file);

/// For what a later release brings: says so and fails.
int not_in_this_build(std::string const& what);

/// Tells on standard error which configuration and store a command works with.
void announce(Config const& config);

} // namespace bot::cli
