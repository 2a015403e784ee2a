#include "storage/outbox.hpp"

#include "outbox_rows.hpp"

#include <atomic>

namespace storage {
namespace {

std::atomic<std::uint64_t> put_count{0};

} // namespace

std::uint64_t Outbox::puts()
{
    return put_count.load();
}

std::optional<std::int64_t> Outbox::put(NewMessage const& message)
{
    put_count.fetch_add(1);
    // Numbers go up per community, whose units of work are serial on every driver. purge() leaves the last one.
    Bind const dedup_key = message.dedup_key.empty() ? Bind(nullptr) : Bind(message.dedup_key);
    auto rows = db_.query(
        "INSERT INTO outbox (community, id, recipient_kind, recipient, channel, notice, ref_no, lane, state, not_before, "
        "created_at, retry_at, claimed_until, claim, attempts, may_have_been_sent, ended_at, merged_into, last_error, "
        "dedup_key, payload) VALUES ($1, (SELECT COALESCE(MAX(id), 0) + 1 FROM outbox WHERE community = $1), $2, $3, $4, $5, "
        "$6, $7, 0, $8, $9, 0, 0, 0, 0, 0, 0, 0, '', $10, $11) ON CONFLICT (community, dedup_key) DO NOTHING RETURNING id",
        {message.community.str(), number(message.recipient.kind), message.recipient.id, message.channel, message.notice,
         message.ref_no.value(), number(message.lane), micros(message.not_before), micros(message.created_at), dedup_key, message.payload});
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

std::vector<OutboxMessage> Outbox::waiting(governance::CommunityId const& community, Recipient const& recipient, Lane lane,
                                           std::int64_t limit)
{
    return read_messages(db_.query("SELECT " YIQI_OUTBOX_COLUMNS
                                   " FROM outbox WHERE community = $1 AND recipient_kind = $2 AND recipient = $3 "
                                   "AND lane = $4 AND state < 2 AND state = 0 ORDER BY id LIMIT $5",
                                   {community.str(), number(recipient.kind), recipient.id, number(lane), limit}));
}

std::optional<std::int64_t> Outbox::merge(std::vector<OutboxMessage> const& parts, NewMessage const& whole)
{
    auto const id = put(whole);
    if (!id)
        return std::nullopt;
    for (auto const& part : parts)
        db_.run("UPDATE outbox SET state = 4, merged_into = $3, ended_at = $4 WHERE community = $1 AND id = $2 AND state = 0",
                {part.community.str(), part.id, *id, micros(whole.created_at)});
    return id;
}

std::int64_t Outbox::overtake(governance::CommunityId const& community, governance::RefNo ref_no, std::string_view notice,
                              governance::Instant at)
{
    return db_.run("UPDATE outbox SET state = 4, ended_at = $4, last_error = 'overtaken' "
                   "WHERE community = $1 AND ref_no = $2 AND notice = $3 AND state < 2 AND state = 0",
                   {community.str(), ref_no.value(), notice, micros(at)});
}

bool Outbox::hold(governance::CommunityId const& community, std::int64_t id, governance::Instant not_before)
{
    return db_.run("UPDATE outbox SET not_before = $3 WHERE community = $1 AND id = $2 AND state = 0",
                   {community.str(), id, micros(not_before)}) == 1;
}

std::int64_t Outbox::sent_since(governance::CommunityId const& community, Recipient const& recipient, governance::Instant since)
{
    auto rows = db_.query("SELECT COUNT(*) FROM outbox WHERE community = $1 AND recipient_kind = $2 AND recipient = $3 AND ended_at >= $4 "
                          "AND state = 2 AND lane > 0",
                          {community.str(), number(recipient.kind), recipient.id, micros(since)});
    rows.next();
    return rows.integer(0);
}

std::optional<OutboxMessage> Outbox::find(governance::CommunityId const& community, std::int64_t id)
{
    auto rows = db_.query("SELECT " YIQI_OUTBOX_COLUMNS " FROM outbox WHERE community = $1 AND id = $2", {community.str(), id});
    return rows.next() ? std::optional(read_message(rows)) : std::nullopt;
}

std::vector<OutboxMessage> Outbox::dead(governance::CommunityId const& community, std::int64_t after, std::int64_t limit)
{
    return read_messages(db_.query("SELECT " YIQI_OUTBOX_COLUMNS
                                   " FROM outbox WHERE community = $1 AND id > $2 AND state = 3 ORDER BY id LIMIT $3",
                                   {community.str(), after, limit}));
}

bool Outbox::resend(governance::CommunityId const& community, std::int64_t id, governance::Instant now)
{
    return db_.run("UPDATE outbox SET state = 0, attempts = 0, retry_at = 0, not_before = $3, ended_at = 0 "
                   "WHERE community = $1 AND id = $2 AND state = 3",
                   {community.str(), id, micros(now)}) == 1;
}

Outbox::Counts Outbox::counts(governance::Instant now)
{
    Counts counts;
    {
        auto rows = db_.query("SELECT channel, COUNT(*) FROM outbox WHERE state < 2 GROUP BY channel ORDER BY channel");
        while (rows.next())
            counts.pending.push_back({rows.str(0), rows.integer(1)});
    }
    {
        auto rows = db_.query("SELECT COUNT(*) FROM outbox WHERE state = 3");
        rows.next();
        counts.dead = rows.integer(0);
    }
    auto rows = db_.query("SELECT MIN(CASE WHEN not_before > created_at THEN not_before ELSE created_at END) FROM outbox "
                          "WHERE state < 2 AND not_before <= $1",
                          {micros(now)});
    if (rows.next() && !rows.null(0))
        counts.oldest_due = instant(rows.integer(0));
    return counts;
}

std::int64_t Outbox::purge(governance::Instant before, std::int64_t limit)
{
    return db_.run("DELETE FROM outbox WHERE (community, id) IN (SELECT community, id FROM outbox o WHERE (state = 2 OR state = 4) "
                   "AND ended_at < $1 AND id < (SELECT MAX(id) FROM outbox e WHERE e.community = o.community) ORDER BY ended_at LIMIT $2)",
                   {micros(before), limit});
}

} // namespace storage
