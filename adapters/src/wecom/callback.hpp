#pragma once

#include "adapters/chat/channel.hpp"
#include "adapters/wecom/crypto.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace adapters::wecom {

/// The guarded part of a callback address: from a request to the decrypted text, or to the answer that ends it.
class Callback {
public:
    /// Finds the ciphertext of a body.
    using Unwrap = std::function<std::optional<std::string>(std::string_view body)>;

    Callback(Crypto crypto, Unwrap unwrap, std::chrono::seconds replay_window);

    /// The decrypted body of a genuine POST; else a verified echostr (GET) or a refusal.
    [[nodiscard]] std::variant<std::string, chat::Answered> open(chat::WebhookRequest const& request) const;

    [[nodiscard]] Crypto const& crypto() const { return crypto_; }

private:
    [[nodiscard]] bool in_time(std::string_view timestamp, chat::Instant now) const;

    Crypto crypto_;
    Unwrap unwrap_;
    std::chrono::seconds replay_window_;
};

/// 200 without a body: received, nothing to say.
chat::WebhookResponse acknowledgement();

/// `reason` becomes the body, too: it tells a stranger nothing that the status does not.
chat::Answered refusal(int status, std::string reason);

/// Fills what every genuine event of this channel shares.
void complete(chat::Received& received, chat::WebhookRequest const& request, std::string const& channel, std::string const& account);

} // namespace adapters::wecom
