#include "bot/playground.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/playground.hpp"

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <utility>

/// The sending side of the simulated platform: what the service pushes is kept, which is all that showing it takes.
namespace bot {
namespace {

namespace chat = adapters::chat;
using storage::PlaygroundLine;
using storage::PlaygroundLineKind;

chat::SendResult sent(std::string update_handle)
{
    return {chat::SendOutcome::sent, {}, {}, {}, std::move(update_handle)};
}

/// Keeps a line and tells the sender; a repeat of a line that is there counts as sent.
void keep(storage::Store& store, PlaygroundLine line, std::string const& dedup_key, std::string const& update_handle, Playground::Sent done)
{
    auto shared = std::make_shared<PlaygroundLine>(std::move(line));
    auto report = std::make_shared<Playground::Sent>(std::move(done));
    auto key = dedup_key.empty() ? std::string() : "send/" + dedup_key;
    auto work = [shared, key](storage::Database& db) { storage::PlaygroundChats(db).add(*shared, key); };
    auto ended = [report, update_handle](std::exception_ptr const& failure) {
        (*report)(failure ? chat::SendResult{chat::SendOutcome::retry, {}, "the playground could not keep it", {}, {}}
                          : sent(update_handle));
    };
    try {
        store.write(std::move(work), ended);
    } catch (storage::StoreError const&) {
        ended(std::current_exception());
    }
}

std::optional<std::string> from_base64(std::string const& text)
{
    if (text.size() % 4 != 0 || text.size() < 4)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    auto const size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<unsigned char const*>(text.data()),
                                      static_cast<int>(text.size()));
    if (size < 0)
        return std::nullopt;
    auto const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

} // namespace

void Playground::show(chat::Outbound message, Sent done)
{
    PlaygroundLine line;
    line.at = now_();
    line.kind = PlaygroundLineKind::push;
    line.chat_id = std::move(message.chat_id);
    line.user_id = std::move(message.user_id);
    line.text = message.text.empty() && message.card ? message.card->fallback : message.text;
    auto const handle = message.card ? "card:" + message.card->task_id : std::string();
    line.payload = chat::encode_reply({std::move(message.text), std::move(message.card), std::nullopt});
    keep(store_, std::move(line), message.dedup_key, handle, std::move(done));
}

void Playground::change_card(std::string user_id, chat::CardUpdate update, std::string dedup_key, Sent done)
{
    PlaygroundLine line;
    line.at = now_();
    line.kind = PlaygroundLineKind::update;
    line.user_id = std::move(user_id);
    line.text = update.text;
    line.payload = chat::encode_reply({{}, std::nullopt, std::move(update)});
    keep(store_, std::move(line), dedup_key, {}, std::move(done));
}

void Playground::picture(std::int64_t id, std::size_t limit_bytes, std::function<void(chat::Channel::Fetched)> done)
{
    auto found = std::make_shared<std::optional<storage::PlaygroundPicture>>();
    auto work = [found, id](storage::Database& db) { *found = storage::PlaygroundChats(db).picture(id); };
    auto ended = [found, limit_bytes, done = std::move(done)](std::exception_ptr const& failure) {
        auto bytes = *found ? from_base64((*found)->base64) : std::nullopt;
        chat::Channel::Fetched fetched;
        fetched.ok = !failure && bytes && bytes->size() <= limit_bytes;
        if (fetched.ok) {
            fetched.bytes = std::move(*bytes);
            fetched.content_type = (*found)->content_type;
        } else {
            fetched.detail = "the picture is not there or too large";
        }
        done(std::move(fetched));
    };
    store_.read(std::move(work), std::move(ended));
}

} // namespace bot
