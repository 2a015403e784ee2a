#include "storage/definitions.hpp"

#include "digest.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

Definition read(Cursor const& row)
{
    return {row.str(0), row.integer(1), row.str(2), row.str(3), instant(row.integer(4))};
}

} // namespace

std::int64_t Definitions::put(governance::CommunityId const& community, std::string_view id, std::string_view text, governance::Instant at)
{
    auto const hash = sha256_hex(text);
    auto const before = latest(community, id);
    if (before && before->hash == hash)
        return before->version;
    std::int64_t const version = before ? before->version + 1 : 1;
    db_.run("INSERT INTO definitions (community, id, version, hash, added_at, text) VALUES ($1, $2, $3, $4, $5, $6)",
            {community.str(), id, version, hash, micros(at), text});
    return version;
}

std::optional<Definition> Definitions::get(governance::CommunityId const& community, std::string_view id, std::int64_t version)
{
    auto rows = db_.query("SELECT id, version, text, hash, added_at FROM definitions WHERE community = $1 AND id = $2 AND version = $3",
                          {community.str(), id, version});
    return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

std::optional<Definition> Definitions::latest(governance::CommunityId const& community, std::string_view id)
{
    auto rows = db_.query("SELECT id, version, text, hash, added_at FROM definitions WHERE community = $1 AND id = $2 "
                          "ORDER BY version DESC LIMIT 1",
                          {community.str(), id});
    return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

std::vector<Definition> Definitions::all(governance::CommunityId const& community)
{
    std::vector<Definition> found;
    auto rows = db_.query("SELECT id, version, text, hash, added_at FROM definitions d WHERE community = $1 AND version = "
                          "(SELECT MAX(version) FROM definitions e WHERE e.community = d.community AND e.id = d.id) ORDER BY id",
                          {community.str()});
    while (rows.next())
        found.push_back(read(rows));
    return found;
}

} // namespace storage
