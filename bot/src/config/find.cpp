#include "bot/config_load.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bot {
namespace {

constexpr std::size_t kLargestFileBytes = 1'048'576;
constexpr std::size_t kLargestSecretBytes = 65'536;

std::optional<std::string> read_file(std::string const& path, std::size_t limit_bytes)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    std::string text(limit_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || (in.fail() && !in.eof()) || static_cast<std::size_t>(in.gcount()) > limit_bytes)
        return std::nullopt;
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

} // namespace

Surroundings Surroundings::real()
{
    Surroundings surroundings;
    surroundings.environment = [](std::string const& name) -> std::optional<std::string> {
        auto const* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe): read at start-up, nobody writes
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    surroundings.read_secret = [](std::string const& path) { return read_file(path, kLargestSecretBytes); };
    return surroundings;
}

std::string find_config_file(std::string const& option, Surroundings const& surroundings)
{
    if (!option.empty())
        return option;
    if (auto const named = surroundings.environment("YIQI_CONFIG"); named && !named->empty())
        return *named;
    for (auto const* path : {"yiqi.toml", "/etc/yiqi/yiqi.toml"}) {
        std::error_code error;
        if (std::filesystem::exists(path, error))
            return path;
    }
    return {};
}

std::variant<Config, ConfigErrors> load_config(std::string const& option, Surroundings const& surroundings)
{
    auto const file = find_config_file(option, surroundings);
    if (file.empty())
        return Config{};
    auto const text = read_file(file, kLargestFileBytes);
    if (!text)
        return ConfigErrors{{file + ": cannot be read; name an existing file of at most 1 MiB with --config or in YIQI_CONFIG"}};
    return parse_config(*text, file, surroundings);
}

} // namespace bot
