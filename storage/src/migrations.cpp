#include "storage/migrations.hpp"

#include "digest.hpp"
#include "storage/time.hpp"

#include <chrono>

namespace storage {
namespace {

/// IF NOT EXISTS only here: everything else is created by numbered steps.
constexpr std::string_view kOwnTable = "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, "
                                       "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

std::string newer(std::int64_t store, std::int64_t program)
{
    return "数据库的结构版本是 " + std::to_string(store) + "，比本程序的 " + std::to_string(program) + " 新，请改用更新的程序";
}

/// Compares what was applied with the files; returns the version of the store.
std::int64_t check_applied(Database& db, std::span<Migration const> migrations)
{
    std::int64_t last = 0;
    auto rows = db.query("SELECT version, name, checksum FROM schema_migrations ORDER BY version");
    while (rows.next()) {
        auto const version = rows.integer(0);
        if (version > static_cast<std::int64_t>(migrations.size()))
            continue; // reported below, with the highest one
        if (version != last + 1)
            throw StoreError(StoreFault::schema, "数据库的结构记录缺第 " + std::to_string(last + 1) + " 步，请用备份恢复");
        auto const& migration = migrations[static_cast<std::size_t>(version - 1)];
        if (rows.text(2) != sha256_hex(migration.sql))
            throw StoreError(StoreFault::schema, "结构步骤 " + std::to_string(version) + " (" + std::string(migration.name) +
                                                     ") 应用之后被改过，请改用原来的程序");
        last = version;
    }
    if (auto const store = schema_version(db); store > last)
        throw StoreError(StoreFault::schema, newer(store, static_cast<std::int64_t>(migrations.size())));
    return last;
}

/// Applies the next step, if there is one. Runs in one unit of work, so that a step that fails half way leaves nothing.
std::string apply_next(Database& db, std::span<Migration const> migrations)
{
    db.script(kOwnTable);
    auto const version = check_applied(db, migrations);
    if (version == static_cast<std::int64_t>(migrations.size()))
        return {};
    auto const& next = migrations[static_cast<std::size_t>(version)];
    db.script(next.sql);
    auto const now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    db.run("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
           {next.version, next.name, sha256_hex(next.sql), micros(now)});
    return std::string(next.name);
}

} // namespace

std::int64_t program_schema_version()
{
    return static_cast<std::int64_t>(program_migrations().size());
}

std::int64_t schema_version(Database& db)
{
    if (!db.has_table("schema_migrations"))
        return 0;
    auto rows = db.query("SELECT MAX(version) FROM schema_migrations");
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<std::string> migrate(Store& store, std::span<Migration const> migrations)
{
    std::vector<std::string> applied;
    while (true) {
        std::string name;
        store.write_now([&](Database& db) { name = apply_next(db, migrations); });
        if (name.empty())
            return applied;
        applied.push_back(name);
    }
}

void require_schema(Database& db, std::span<Migration const> migrations)
{
    auto const wanted = static_cast<std::int64_t>(migrations.size());
    auto const version = schema_version(db);
    if (version > wanted)
        throw StoreError(StoreFault::schema, newer(version, wanted));
    if (version < wanted)
        throw StoreError(StoreFault::schema, "数据库的结构版本是 " + std::to_string(version) + "，本程序需要 " + std::to_string(wanted) +
                                                 "，请先运行 yiqi migrate");
    check_applied(db, migrations);
}

} // namespace storage
