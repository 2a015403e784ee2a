#include "storage/ledger.hpp"

#include "digest.hpp"
#include "ledger_hash.hpp"
#include "storage/store.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

PublishedEntry read(Cursor const& row)
{
    return {row.integer(0),
            instant(row.integer(1)),
            governance::CommunityId(row.str(2)),
            row.str(3),
            governance::RefNo(row.integer(4)),
            row.str(5),
            row.str(6),
            row.str(7)};
}

} // namespace

LedgerHead Ledger::head()
{
    auto rows = db_.query("SELECT size, hash FROM ledger_head WHERE id = 1");
    if (!rows.next())
        throw StoreError(StoreFault::corrupt, "账本头缺失，请运行 yiqi verify");
    return {rows.integer(0), rows.str(1)};
}

std::int64_t Ledger::append(NewEntry const& entry)
{
    // The head is read every time: kept in memory, it would survive a unit of work that is rolled back.
    auto const before = head();
    std::string salt;
    std::string digest;
    if (!entry.private_payload.empty()) {
        auto const bytes = random_salt();
        salt = to_hex(bytes.data(), bytes.size());
        digest = private_digest(salt, entry.private_payload);
    }
    auto const seq = before.size + 1;
    auto const at = micros(entry.at);
    auto const hash = entry_hash(before.hash, {seq, at, entry.community.str(), entry.kind, entry.ref_no.value(), entry.payload, digest});
    Bind const private_payload = digest.empty() ? Bind(nullptr) : Bind(entry.private_payload);
    Bind const private_salt = digest.empty() ? Bind(nullptr) : Bind(salt);
    db_.run("INSERT INTO ledger (seq, at, community, kind, ref_no, payload, private_payload, private_salt, private_digest, hash) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            {seq, at, entry.community.str(), entry.kind, entry.ref_no.value(), entry.payload, private_payload, private_salt, digest, hash});
    db_.run("UPDATE ledger_head SET size = $1, hash = $2 WHERE id = 1", {seq, hash});
    return seq;
}

std::vector<PublishedEntry> Ledger::entries(std::int64_t after, std::int64_t limit)
{
    std::vector<PublishedEntry> found;
    auto rows = db_.query("SELECT seq, at, community, kind, ref_no, payload, private_digest, hash FROM ledger "
                          "WHERE seq > $1 ORDER BY seq LIMIT $2",
                          {after, limit});
    while (rows.next())
        found.push_back(read(rows));
    return found;
}

std::vector<PublishedEntry> Ledger::history(governance::CommunityId const& community, governance::RefNo ref_no, std::int64_t after,
                                            std::int64_t limit)
{
    std::vector<PublishedEntry> found;
    auto rows = db_.query("SELECT seq, at, community, kind, ref_no, payload, private_digest, hash FROM ledger "
                          "WHERE community = $1 AND ref_no = $2 AND seq > $3 ORDER BY seq LIMIT $4",
                          {community.str(), ref_no.value(), after, limit});
    while (rows.next())
        found.push_back(read(rows));
    return found;
}

std::optional<std::string> Ledger::private_payload(std::int64_t seq)
{
    auto rows = db_.query("SELECT private_payload FROM ledger WHERE seq = $1 AND private_payload IS NOT NULL", {seq});
    return rows.next() ? std::optional(rows.str(0)) : std::nullopt;
}

std::int64_t Ledger::erase_private(governance::CommunityId const& community, governance::RefNo ref_no, std::string_view kind,
                                   governance::Instant at)
{
    auto const erased = db_.run("UPDATE ledger SET private_payload = NULL, private_salt = NULL "
                                "WHERE community = $1 AND ref_no = $2 AND kind = $3 AND private_payload IS NOT NULL",
                                {community.str(), ref_no.value(), kind});
    if (erased > 0) { // the salt went too, or a choice could be guessed from its digest
        auto const payload = erased_payload(kind);
        append({at, community, kPrivateErased, ref_no, payload, {}});
    }
    return erased;
}

} // namespace storage
