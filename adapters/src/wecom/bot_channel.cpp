#include "http/url.hpp"
#include "text/json_writer.hpp"
#include "wecom/api.hpp"
#include "wecom/callback.hpp"
#include "wecom/channels.hpp"
#include "wecom/context.hpp"
#include "wecom/inbound.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

using chat::SendOutcome;

/// The smart robot: hears a group when it is mentioned, and whoever writes to it; answers, and cannot speak first.
class BotChannel final : public chat::Channel {
public:
    BotChannel(Options const& options, Services services)
        : id_(options.platform + "/" + options.name), account_(account_of(options.corp_id)),
          callback_({options.token, options.encoding_aes_key, {}}, encrypt_of_json, options.replay_window), api_base_(options.api_base),
          services_(std::move(services))
    {
    }

    [[nodiscard]] std::string const& id() const override { return id_; }
    [[nodiscard]] std::string const& account() const override { return account_; }
    [[nodiscard]] std::string const& group() const override { return group_; }
    [[nodiscard]] chat::Capabilities capabilities() const override
    {
        chat::Capabilities can;
        can.receives = true;
        can.cards = true;
        can.late_replies = true;
        can.reply_limit = std::chrono::seconds(5);
        can.text_limit_bytes = kStreamLimitBytes;
        return can;
    }

    [[nodiscard]] std::variant<chat::Received, chat::Answered> receive(chat::WebhookRequest const& request) override
    {
        auto opened = callback_.open(request);
        if (auto* answered = std::get_if<chat::Answered>(&opened))
            return std::move(*answered);
        auto decoded = decode_robot(std::get<std::string>(opened));
        if (!decoded)
            return chat::Answered{acknowledgement(), "malformed"}; // genuine: sending it again would not mend it
        chat::Received common;
        auto* const received = std::get_if<chat::Received>(&*decoded);
        complete(received != nullptr ? *received : common, request, id_, account_);
        if (received != nullptr)
            return std::move(*received);
        // Our streams end with their first answer, so whatever is still asked about is unknown here.
        return chat::Answered{sealed(common.context, stream_apology(std::get<StreamPoll>(*decoded).id)), "stream_poll"};
    }

    [[nodiscard]] chat::WebhookResponse reply(chat::ReplyContext const& context, chat::Reply const& reply) override
    {
        return sealed(context, robot_reply(context, reply).plain);
    }

    [[nodiscard]] chat::Reply leftover(chat::ReplyContext const& context, chat::Reply const& reply) const override
    {
        return robot_reply(context, reply).left;
    }

    void send(chat::Outbound, Sent done) override
    {
        done(not_sent(SendOutcome::channel_failed, "a smart robot cannot speak first; a group robot or the app can"));
    }

    void send_late(std::string reply_handle, chat::Outbound message, Sent done) override
    {
        if (!http::is_under(reply_handle, api_base_)) {
            done(not_sent(SendOutcome::channel_failed, "response_url is not under api_base"));
            return;
        }
        auto body = late_robot_message(message);
        if (!body) {
            done(not_sent(SendOutcome::payload_failed, "nothing to say"));
            return;
        }
        api::post(services_, Call::late_reply, std::move(reply_handle), std::move(*body), std::move(done));
    }

    void probe(Sent done) override { api::reach(services_, api_base_, std::move(done)); }

    void fetch_media(chat::Media media, std::size_t limit_bytes, std::function<void(Fetched)> done) override
    {
        // Files lie on other hosts than the API; this machine is one of them only where the API is here, too.
        if (http::is_loopback(media.handle) && !http::is_loopback(api_base_)) {
            Fetched refused;
            refused.detail = "address not allowed";
            done(std::move(refused));
            return;
        }
        api::get_robot_media(services_, callback_.crypto().key(), std::move(media.handle), limit_bytes, std::move(done));
    }

private:
    [[nodiscard]] chat::WebhookResponse sealed(chat::ReplyContext const& context, std::string const& plain) const
    {
        if (plain.empty())
            return acknowledgement();
        std::string const nonce = value_of(context, context::kNonce);
        std::string const time = std::to_string(number_of(context, context::kTime));
        std::string const encrypt = callback_.crypto().seal(plain);
        text::JsonWriter out;
        out.begin_object().member("encrypt", encrypt).member("msgsignature", callback_.crypto().sign(time, nonce, encrypt));
        out.number("timestamp", number_of(context, context::kTime)).member("nonce", nonce).end_object();
        return {200, "text/plain", out.take()};
    }

    std::string id_;
    std::string account_;
    std::string group_;
    Callback callback_;
    std::string api_base_;
    Services services_;
};

} // namespace

std::unique_ptr<chat::Channel> make_bot_channel(Options const& options, Services services)
{
    return std::make_unique<BotChannel>(options, std::move(services));
}

} // namespace adapters::wecom
