#pragma once

#include "adapters/chat/channel.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <string_view>

namespace bot {

/// What a queued reply is to its event; part of the key by which a repeat is known.
enum class LateKind {
    late, ///< the reply itself: the platform had stopped waiting
    rest, ///< what the response could not carry
};

/// Queues a reply for whoever wrote `event`; the same reply twice is queued once. `now` is procedure time.
void put_late_reply(storage::Database& db, adapters::chat::Capabilities const& door, adapters::chat::Event const& event,
                    adapters::chat::Reply const& reply, LateKind kind, governance::Instant now);

} // namespace bot
