#include "commands.hpp"

#include "../store_start.hpp"

#include "bot/channels.hpp"
#include "storage/backup.hpp"
#include "storage/migrations.hpp"
#include "storage/verify.hpp"

#include <array>
#include <fstream>
#include <iostream>
#include <string_view>

namespace bot::cli {
namespace {

/// Accounts whose ids the files' ids become; a channel that is not configured is named in `unknown`.
std::vector<std::string> accounts_of(Config const& config, std::vector<std::string> const& channels, std::string& unknown)
{
    std::vector<std::string> accounts;
    for (auto const& wanted : channels) {
        if (wanted == "playground" || wanted == "playground/playground") {
            accounts.emplace_back("playground");
            continue;
        }
        auto const before = accounts.size();
        for (auto const& channel : config.channels) {
            if (channel.id() == wanted)
                accounts.push_back(channel.account);
        }
        if (accounts.size() == before)
            unknown = wanted;
    }
    return accounts;
}

void print_manifest(storage::BackupManifest const& manifest)
{
    std::int64_t rows = 0;
    for (auto const& [table, count] : manifest.rows)
        rows += count;
    std::cout << "程序版本 " << manifest.program << "，数据版本 " << manifest.schema_version << "，" << manifest.rows.size() << " 张表 "
              << rows << " 行，账本 " << manifest.ledger.size << " 条，" << manifest.size_bytes << " 字节\n";
}

/// True for the file of a store itself, as opposed to a backup of one.
bool is_sqlite(std::string const& file)
{
    static constexpr std::string_view kMagic = "SQLite format 3";
    std::array<char, kMagic.size()> head{};
    std::ifstream in(file, std::ios::binary);
    return in.read(head.data(), head.size()) && std::string_view(head.data(), head.size()) == kMagic;
}

int print_faults(storage::BooksReport const& report)
{
    for (auto const& fault : report.faults)
        std::cerr << fault << "\n";
    if (!report.ok())
        return 1;
    std::cout << "账目无误：账本 " << report.ledger.head.size << " 条，末条 " << report.ledger.head.hash << "\n";
    return 0;
}

} // namespace

int migrate(Config const& config)
{
    auto const store = open_configured_store(config, true);
    auto const steps = storage::migrate(*store);
    for (auto const& step : steps)
        std::cout << "已升级 " << step << "\n";
    std::cout << "数据版本 " << storage::program_schema_version() << (steps.empty() ? "，不需要升级\n" : "\n");
    return 0;
}

int import_district(Config const& config, std::string const& folder, std::vector<std::string> const& bind)
{
    std::string unknown;
    auto const accounts = accounts_of(config, bind, unknown);
    if (!unknown.empty()) {
        std::cerr << "--bind " << unknown << ": no such channel; name one of the configuration as platform/name\n";
        return 2;
    }
    auto const store = open_configured_store(config, true);
    migrate_store(*store);
    auto const problems = import_district_folder(*store, folder, accounts, config);
    for (auto const& problem : problems)
        std::cerr << problem << "\n";
    if (!problems.empty()) {
        std::cerr << "没有导入：请改好以上 " << problems.size() << " 处再试\n";
        return 1;
    }
    std::cout << "已导入 " << folder << "\n";
    return 0;
}

int backup(Config const& config, std::string const& file)
{
    print_manifest(storage::backup(config.storage_url, file, YIQI_VERSION));
    std::cout << "已备份到 " << file << "\n";
    return 0;
}

int restore(Config const& config, std::string const& file)
{
    print_manifest(storage::restore(file, config.storage_url));
    std::cout << "已恢复到 " << config.storage_url << "\n";
    return 0;
}

int verify(Config const& config, std::string const& file)
{
    auto wanted = config;
    if (is_sqlite(file)) {
        wanted.storage_url = "sqlite:" + file;
    } else if (!file.empty()) {
        auto const report = storage::verify_backup(file);
        print_manifest(report.manifest);
        return print_faults(report.books);
    }
    auto const store = open_configured_store(wanted, false);
    storage::BooksReport report;
    store->read_now([&](storage::Database& db) {
        storage::require_schema(db);
        report = storage::verify_books(db);
    });
    return print_faults(report);
}

} // namespace bot::cli
