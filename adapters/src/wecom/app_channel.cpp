#include "text/xml_writer.hpp"
#include "wecom/api.hpp"
#include "wecom/callback.hpp"
#include "wecom/channels.hpp"
#include "wecom/context.hpp"
#include "wecom/inbound.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

using chat::SendOutcome;

/// The self-built app: hears and speaks to one person, with cards.
class AppChannel final : public chat::Channel {
public:
    AppChannel(Options const& options, Services services)
        : id_(options.platform + "/" + options.name), account_(account_of(options.corp_id)), corp_id_(options.corp_id),
          agent_id_(options.agent_id),
          callback_({options.token, options.encoding_aes_key, options.corp_id}, encrypt_of_xml, options.replay_window),
          key_{options.api_base, options.corp_id, options.corp_secret}, services_(std::move(services))
    {
    }

    [[nodiscard]] std::string const& id() const override { return id_; }
    [[nodiscard]] std::string const& account() const override { return account_; }
    [[nodiscard]] std::string const& group() const override { return group_; }
    [[nodiscard]] chat::Capabilities capabilities() const override
    {
        chat::Capabilities can;
        can.receives = true;
        can.pushes_to_person = true;
        can.cards = true;
        can.card_updates = true;
        can.reply_limit = std::chrono::seconds(5);
        can.text_limit_bytes = kTextLimitBytes;
        return can;
    }

    [[nodiscard]] std::variant<chat::Received, chat::Answered> receive(chat::WebhookRequest const& request) override
    {
        auto opened = callback_.open(request);
        if (auto* answered = std::get_if<chat::Answered>(&opened))
            return std::move(*answered);
        auto received = decode_app(std::get<std::string>(opened));
        if (!received)
            return chat::Answered{acknowledgement(), "malformed"}; // genuine: sending it again would not mend it
        complete(*received, request, id_, account_);
        return std::move(*received);
    }

    [[nodiscard]] chat::WebhookResponse reply(chat::ReplyContext const& context, chat::Reply const& reply) override
    {
        std::string const plain = app_reply(context, corp_id_, reply).plain;
        if (plain.empty())
            return acknowledgement();
        std::string const nonce = value_of(context, context::kNonce);
        std::string const time = std::to_string(number_of(context, context::kTime));
        std::string const encrypt = callback_.crypto().seal(plain);
        text::XmlWriter out;
        out.open("xml").text("Encrypt", encrypt).text("MsgSignature", callback_.crypto().sign(time, nonce, encrypt));
        out.number("TimeStamp", number_of(context, context::kTime)).text("Nonce", nonce).close("xml");
        return {200, "application/xml", out.take()};
    }

    [[nodiscard]] chat::Reply leftover(chat::ReplyContext const& context, chat::Reply const& reply) const override
    {
        return app_reply(context, corp_id_, reply).left;
    }

    void send(chat::Outbound message, Sent done) override
    {
        if (!message.chat_id.empty() || !is_user_id(message.user_id)) {
            done(not_sent(SendOutcome::user_failed, "not a WeCom user id"));
            return;
        }
        auto body = app_message(message, agent_id_);
        if (!body) {
            done(not_sent(SendOutcome::payload_failed, "nothing to say"));
            return;
        }
        auto named = [done = std::move(done)](chat::SendResult result) {
            // There is one receiver: where he was not reached, nobody was.
            if (result.outcome == SendOutcome::sent && !result.unreached.empty()) {
                result.outcome = SendOutcome::user_failed;
                result.detail = "outside the app's visible range, or without a licence";
            }
            done(std::move(result));
        };
        api::post_with_token(services_, key_, Call::send_message, "/cgi-bin/message/send", std::move(*body), std::move(named));
    }

    void send_late(std::string reply_handle, chat::Outbound message, Sent done) override
    {
        if (!message.user_id.empty() && !is_user_id(message.user_id)) {
            done(not_sent(SendOutcome::user_failed, "not a WeCom user id"));
            return;
        }
        auto body = app_card_update(message, agent_id_, reply_handle);
        if (!body) {
            done(not_sent(SendOutcome::payload_failed, "a handle of this channel only changes a card"));
            return;
        }
        api::post_with_token(services_, key_, Call::update_card, "/cgi-bin/message/update_template_card", std::move(*body),
                             std::move(done));
    }

    void probe(Sent done) override { api::try_token(services_, key_, std::move(done)); }

    void fetch_media(chat::Media media, std::size_t limit_bytes, std::function<void(Fetched)> done) override
    {
        api::get_media(services_, key_, media.handle, limit_bytes, std::move(done));
    }

private:
    std::string id_;
    std::string account_;
    std::string group_;
    std::string corp_id_;
    std::int64_t agent_id_;
    Callback callback_;
    TokenKey key_;
    Services services_;
};

} // namespace

std::unique_ptr<chat::Channel> make_app_channel(Options const& options, Services services)
{
    return std::make_unique<AppChannel>(options, std::move(services));
}

} // namespace adapters::wecom
