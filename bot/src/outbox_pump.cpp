#include "bot/outbox_pump.hpp"

#include "bot/log.hpp"
#include "bot/pace.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/settings.hpp"
#include "storage/time.hpp"

#include <charconv>
#include <exception>
#include <utility>

namespace bot {
namespace {

namespace chat = adapters::chat;
using storage::Delivery;
constexpr std::int64_t kLargestDigest = 50;

std::string_view outcome_word(chat::SendOutcome outcome)
{
    switch (outcome) {
    case chat::SendOutcome::sent: return "sent";
    case chat::SendOutcome::rate_limited: return "rate_limited";
    case chat::SendOutcome::retry: return "retry";
    case chat::SendOutcome::unknown: return "unknown";
    case chat::SendOutcome::user_failed: return "user_failed";
    case chat::SendOutcome::payload_failed: return "payload_failed";
    case chat::SendOutcome::channel_failed: return "channel_failed";
    }
    return "unknown";
}

std::string pace_name(chat::Channel const& channel)
{
    return "pace/" + channel.id();
}

governance::Instant paid_until(storage::Database& db, chat::Channel const& channel)
{
    auto const text = storage::Settings(db).get({}, pace_name(channel)).value_or("0");
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return storage::instant(value);
}

Delivery postpone(governance::Instant machine_time)
{
    Delivery delivery;
    delivery.kind = Delivery::Kind::postpone;
    delivery.retry_at = machine_time;
    return delivery;
}

/// A message that stands for others: same receiver and community, sent like them.
storage::NewMessage like(storage::OutboxMessage const& message)
{
    storage::NewMessage whole;
    whole.community = message.community;
    whole.recipient = message.recipient;
    whole.channel = message.channel;
    whole.notice = message.notice;
    whole.ref_no = message.ref_no;
    whole.lane = storage::Lane::digest;
    whole.payload = message.payload;
    return whole;
}

std::string trace_id(storage::OutboxMessage const& message)
{
    return message.community.str() + "/" + std::to_string(message.id);
}

} // namespace

std::vector<OutboxPump::Ready> OutboxPump::claim(storage::Database& db, bool& any)
{
    any = false;
    puts_seen_ = storage::Outbox::puts(); // on the writer: what was put before is visible here
    std::size_t room = 0;
    {
        std::lock_guard const lock(mutex_);
        room = options_.at_once - std::min(options_.at_once, under_way_);
    }
    std::vector<Ready> ready;
    if (room == 0)
        return ready;
    auto const limit = static_cast<std::int64_t>(room);
    auto claimed = storage::Outbox(db).claim(parts_.clock.now(), parts_.clock.machine_now(), options_.lease, limit);
    any = !claimed.empty();
    for (auto& message : claimed) {
        if (auto one = prepare(db, std::move(message)))
            ready.push_back(std::move(*one));
    }
    return ready;
}

/// Decides about a claimed message; nothing when it does not leave now, which is booked already.
std::optional<OutboxPump::Ready> OutboxPump::prepare(storage::Database& db, storage::OutboxMessage message)
{
    if (planned(db, message))
        return std::nullopt;
    auto door = find_door(parts_.channels, parts_.directory, db, message);
    if (auto const* none = std::get_if<NoDoor>(&door)) {
        bury(db, message, none->missing, message.channel);
        return std::nullopt;
    }
    auto& found = std::get<Door>(door);
    auto payload = chat::decode_reply(message.payload);
    if (!payload || payload->empty()) {
        bury(db, message, "消息内容读不出来", found.channel->id());
        return std::nullopt;
    }
    if (paced(db, message, *found.channel))
        return std::nullopt;
    return Ready{std::move(message), std::move(found), std::move(*payload)};
}

/// Quiet hours, budgets and digests; true when the message stays.
bool OutboxPump::planned(storage::Database& db, storage::OutboxMessage const& message)
{
    auto const now = parts_.clock.now();
    auto verdict = parts_.rules.plan(db, message, now);
    if (verdict.not_before <= now) // whatever the rules meant, its time has come
        verdict.way = commands::NoticeVerdict::Way::send;
    else if (message.lane == storage::Lane::digest && verdict.way == commands::NoticeVerdict::Way::into_digest)
        verdict.way = commands::NoticeVerdict::Way::hold;
    storage::Outbox outbox(db);
    switch (verdict.way) {
    case commands::NoticeVerdict::Way::send: return message.lane == storage::Lane::digest && merged(db, message);
    case commands::NoticeVerdict::Way::hold:
        outbox.finish(message, postpone(parts_.clock.machine_now()));
        outbox.hold(message.community, message.id, verdict.not_before);
        return true;
    case commands::NoticeVerdict::Way::into_digest: {
        outbox.finish(message, postpone(parts_.clock.machine_now()));
        auto waits = like(message);
        waits.created_at = now;
        waits.not_before = verdict.not_before;
        outbox.merge({message}, waits);
        return true;
    }
    }
    return false;
}

/// Joins what is due for the same receiver into one message; true when there was more than this one.
bool OutboxPump::merged(storage::Database& db, storage::OutboxMessage const& message)
{
    auto const now = parts_.clock.now();
    storage::Outbox outbox(db);
    std::vector<storage::OutboxMessage> parts = {message};
    for (auto& other : outbox.waiting(message.community, message.recipient, storage::Lane::digest, kLargestDigest)) {
        if (other.not_before <= now)
            parts.push_back(std::move(other));
    }
    if (parts.size() == 1)
        return false;
    outbox.finish(message, postpone(parts_.clock.machine_now()));
    auto whole = like(message);
    whole.notice.clear();
    whole.ref_no = {};
    whole.created_at = whole.not_before = now;
    whole.payload = chat::encode_reply(parts_.rules.digest(db, parts, now));
    outbox.merge(parts, whole);
    return true;
}

/// The platform's pace; true when the message must wait for it. What is paid is kept in the store: a restart does not forget it.
bool OutboxPump::paced(storage::Database& db, storage::OutboxMessage const& message, chat::Channel const& channel)
{
    auto const pace = Pace::of(channel.capabilities().per_minute);
    if (pace.interval == std::chrono::microseconds(0))
        return false;
    auto const now = parts_.clock.machine_now();
    auto const paid = paid_until(db, channel);
    if (pace.next(paid) > now) {
        storage::Outbox(db).finish(message, postpone(pace.next(paid)));
        return true;
    }
    storage::Settings(db).set({}, pace_name(channel), std::to_string(storage::micros(pace.pay(paid, now))));
    return false;
}

void OutboxPump::bury(storage::Database& db, storage::OutboxMessage const& message, std::string const& reason, std::string const& channel)
{
    Delivery delivery;
    delivery.kind = Delivery::Kind::dead;
    delivery.at = parts_.clock.now();
    delivery.error = reason;
    storage::Outbox(db).finish(message, delivery);
    count(channel, "dead");
    log(Level::error, "dead_letter", {{"message", trace_id(message)}, {"notice", message.notice}, {"reason", reason}});
}

void OutboxPump::send(Ready ready)
{
    chat::Outbound outbound;
    outbound.user_id = ready.door.user_id;
    outbound.chat_id = ready.door.chat_id;
    outbound.text = std::move(ready.payload.text);
    outbound.card = std::move(ready.payload.card);
    outbound.dedup_key = trace_id(ready.message);
    auto& channel = *ready.door.channel;
    auto handle = std::move(ready.door.reply_handle);
    auto done = [this, message = std::move(ready.message), id = channel.id()](chat::SendResult const& result) {
        ended(message, id, result);
    };
    if (handle.empty())
        channel.send(std::move(outbound), std::move(done));
    else
        channel.send_late(std::move(handle), std::move(outbound), std::move(done));
}

Delivery OutboxPump::delivery_of(storage::OutboxMessage const& message, chat::SendResult const& result) const
{
    auto const machine_now = parts_.clock.machine_now();
    auto const attempt = static_cast<int>(message.attempts) + 1;
    auto const wait = std::max<std::chrono::microseconds>(result.retry_after,
                                                          back_off(attempt, options_.first_wait, options_.longest_wait, parts_.chance()));
    Delivery delivery;
    delivery.at = parts_.clock.now();
    delivery.retry_at = machine_now + wait;
    delivery.error = result.detail;
    delivery.kind = Delivery::Kind::dead;
    switch (result.outcome) {
    case chat::SendOutcome::sent: delivery.kind = Delivery::Kind::sent; break;
    case chat::SendOutcome::rate_limited: delivery.kind = Delivery::Kind::postpone; break;
    case chat::SendOutcome::retry:
        if (attempt < options_.tries)
            delivery.kind = Delivery::Kind::retry;
        break;
    case chat::SendOutcome::unknown:
        // Sent twice is worse than looked at by a person, except where somebody is in danger.
        if (message.lane == storage::Lane::critical && attempt < options_.tries)
            delivery.kind = Delivery::Kind::retry;
        else
            delivery.error = "可能已经送达，请核对后再重发：" + result.detail;
        break;
    case chat::SendOutcome::user_failed:
    case chat::SendOutcome::payload_failed:
    case chat::SendOutcome::channel_failed: break;
    }
    return delivery;
}

void OutboxPump::ended(storage::OutboxMessage const& message, std::string const& channel, chat::SendResult const& result)
{
    auto const delivery = delivery_of(message, result);
    auto const dead = delivery.kind == Delivery::Kind::dead;
    count(channel, std::string(outcome_word(result.outcome)));
    log(dead ? Level::error : Level::info, dead ? "dead_letter" : "pushed",
        {{"message", trace_id(message)},
         {"community", message.community.str()},
         {"channel", channel},
         {"notice", message.notice},
         {"outcome", outcome_word(result.outcome)},
         {"attempt", message.attempts + 1},
         {"detail", result.detail}});
    auto book = [message, delivery](storage::Database& db) { storage::Outbox(db).finish(message, delivery); };
    auto done = [this, message](std::exception_ptr const& failure) {
        if (failure) // the lease runs out and the message comes back, marked as perhaps sent
            log(Level::error, "delivery_not_booked", {{"message", trace_id(message)}});
        one_less();
    };
    try {
        parts_.store.write(std::move(book), done);
    } catch (storage::StoreError const&) {
        done(std::current_exception());
    }
}

} // namespace bot
