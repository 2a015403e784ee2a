#include "archive.hpp"

#include "../digest.hpp"
#include "../files.hpp"
#include "storage/store.hpp"
#include "tar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <vector>

namespace storage {
namespace {

constexpr std::string_view kManifestName = "manifest.json";
constexpr std::string_view kDatabaseName = "yiqi.db";
constexpr std::string_view kSumsName = "SHA256SUMS";
constexpr std::uint64_t kTextLimit = 1U << 20U;

[[noreturn]] void damaged(std::string const& why)
{
    throw StoreError(StoreFault::corrupt, "备份已损坏：" + why);
}

tar::Member const& member(std::vector<tar::Member> const& members, std::string_view name)
{
    auto const found = std::find_if(members.begin(), members.end(), [&](tar::Member const& m) { return m.name == name; });
    if (found == members.end())
        damaged("缺少 " + std::string(name));
    return *found;
}

std::string text_of(std::filesystem::path const& archive, tar::Member const& member)
{
    if (member.size > kTextLimit)
        damaged(member.name + " 过大");
    std::string text;
    tar::read(archive, member, [&](std::string_view piece) { text += piece; });
    return text;
}

std::string sums(std::string const& manifest_json, std::string const& database_sha256)
{
    return sha256_hex(manifest_json) + "  " + std::string(kManifestName) + "\n" + database_sha256 + "  " + std::string(kDatabaseName) +
           "\n";
}

} // namespace

std::string to_json(BackupManifest const& manifest)
{
    nlohmann::ordered_json json;
    json["format"] = 1;
    json["program"] = manifest.program;
    json["schema_version"] = manifest.schema_version;
    json["created_at"] = manifest.created_at;
    json["sha256"] = manifest.sha256;
    json["size_bytes"] = manifest.size_bytes;
    json["ledger"]["size"] = manifest.ledger.size;
    json["ledger"]["hash"] = manifest.ledger.hash;
    json["rows"] = manifest.rows;
    return json.dump(2) + "\n";
}

BackupManifest manifest_from_json(std::string const& text)
{
    try {
        auto const json = nlohmann::json::parse(text);
        if (json.at("format").get<int>() != 1)
            throw StoreError(StoreFault::schema, "备份的格式比本程序新，请改用更新的程序");
        BackupManifest manifest;
        manifest.program = json.at("program").get<std::string>();
        manifest.schema_version = json.at("schema_version").get<std::int64_t>();
        manifest.created_at = json.at("created_at").get<std::int64_t>();
        manifest.sha256 = json.at("sha256").get<std::string>();
        manifest.size_bytes = json.at("size_bytes").get<std::uint64_t>();
        manifest.ledger.size = json.at("ledger").at("size").get<std::int64_t>();
        manifest.ledger.hash = json.at("ledger").at("hash").get<std::string>();
        manifest.rows = json.at("rows").get<std::map<std::string, std::int64_t>>();
        return manifest;
    } catch (nlohmann::json::exception const&) {
        damaged("清单读不懂");
    }
}

std::map<std::string, std::int64_t> count_rows(Database& db)
{
    std::map<std::string, std::int64_t> counts;
    for (auto const& table : db.tables()) {
        auto rows = db.query("SELECT COUNT(*) FROM \"" + table + "\"");
        rows.next();
        counts[table] = rows.integer(0);
    }
    return counts;
}

void write_archive(std::filesystem::path const& archive, BackupManifest const& manifest, std::filesystem::path const& database)
{
    auto const json = to_json(manifest);
    tar::Writer writer(archive);
    writer.add(kManifestName, json);
    writer.add_file(kDatabaseName, database);
    writer.add(kSumsName, sums(json, manifest.sha256));
    writer.finish();
}

BackupManifest read_archive(std::filesystem::path const& archive, std::filesystem::path const& database)
{
    auto const members = tar::members(archive);
    auto const json = text_of(archive, member(members, kManifestName));
    auto manifest = manifest_from_json(json);
    if (text_of(archive, member(members, kSumsName)) != sums(json, manifest.sha256))
        damaged("清单与校验和不符");
    std::ofstream out(database, std::ios::binary | std::ios::trunc);
    Sha256 hash;
    tar::read(archive, member(members, kDatabaseName), [&](std::string_view piece) {
        hash.add(piece);
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    });
    out.close();
    if (!out)
        throw StoreError(StoreFault::full, database.string() + " 写不进去：磁盘已满或没有权限");
    if (hash.hex() != manifest.sha256)
        damaged("数据库与校验和不符");
    sync_to_disk(database);
    return manifest;
}

std::string sha256_of_file(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::vector<char> piece(1U << 18U);
    Sha256 hash;
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        hash.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    return hash.hex();
}

} // namespace storage
