#pragma once

#include "adapters/chat/event.hpp"
#include "adapters/chat/message.hpp"
#include "governance/time.hpp"

#include <memory>

namespace storage {
class Database;
}

namespace commands {

/// What handling an event needs and what can be worked out without the store, ready before the unit of work starts. Opaque: only the
/// Service that made it reads it.
using Prepared = std::shared_ptr<void const>;

/// The conversation as the program sees it: every change of a fact enters here. Thread rule: prepare() is called on any thread at any
/// time; the others are called inside a unit of work, one at a time for a community.
class Service {
public:
    virtual ~Service() = default;

    /// The part of handling that needs no store (text hygiene, reading what does not depend on the district). Runs on an I/O thread
    /// before the unit of work and never throws for what a stranger can write. May be null.
    [[nodiscard]] virtual Prepared prepare(adapters::chat::Event const& event) const = 0;

    /// One event, inside a unit of work: de-duplicates by (channel, dedup_key), reads, decides, records, answers. A repeat returns the
    /// stored reply and changes nothing. `prepared` is what prepare() gave for this event. It may be called again with the same event
    /// when the commit it was part of failed.
    /// Errors: throws when nothing could be recorded; the unit of work then rolls back and the platform is asked to try again.
    [[nodiscard]] virtual adapters::chat::Reply handle(storage::Database& db, adapters::chat::Event const& event, Prepared const& prepared,
                                                       governance::Instant now) = 0;

    /// Fires the earliest job due at or before `until`, with its own due time as the present; false when none is due. One call is one
    /// unit of work.
    virtual bool fire_next_job(storage::Database& db, governance::Instant until) = 0;
};

} // namespace commands
