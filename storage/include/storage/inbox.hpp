#pragma once

#include "governance/time.hpp"
#include "storage/database.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// One inbound message of a platform: a channel as "platform/name" and the key that the adapter says is the same for every
/// delivery of it. Source: ecosystem.md 4.2 rule 1.
struct MessageKey {
    std::string_view channel;
    std::string_view dedup_key;
};

/// Which inbound messages took effect, and what was answered, so that a repeat gets the same answer and no second effect.
/// Used in the unit of work that has the effect.
class Inbox {
public:
    explicit Inbox(Database& db) : db_(db) {}

    /// The reply kept with a message that took effect before, "" when it had none; null for a new one.
    std::optional<std::string> reply_to(MessageKey key);
    /// Keeps a message that took effect now, with its reply, opaque to us. `received_at` is machine time. Errors: StoreError constraint
    /// when it is kept already.
    void keep(MessageKey key, governance::Instant received_at, std::string_view reply);
    /// One step of a walk over all messages by their key: looks at the next `limit` and forgets those received before `before`, which must
    /// be 30 days ago or more. False at the end of the walk; the next step begins another one. How far it is, is kept in the store.
    bool purge(governance::Instant before, std::int64_t limit);

private:
    Database& db_;
};

} // namespace storage
