#pragma once

#include "governance/ids.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

enum class RecipientKind {
    person, ///< id: PersonId
    group,  ///< id: GroupId
    handle, ///< id: opaque, of the adapter (an answer address)
};

/// Urgency; also the order in which messages are claimed, and each lane keeps its own order per recipient.
enum class Lane { critical = 0, now = 1, digest = 2 };

enum class MessageState { waiting, claimed, sent, dead, merged };

struct Recipient {
    RecipientKind kind = RecipientKind::person;
    std::string id; ///< ours, never a platform's (except for a handle)
    friend bool operator==(Recipient const&, Recipient const&) = default;
};

/// A message to send, written in the transaction of the fact that it announces. Source: design.md 1 (3).
struct NewMessage {
    governance::CommunityId community;
    Recipient recipient;
    std::string channel; ///< preferred channel "platform/name"; empty: any
    std::string notice;  ///< N-V01; empty for a chat reply
    governance::RefNo ref_no;
    Lane lane = Lane::now;
    std::string payload;            ///< opaque; JSON of the rendered message
    governance::Instant not_before; ///< procedure time
    governance::Instant created_at; ///< procedure time
    std::string dedup_key;          ///< unique in the community; empty: none
};

struct OutboxMessage {
    std::int64_t id = 0; ///< unique in the community, in order of writing
    governance::CommunityId community;
    Recipient recipient;
    std::string channel;
    std::string notice;
    governance::RefNo ref_no;
    Lane lane = Lane::now;
    std::string payload;
    governance::Instant not_before;
    governance::Instant created_at;
    std::int64_t attempts = 0;       ///< ended ones: failed, or cut off by a crash
    std::int64_t claim = 0;          ///< which claim this is; finish() of an older claim does nothing
    bool may_have_been_sent = false; ///< an earlier claim was never finished: the platform may have taken it already
    MessageState state = MessageState::waiting;
    std::string last_error;
};

/// How a claimed message ended.
struct Delivery {
    enum class Kind {
        sent,
        retry,    ///< failed; again at `retry_at`
        postpone, ///< not tried (pace, quiet hours); again at `retry_at`, no attempt counted
        dead,
    };
    Kind kind = Kind::sent;
    governance::Instant at;       ///< procedure time, for the books
    governance::Instant retry_at; ///< machine time; for retry and postpone
    std::string error;            ///< for retry and dead; no personal data
};

/// Messages that must leave, or somebody knows. Claims are leases in machine time: what a crashed pump held comes back flagged
/// may_have_been_sent.
class Outbox {
public:
    explicit Outbox(Database& db) : db_(db) {}

    /// Lets go of what waits about a matter and was overtaken by events, such as a reminder to vote when the vote is over. It counts as
    /// merged, into nothing. Returns how many.
    std::int64_t overtake(governance::CommunityId const& community, governance::RefNo ref_no, std::string_view notice,
                          governance::Instant at);

    /// How often this process called put(): unchanged since the last look, nothing of its own can be new. Any thread.
    static std::uint64_t puts();
    /// Writes a message; its id, or null when its dedup_key is there already.
    std::optional<std::int64_t> put(NewMessage const& message);

    /// Claims up to `limit` messages that may leave at `now` (procedure time), most urgent first: per recipient and lane only the
    /// oldest unfinished one. `machine_now` and `lease` rule leases and retries.
    std::vector<OutboxMessage> claim(governance::Instant now, governance::Instant machine_now, std::chrono::microseconds lease,
                                     std::int64_t limit);
    /// Ends a claim; false when it had lapsed and somebody else holds the message or ended it.
    bool finish(OutboxMessage const& claimed, Delivery const& delivery);

    /// Unclaimed messages to a recipient in one lane, oldest first: what a digest is made of, also those not yet due.
    std::vector<OutboxMessage> waiting(governance::CommunityId const& community, Recipient const& recipient, Lane lane, std::int64_t limit);
    /// Replaces waiting messages by one that says the same; its id, or null (and nothing replaced) when its dedup_key is there
    /// already. Those that are no longer waiting are left alone.
    std::optional<std::int64_t> merge(std::vector<OutboxMessage> const& parts, NewMessage const& whole);
    /// Moves a waiting message to another time (procedure), as quiet hours and budgets ask; false when it no longer waits.
    bool hold(governance::CommunityId const& community, std::int64_t id, governance::Instant not_before);
    /// Messages to a recipient sent at or after `since` (procedure time), critical ones not counted: what budgets look at.
    std::int64_t sent_since(governance::CommunityId const& community, Recipient const& recipient, governance::Instant since);

    std::optional<OutboxMessage> find(governance::CommunityId const& community, std::int64_t id);
    /// Dead letters with id > after, of one community or (empty id) of those that belong to none.
    std::vector<OutboxMessage> dead(governance::CommunityId const& community, std::int64_t after, std::int64_t limit);
    /// Puts a dead letter back into its lane; false when it is not dead.
    bool resend(governance::CommunityId const& community, std::int64_t id, governance::Instant now);

    /// Messages not ended, by preferred channel, and dead ones, for metrics.
    struct Counts {
        struct Pending {
            std::string channel;
            std::int64_t messages = 0;
        };
        std::vector<Pending> pending;
        std::int64_t dead = 0;
        std::optional<governance::Instant> oldest_due; ///< since when the oldest one that may leave at `now` might have left
    };
    Counts counts(governance::Instant now);
    /// Deletes at most `limit` sent and merged messages that ended before `before` (procedure time); returns how many.
    std::int64_t purge(governance::Instant before, std::int64_t limit = 1000);

private:
    Database& db_;
};

} // namespace storage
