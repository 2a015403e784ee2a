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

    /// Remembers a message. Null the first time; for a repeat the reply stored with the first, "" when that had none.
    /// `received_at` is machine time.
    std::optional<std::string> remember(MessageKey key, governance::Instant received_at, std::string_view reply = {});
    /// Stores the reply to a message remembered before, opaque to us.
    void answer(MessageKey key, std::string_view reply);
    /// Forgets at most `limit` messages received before `before`, which must be 30 days ago or more; returns how many.
    std::int64_t purge(governance::Instant before, std::int64_t limit = 1000);

private:
    Database& db_;
};

} // namespace storage
