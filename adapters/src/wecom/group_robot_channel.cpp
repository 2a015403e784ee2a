#include "http/url.hpp"
#include "wecom/api.hpp"
#include "wecom/callback.hpp"
#include "wecom/channels.hpp"
#include "wecom/outbound.hpp"

namespace adapters::wecom {

namespace {

using chat::SendOutcome;

/// The group robot: speaks in one group, hears nothing.
class GroupRobotChannel final : public chat::Channel {
public:
    GroupRobotChannel(Options const& options, Services services)
        : id_(options.platform + "/" + options.name), account_(options.account), group_(options.group), api_base_(options.api_base),
          url_(options.api_base + "/cgi-bin/webhook/send?key=" + http::escape(options.key)), services_(std::move(services))
    {
    }

    [[nodiscard]] std::string const& id() const override { return id_; }
    [[nodiscard]] std::string const& account() const override { return account_; }
    [[nodiscard]] std::string const& group() const override { return group_; }
    [[nodiscard]] chat::Capabilities capabilities() const override
    {
        constexpr int kMessagesPerMinute = 20; // wecom.md 5.1
        chat::Capabilities can;
        can.pushes_to_group = true;
        can.per_minute = kMessagesPerMinute;
        can.text_limit_bytes = kMarkdownLimitBytes;
        return can;
    }

    [[nodiscard]] std::variant<chat::Received, chat::Answered> receive(chat::WebhookRequest const&) override
    {
        return refusal(404, "no_callback");
    }

    [[nodiscard]] chat::WebhookResponse reply(chat::ReplyContext const&, chat::Reply const&) override { return acknowledgement(); }

    [[nodiscard]] chat::Reply leftover(chat::ReplyContext const&, chat::Reply const& reply) const override { return reply; }

    void send(chat::Outbound message, Sent done) override
    {
        if (!message.user_id.empty()) {
            done(not_sent(SendOutcome::channel_failed, "a group robot speaks to its group only"));
            return;
        }
        auto body = group_message(message);
        if (!body) {
            done(not_sent(SendOutcome::payload_failed, "nothing to say"));
            return;
        }
        api::post(services_, Call::group_webhook, url_, std::move(*body), std::move(done));
    }

    void send_late(std::string, chat::Outbound, Sent done) override
    {
        done(not_sent(SendOutcome::channel_failed, "a group robot hears nothing that could be answered"));
    }

    void probe(Sent done) override { api::reach(services_, api_base_, std::move(done)); }

    void fetch_media(chat::Media, std::size_t, std::function<void(Fetched)> done) override
    {
        Fetched nothing;
        nothing.detail = "a group robot receives no files";
        done(std::move(nothing));
    }

private:
    std::string id_;
    std::string account_;
    std::string group_;
    std::string api_base_;
    std::string url_;
    Services services_;
};

} // namespace

std::unique_ptr<chat::Channel> make_group_robot_channel(Options const& options, Services services)
{
    return std::make_unique<GroupRobotChannel>(options, std::move(services));
}

} // namespace adapters::wecom
