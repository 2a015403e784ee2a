#include "commands.hpp"

#include "../store_start.hpp"

#include "storage/migrations.hpp"

#include <iostream>

namespace bot::cli {

int check_config(Config const& config)
{
    std::cout << "配置无误：" << (config.source.empty() ? "内置默认值" : config.source) << "，渠道 " << config.channels.size() << " 个\n";
    for (auto const& channel : config.channels)
        std::cout << "  " << channel.id() << (channel.group.empty() ? "" : " → " + channel.group) << "\n";
    return 0;
}

/// Reads names from the configured store where there is one and it is ready; it never makes or changes one.
int parse(Config const& config, Parts const& parts)
{
    if (!parts.parse)
        return not_in_this_build("parse");
    Setting setting;
    setting.config = config;
    setting.files = installed_files();
    setting.now = ProcedureClock::machine_time;
    std::unique_ptr<storage::Store> store;
    try {
        store = open_configured_store(config, false);
        store->read_now([](storage::Database& db) { storage::require_schema(db); });
    } catch (storage::StoreError const&) {
        store.reset(); // none, or not ours: the names of the demo district serve
    }
    return parts.parse(std::cin, std::cout, store.get(), setting);
}

int not_in_this_build(std::string const& what)
{
    std::cerr << what << ": this build does not have it yet; see CHANGELOG.md for the release that brings it\n";
    return 1;
}

void announce(Config const& config)
{
    auto url = config.storage_url;
    if (auto const at = url.find('@'); at != std::string::npos) // whatever stands before it may be a password
        url = url.substr(0, url.find("//") + 2) + "…" + url.substr(at);
    std::cerr << "config: " << (config.source.empty() ? "built-in defaults" : config.source) << "; store: " << url << "\n";
}

} // namespace bot::cli
