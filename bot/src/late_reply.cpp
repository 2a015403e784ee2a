#include "late_reply.hpp"

#include "bot/addresses.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/outbox.hpp"

namespace bot {
namespace {

namespace chat = adapters::chat;

DirectAddress address_of(chat::Capabilities const& door, chat::Event const& event)
{
    auto const direct = event.place == chat::Place::direct;
    // A door that can speak to a person does so: the handle of a click on its card only changes that card.
    if (direct && (door.pushes_to_person || event.reply_handle.empty()))
        return {DirectAddress::Kind::user, event.user_id};
    if (!event.reply_handle.empty())
        return {DirectAddress::Kind::reply, event.reply_handle};
    return {DirectAddress::Kind::chat, event.chat_id};
}

} // namespace

void put_late_reply(storage::Database& db, chat::Capabilities const& door, chat::Event const& event, chat::Reply const& reply,
                    LateKind kind, governance::Instant now)
{
    storage::NewMessage message;
    message.recipient = {storage::RecipientKind::handle, encode_address(address_of(door, event))};
    message.channel = event.channel;
    message.payload = chat::encode_reply(reply);
    message.created_at = message.not_before = now;
    message.dedup_key = (kind == LateKind::late ? "late/" : "rest/") + event.channel + "/" + event.dedup_key;
    storage::Outbox(db).put(message);
}

} // namespace bot
