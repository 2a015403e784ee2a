#include "outbox_rows.hpp"
#include "storage/outbox.hpp"

#include <algorithm>
#include <tuple>

namespace storage {

std::vector<OutboxMessage> Outbox::claim(governance::Instant now, governance::Instant machine_now, std::chrono::microseconds lease,
                                         std::int64_t limit)
{
    // A claim that was never finished: its holder died, perhaps between sending and saying so.
    db_.run("UPDATE outbox SET state = 0, may_have_been_sent = 1, attempts = attempts + 1 WHERE state = 1 AND claimed_until <= $1",
            {micros(machine_now)});
    auto claimed = read_messages(db_.query(
        "UPDATE outbox SET state = 1, claim = claim + 1, claimed_until = $3 WHERE (community, id) IN ("
        "SELECT o.community, o.id FROM outbox o WHERE o.state = 0 AND o.not_before <= $1 AND o.retry_at <= $2 AND NOT EXISTS ("
        "SELECT 1 FROM outbox e WHERE e.community = o.community AND e.recipient_kind = o.recipient_kind AND e.recipient = o.recipient "
        "AND e.lane = o.lane AND e.id < o.id AND e.state < 2 AND e.not_before <= $1) "
        "ORDER BY o.lane, o.not_before, o.id LIMIT $4) RETURNING " YIQI_OUTBOX_COLUMNS,
        {micros(now), micros(machine_now), micros(machine_now + lease), limit}));
    auto const urgency = [](OutboxMessage const& message) { return std::make_tuple(message.lane, message.not_before, message.id); };
    std::sort(claimed.begin(), claimed.end(), [&](OutboxMessage const& a, OutboxMessage const& b) { return urgency(a) < urgency(b); });
    return claimed;
}

bool Outbox::finish(OutboxMessage const& claimed, Delivery const& delivery)
{
    std::string_view const community = claimed.community.str();
    switch (delivery.kind) {
    case Delivery::Kind::sent:
        return db_.run("UPDATE outbox SET state = 2, attempts = attempts + 1, ended_at = $4, last_error = '' "
                       "WHERE community = $1 AND id = $2 AND claim = $3 AND state = 1",
                       {community, claimed.id, claimed.claim, micros(delivery.at)}) == 1;
    case Delivery::Kind::dead:
        return db_.run("UPDATE outbox SET state = 3, attempts = attempts + 1, ended_at = $4, last_error = $5 "
                       "WHERE community = $1 AND id = $2 AND claim = $3 AND state = 1",
                       {community, claimed.id, claimed.claim, micros(delivery.at), delivery.error}) == 1;
    case Delivery::Kind::retry:
        return db_.run("UPDATE outbox SET state = 0, attempts = attempts + 1, retry_at = $4, last_error = $5 "
                       "WHERE community = $1 AND id = $2 AND claim = $3 AND state = 1",
                       {community, claimed.id, claimed.claim, micros(delivery.retry_at), delivery.error}) == 1;
    case Delivery::Kind::postpone:
        return db_.run("UPDATE outbox SET state = 0, retry_at = $4 WHERE community = $1 AND id = $2 AND claim = $3 AND state = 1",
                       {community, claimed.id, claimed.claim, micros(delivery.retry_at)}) == 1;
    }
    return false;
}

} // namespace storage
