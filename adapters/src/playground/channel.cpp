#include "adapters/chat/stored.hpp"
#include "playground/wire.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace adapters::playground {
namespace {

constexpr std::string_view kCardHandle = "card:";
constexpr std::string_view kPictureHandle = "picture:";
constexpr std::size_t kTextLimitBytes = 4096;

chat::Answered refused(int status, std::string reason)
{
    return {{status, "application/problem+json", R"({"title":"Bad Request","status":)" + std::to_string(status) + "}"}, std::move(reason)};
}

class PlaygroundChannel : public chat::Channel {
public:
    PlaygroundChannel(std::vector<std::string> const& bot_names, Platform& platform) : platform_(platform)
    {
        for (auto const& name : bot_names)
            mentions_.push_back("@" + name);
    }

    [[nodiscard]] std::string const& id() const override { return id_; }
    [[nodiscard]] std::string const& account() const override { return account_; }
    [[nodiscard]] std::string const& group() const override { return group_; }
    [[nodiscard]] chat::Capabilities capabilities() const override
    {
        chat::Capabilities capabilities;
        capabilities.receives = true;
        capabilities.pushes_to_person = true;
        capabilities.pushes_to_group = true;
        capabilities.cards = true;
        capabilities.card_updates = true;
        capabilities.text_limit_bytes = kTextLimitBytes;
        return capabilities;
    }

    [[nodiscard]] std::variant<chat::Received, chat::Answered> receive(chat::WebhookRequest const& request) override
    {
        if (request.method != "POST")
            return refused(405, "malformed");
        // A page of another origin cannot send this type without asking first, so it cannot speak for anybody here.
        if (!request.content_type.starts_with("application/json"))
            return refused(415, "malformed");
        auto message = decode(request.body);
        if (!message)
            return refused(400, "malformed");
        chat::Received received;
        received.event = event_of(std::move(*message), request.received_at);
        return received;
    }

    [[nodiscard]] chat::WebhookResponse reply(chat::ReplyContext const&, chat::Reply const& reply) override
    {
        return {200, "application/json", reply.empty() ? "{}" : chat::encode_reply(reply)};
    }

    void send(chat::Outbound message, Sent done) override { platform_.show(std::move(message), std::move(done)); }

    void send_late(std::string reply_handle, chat::Outbound message, Sent done) override
    {
        if (!reply_handle.starts_with(kCardHandle) || !message.update) {
            done({chat::SendOutcome::payload_failed, {}, "only cards can be changed later", {}, {}});
            return;
        }
        auto user = std::move(message.user_id);
        platform_.change_card(std::move(user), std::move(*message.update), std::move(message.dedup_key), std::move(done));
    }

    void fetch_media(chat::Media media, std::size_t limit_bytes, std::function<void(Fetched)> done) override
    {
        std::int64_t id = 0;
        if (media.handle.starts_with(kPictureHandle))
            std::from_chars(media.handle.data() + kPictureHandle.size(), media.handle.data() + media.handle.size(), id);
        platform_.picture(id, limit_bytes, std::move(done));
    }

private:
    [[nodiscard]] chat::Event event_of(Message message, chat::Instant received_at) const
    {
        chat::Event event;
        event.channel = id_;
        event.account = account_;
        event.dedup_key = std::move(message.id);
        event.place = message.chat_id.empty() ? chat::Place::direct : chat::Place::group;
        event.chat_id = std::move(message.chat_id);
        event.user_id = std::move(message.user_id);
        event.text = std::move(message.text);
        event.mention = std::any_of(mentions_.begin(), mentions_.end(),
                                    [&](auto const& mention) { return event.text.find(mention) != std::string::npos; });
        if (!message.quote_text.empty() || !message.quote_task_id.empty())
            event.quote = chat::Quote{std::move(message.quote_text), std::move(message.quote_task_id)};
        event.media = std::move(message.pictures);
        event.sent_at = received_at;
        if (message.action) {
            event.kind = chat::EventKind::card_action;
            event.reply_handle = std::string(kCardHandle) + message.action->task_id;
            event.action = std::move(message.action);
        }
        return event;
    }

    std::string id_{kChannelId};
    std::string account_{kAccount};
    std::string group_; ///< none: it speaks into every group of its account
    std::vector<std::string> mentions_;
    Platform& platform_;
};

} // namespace

std::unique_ptr<chat::Channel> make_channel(std::vector<std::string> const& bot_names, Platform& platform)
{
    return std::make_unique<PlaygroundChannel>(bot_names, platform);
}

} // namespace adapters::playground
