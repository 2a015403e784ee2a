#pragma once

#include "bot/config.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bot {

/// Everything that is wrong with a configuration, each as "file:line: key: what to do", in the order of the file.
struct ConfigErrors {
    std::vector<std::string> lines;
};

/// Where secrets and paths come from; tests put their own in its place.
struct Surroundings {
    /// Value of an environment variable; nothing when it is not set.
    std::function<std::optional<std::string>(std::string const&)> environment;
    /// Content of a file of at most 64 KiB; nothing when it cannot be read.
    std::function<std::optional<std::string>(std::string const&)> read_secret;

    static Surroundings real();
};

/// Reads a configuration text. `file` is its name in the messages. Every unknown key, missing key, wrong type or value is reported, not
/// only the first; no value of a secret appears in a message.
std::variant<Config, ConfigErrors> parse_config(std::string_view text, std::string const& file, Surroundings const& surroundings);

/// The file to read: `option` (of --config), else $YIQI_CONFIG, else ./yiqi.toml, else /etc/yiqi/yiqi.toml where these exist; empty for
/// the built-in defaults. A file that was named is taken even if it is missing, so that the mistake is reported.
std::string find_config_file(std::string const& option, Surroundings const& surroundings);

/// Finds, reads and checks the configuration.
std::variant<Config, ConfigErrors> load_config(std::string const& option, Surroundings const& surroundings);

/// "ADDR:PORT" with a numeric address ("127.0.0.1:8080", "[::1]:8080") or "localhost:PORT"; nothing when it is something else.
std::optional<ListenAddress> parse_listen(std::string_view text);

} // namespace bot
