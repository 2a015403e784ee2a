#include "bot/config_load.hpp"

#include "channels.hpp"
#include "reader.hpp"
#include "values.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <utility>

namespace bot {
namespace {

bool numeric_address(std::string const& host)
{
    in6_addr six{};
    in_addr four{};
    return inet_pton(AF_INET, host.c_str(), &four) == 1 || inet_pton(AF_INET6, host.c_str(), &six) == 1;
}

void read_server(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "server.", complaints, surroundings);
    auto const listen = reader.text("listen", "127.0.0.1:8080");
    if (auto const address = parse_listen(listen))
        config.server.listen = *address;
    else
        reader.complain("listen", "must be ADDRESS:PORT with a numeric address, as in \"127.0.0.1:8080\" or \"[::1]:8080\"");
    config.server.public_url = reader.text("public_url", "");
    if (!config.server.public_url.empty()) {
        auto const advice = config::check_base_url(config.server.public_url, false);
        if (!advice.empty())
            reader.complain("public_url", advice);
    }
    while (config.server.public_url.ends_with('/'))
        config.server.public_url.pop_back();
    reader.refuse_unknown();
}

void read_storage(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "storage.", complaints, surroundings);
    config.storage_url = reader.text("url", config.storage_url);
    auto const advice = config::check_storage_url(config.storage_url);
    if (!advice.empty())
        reader.complain("url", advice);
    reader.refuse_unknown();
}

void read_time(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "time.", complaints, surroundings);
    config.zone = reader.text("zone", config.zone);
    auto const advice = config::check_zone(config.zone);
    if (!advice.empty())
        reader.complain("zone", advice);
    reader.refuse_unknown();
}

void read_bot(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "bot.", complaints, surroundings);
    config.bot_names = reader.texts("names", config.bot_names);
    auto fits = !config.bot_names.empty() && config.bot_names.size() <= 16;
    for (auto const& name : config.bot_names)
        fits = fits && !name.empty() && name.size() <= 64;
    if (!fits)
        reader.complain("names", "must hold 1 to 16 names of at most 64 bytes");
    reader.refuse_unknown();
}

void read_playground(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "playground.", complaints, surroundings);
    config.playground = reader.boolean("enabled", false);
    reader.refuse_unknown();
}

void read_log(toml::table const& table, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    config::TableReader reader(table, "log.", complaints, surroundings);
    config.log.level = reader.text("level", config.log.level);
    if (config.log.level != "debug" && config.log.level != "info" && config.log.level != "warn" && config.log.level != "error")
        reader.complain("level", "must be \"debug\", \"info\", \"warn\" or \"error\"");
    auto const format = reader.text("format", "logfmt");
    if (format != "logfmt" && format != "json")
        reader.complain("format", "must be \"logfmt\" or \"json\"");
    config.log.format = format == "json" ? LogFormat::json : LogFormat::logfmt;
    reader.refuse_unknown();
}

void read_sections(toml::table const& root, Config& config, config::Complaints& complaints, Surroundings const& surroundings)
{
    using Read = void (*)(toml::table const&, Config&, config::Complaints&, Surroundings const&);
    constexpr std::pair<char const*, Read> kSections[] = {
        {"server", read_server}, {"storage", read_storage},       {"time", read_time},
        {"bot", read_bot},       {"playground", read_playground}, {"log", read_log},
    };
    config::TableReader reader(root, "", complaints, surroundings);
    for (auto const& [name, read] : kSections) {
        if (auto const* table = reader.table(name))
            read(*table, config, complaints, surroundings);
    }
    if (auto const* channels = reader.node("channels"))
        config.channels = config::read_channels(*channels, config.playground, complaints, surroundings);
    reader.refuse_unknown();
}

} // namespace

std::optional<ListenAddress> parse_listen(std::string_view text)
{
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    std::string host(text.substr(0, colon));
    auto const digits = text.substr(colon + 1);
    auto const bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    if (bracketed != (host.find(':') != std::string::npos))
        return std::nullopt;
    if (host == "localhost")
        host = "127.0.0.1";
    ListenAddress address;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (error != std::errc() || end != digits.data() + digits.size() || !numeric_address(host))
        return std::nullopt;
    address.host = std::move(host);
    return address;
}

std::variant<Config, ConfigErrors> parse_config(std::string_view text, std::string const& file, Surroundings const& surroundings)
{
    config::Complaints complaints(file);
    Config config;
    config.source = file;
    try {
        auto const root = toml::parse(text, file);
        read_sections(root, config, complaints, surroundings);
    } catch (toml::parse_error const& error) {
        complaints.add(error.source().begin.line, "", "cannot be read as TOML: " + std::string(error.description()));
    }
    if (!complaints.none())
        return complaints.sorted();
    return config;
}

} // namespace bot
