#include "storage/inbox.hpp"

#include "storage/settings.hpp"
#include "storage/time.hpp"

#include <utility>

namespace storage {
namespace {

constexpr std::string_view kPurgedUpTo = "inbound_purged_up_to"; // channel, line feed, key

/// Channel and key of message number `limit` behind `after`; nothing when there are fewer.
std::optional<std::pair<std::string, std::string>> last_of_step(Database& db, MessageKey after, std::int64_t limit)
{
    auto rows = db.query("SELECT channel, dedup_key FROM inbound WHERE (channel, dedup_key) > ($1, $2) "
                         "ORDER BY channel, dedup_key LIMIT 1 OFFSET $3",
                         {after.channel, after.dedup_key, limit - 1});
    return rows.next() ? std::optional(std::pair(rows.str(0), rows.str(1))) : std::nullopt;
}

} // namespace

std::optional<std::string> Inbox::reply_to(MessageKey key)
{
    auto rows = db_.query("SELECT reply FROM inbound WHERE channel = $1 AND dedup_key = $2", {key.channel, key.dedup_key});
    return rows.next() ? std::optional(rows.str(0)) : std::nullopt;
}

void Inbox::keep(MessageKey key, governance::Instant received_at, std::string_view reply)
{
    db_.run("INSERT INTO inbound (channel, dedup_key, received_at, reply) VALUES ($1, $2, $3, $4)",
            {key.channel, key.dedup_key, micros(received_at), reply});
}

bool Inbox::purge(governance::Instant before, std::int64_t limit)
{
    Settings settings(db_);
    auto const after = settings.get({}, kPurgedUpTo).value_or("\n");
    auto const end_of_channel = after.find('\n');
    auto const channel = after.substr(0, end_of_channel);
    auto const dedup_key = after.substr(end_of_channel + 1);
    auto const last = last_of_step(db_, {channel, dedup_key}, limit);
    if (!last) {
        db_.run("DELETE FROM inbound WHERE (channel, dedup_key) > ($1, $2) AND received_at < $3", {channel, dedup_key, micros(before)});
        settings.erase({}, kPurgedUpTo);
        return false;
    }
    db_.run("DELETE FROM inbound WHERE (channel, dedup_key) > ($1, $2) AND (channel, dedup_key) <= ($3, $4) AND received_at < $5",
            {channel, dedup_key, last->first, last->second, micros(before)});
    settings.set({}, kPurgedUpTo, last->first + '\n' + last->second);
    return true;
}

} // namespace storage
