#include "commands/peace.hpp"

#include "adapters/chat/stored.hpp"
#include "governance/notices.hpp"
#include "storage/people.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace commands {
namespace {

using Way = NoticeVerdict::Way;

constexpr std::size_t kEntries = 3; // domain.md 16: lists are cut to three entries
constexpr int kEntryCharacters = 48;
constexpr int kDigestCharacters = 200;
constexpr governance::QuietHours kResidentsQuiet{std::chrono::minutes(21 * 60 + 30), std::chrono::minutes(7 * 60 + 30)};
constexpr governance::QuietHours kStaffQuiet{std::chrono::hours(22), std::chrono::hours(7)};

governance::Lane lane_of(storage::OutboxMessage const& message)
{
    if (message.lane == storage::Lane::critical)
        return governance::Lane::critical;
    if (message.notice.empty())
        return governance::Lane::direct;
    if (message.lane == storage::Lane::digest)
        return governance::Lane::digest;
    return message.recipient.kind == storage::RecipientKind::group ? governance::Lane::routine : governance::Lane::own_case;
}

/// The receiver as the rules look at one; nothing when the books do not know it, and then nothing is held back.
std::optional<governance::Receiver> receiver_of(storage::Database& db, governance::Zone const& zone, storage::OutboxMessage const& message,
                                                governance::Instant now)
{
    governance::Receiver receiver;
    if (message.recipient.kind == storage::RecipientKind::group) {
        auto const group = storage::load_group(db, governance::GroupId(message.recipient.id));
        if (!group)
            return std::nullopt;
        receiver.daily_budget = static_cast<int>(group->daily_budget);
        receiver.quiet = {std::chrono::minutes(group->quiet_start_min), std::chrono::minutes(group->quiet_end_min)};
        auto const sent = storage::Outbox(db).sent_since(message.community, message.recipient, zone.start_of(zone.date(now)));
        receiver.sent_today = static_cast<int>(sent);
        return receiver;
    }
    if (message.recipient.kind != storage::RecipientKind::person)
        return std::nullopt;
    auto const person = storage::load_person(db, governance::PersonId(message.recipient.id));
    if (!person)
        return std::nullopt;
    receiver.quiet = person->household.empty() ? kStaffQuiet : kResidentsQuiet;
    return receiver;
}

/// Tells the community's staff, once a day, that a group's budget is used up (N-B03).
void tell_budget(storage::Database& db, World const& world, storage::OutboxMessage const& message, governance::Receiver const& receiver,
                 governance::Instant now)
{
    auto const group = storage::load_group(db, governance::GroupId(message.recipient.id));
    if (!group || message.community.empty())
        return;
    auto const day = std::chrono::sys_days(world.calendar.zone.date(now)).time_since_epoch().count();
    for (auto const& staff : storage::groups_at(db, governance::unit_of(message.community), "committee_work")) {
        adapters::chat::Reply reply;
        reply.text = world.wording.render("N-B03", Params{{"群", group->name}, {"n", std::to_string(receiver.sent_today)}});
        storage::NewMessage told;
        told.community = message.community;
        told.recipient = {storage::RecipientKind::group, staff.id.str()};
        told.notice = "N-B03";
        told.payload = adapters::chat::encode_reply(reply);
        told.created_at = told.not_before = now;
        told.dedup_key = "N-B03/" + group->id.str() + "/" + std::to_string(day) + "/" + staff.id.str();
        if (staff.id.str() != message.recipient.id)
            storage::Outbox(db).put(told);
    }
}

/// "①" to "③".
std::string circled(std::size_t index)
{
    static constexpr std::array<std::string_view, kEntries> kMarks = {"①", "②", "③"};
    return std::string(kMarks[index]);
}

std::string one_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return governance::cut(text, kEntryCharacters);
}

} // namespace

Peace::Peace(std::function<std::shared_ptr<World const>()> world) : world_(std::move(world)) {}

NoticeVerdict Peace::plan(storage::Database& db, storage::OutboxMessage const& message, governance::Instant now)
{
    auto const world = world_();
    if (!world)
        return {};
    auto const& zone = world->calendar.zone;
    auto const receiver = receiver_of(db, zone, message, now);
    if (!receiver)
        return {};
    if (message.lane == storage::Lane::digest) {
        // Its evening is the first after it was written, however late the pump comes to look at it.
        auto const waited = message.not_before > message.created_at;
        auto const evening =
            waited ? message.not_before : governance::plan_delivery(zone, *receiver, lane_of(message), message.created_at).not_before;
        if (evening > now)
            return {Way::into_digest, evening};
        // It has waited already; only quiet hours may hold it once more.
        auto const quiet = governance::is_quiet(zone, receiver->quiet, now);
        return quiet ? NoticeVerdict{Way::hold, governance::after_quiet(zone, receiver->quiet, now)} : NoticeVerdict{};
    }
    auto const delivery = governance::plan_delivery(zone, *receiver, lane_of(message), now);
    if (delivery.tell_budget_reached)
        tell_budget(db, *world, message, *receiver, now);
    switch (delivery.way) {
    case governance::Delivery::Way::send_now: return {};
    case governance::Delivery::Way::hold: return {Way::hold, delivery.not_before};
    case governance::Delivery::Way::into_digest: return {Way::into_digest, delivery.not_before};
    }
    return {};
}

adapters::chat::Reply Peace::digest(storage::Database&, std::vector<storage::OutboxMessage> const& parts, governance::Instant)
{
    auto const world = world_();
    std::string entries;
    std::size_t shown = 0;
    for (auto const& part : parts) {
        auto reply = adapters::chat::decode_reply(part.payload);
        if (!reply || shown == kEntries)
            continue;
        entries.append(shown == 0 ? "" : "\n").append(circled(shown)).append(one_line(std::move(reply->text)));
        ++shown;
    }
    adapters::chat::Reply whole;
    if (!world) {
        whole.text = std::move(entries);
        return whole;
    }
    auto const more = parts.size() - shown;
    Params const params{{"entries", entries}, {"n", std::to_string(more)}};
    whole.text = governance::cut(world->wording.say(more == 0 ? "say.digest" : "say.digest_more", params), kDigestCharacters);
    return whole;
}

} // namespace commands
