#include "storage/inbox.hpp"

#include "storage/settings.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

constexpr std::string_view kPurgedUpTo = "inbound_purged_up_to"; // channel, line feed, key

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
    auto rows = db_.query("SELECT channel, dedup_key FROM inbound WHERE (channel, dedup_key) > ($1, $2) "
                          "ORDER BY channel, dedup_key LIMIT 1 OFFSET $3",
                          {channel, dedup_key, limit - 1});
    if (!rows.next()) {
        db_.run("DELETE FROM inbound WHERE (channel, dedup_key) > ($1, $2) AND received_at < $3", {channel, dedup_key, micros(before)});
        settings.erase({}, kPurgedUpTo);
        return false;
    }
    auto const last_channel = rows.str(0);
    auto const last_key = rows.str(1);
    db_.run("DELETE FROM inbound WHERE (channel, dedup_key) > ($1, $2) AND (channel, dedup_key) <= ($3, $4) AND received_at < $5",
            {channel, dedup_key, last_channel, last_key, micros(before)});
    settings.set({}, kPurgedUpTo, last_channel + '\n' + last_key);
    return true;
}

} // namespace storage
