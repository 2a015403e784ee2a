#include "storage/inbox.hpp"

#include "storage/time.hpp"

namespace storage {

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

std::int64_t Inbox::purge(governance::Instant before, std::int64_t limit)
{
    return db_.run("DELETE FROM inbound WHERE (channel, dedup_key) IN "
                   "(SELECT channel, dedup_key FROM inbound WHERE received_at < $1 ORDER BY received_at LIMIT $2)",
                   {micros(before), limit});
}

} // namespace storage
