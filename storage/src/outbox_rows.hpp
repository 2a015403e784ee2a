#pragma once

#include "storage/outbox.hpp"
#include "storage/time.hpp"

namespace storage {

/// The columns that read_message() reads, in order. A macro, so that each statement stays one literal.
#define YIQI_OUTBOX_COLUMNS                                                                                                                \
    "community, id, recipient_kind, recipient, channel, notice, ref_no, lane, payload, not_before, created_at, attempts, claim, "          \
    "may_have_been_sent, state, last_error"

inline OutboxMessage read_message(Cursor const& row)
{
    OutboxMessage message;
    message.community = governance::CommunityId(row.str(0));
    message.id = row.integer(1);
    message.recipient = {static_cast<RecipientKind>(row.integer(2)), row.str(3)};
    message.channel = row.str(4);
    message.notice = row.str(5);
    message.ref_no = governance::RefNo(row.integer(6));
    message.lane = static_cast<Lane>(row.integer(7));
    message.payload = row.str(8);
    message.not_before = instant(row.integer(9));
    message.created_at = instant(row.integer(10));
    message.attempts = row.integer(11);
    message.claim = row.integer(12);
    message.may_have_been_sent = row.integer(13) != 0;
    message.state = static_cast<MessageState>(row.integer(14));
    message.last_error = row.str(15);
    return message;
}

inline std::vector<OutboxMessage> read_messages(Cursor rows)
{
    std::vector<OutboxMessage> messages;
    while (rows.next())
        messages.push_back(read_message(rows));
    return messages;
}

inline std::int64_t number(RecipientKind kind)
{
    return static_cast<std::int64_t>(kind);
}

inline std::int64_t number(Lane lane)
{
    return static_cast<std::int64_t>(lane);
}

} // namespace storage
