#pragma once

#include "adapters/chat/message.hpp"
#include "governance/time.hpp"
#include "storage/outbox.hpp"

#include <vector>

namespace commands {

/// What becomes of an outbox message whose time has come.
struct NoticeVerdict {
    enum class Way {
        send,
        hold,        ///< quiet hours: again at `not_before`
        into_digest, ///< over the budget: waits in the digest lane until `not_before` and is merged there
    };
    Way way = Way::send;
    governance::Instant not_before{}; ///< procedure time
};

/// Quiet by default: the receiver's budget and quiet hours, and how what waited is said in one message. Source: domain.md 13.1. Called by
/// the outbox pump inside a unit of work.
class NoticeRules {
public:
    virtual ~NoticeRules() = default;
    /// May write further messages (that a budget is reached, N-B03), but must leave `message` alone.
    [[nodiscard]] virtual NoticeVerdict plan(storage::Database& db, storage::OutboxMessage const& message, governance::Instant now) = 0;
    /// One message that says what `parts` (two or more, to one receiver, oldest first) say.
    [[nodiscard]] virtual adapters::chat::Reply digest(storage::Database& db, std::vector<storage::OutboxMessage> const& parts,
                                                       governance::Instant now) = 0;
};

} // namespace commands
