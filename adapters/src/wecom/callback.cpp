#include "wecom/callback.hpp"

#include "wecom/fields.hpp"
#include "wecom/inbound.hpp"

namespace adapters::wecom {

namespace {

std::string_view reason_of(CryptoError error)
{
    switch (error) {
    case CryptoError::bad_signature: return "bad_signature";
    case CryptoError::bad_key: return "bad_key";
    case CryptoError::bad_receive_id: return "bad_receive_id";
    case CryptoError::bad_cipher: return "bad_cipher";
    case CryptoError::bad_frame: return "bad_frame";
    case CryptoError::bad_base64: return "bad_base64";
    }
    return "bad_signature";
}

} // namespace

chat::WebhookResponse acknowledgement()
{
    return {200, "text/plain", {}};
}

chat::Answered refusal(int status, std::string reason)
{
    return {{status, "text/plain", reason}, reason};
}

void complete(chat::Received& received, chat::WebhookRequest const& request, std::string const& channel, std::string const& account)
{
    received.event.channel = channel;
    received.event.account = account;
    auto const nonce = request.query.find("nonce");
    auto const seconds = std::chrono::floor<std::chrono::seconds>(request.received_at).time_since_epoch();
    received.context.values.emplace(context::kNonce, nonce == request.query.end() ? std::string() : nonce->second);
    received.context.values.emplace(context::kTime, std::to_string(seconds.count()));
}

Callback::Callback(Crypto crypto, Unwrap unwrap, std::chrono::seconds replay_window)
    : crypto_(std::move(crypto)), unwrap_(std::move(unwrap)), replay_window_(replay_window)
{
}

bool Callback::in_time(std::string_view timestamp, chat::Instant now) const
{
    chat::Instant const signed_at = instant_of(timestamp);
    return signed_at != chat::Instant{} && signed_at + replay_window_ >= now && signed_at - replay_window_ <= now;
}

std::variant<std::string, chat::Answered> Callback::open(chat::WebhookRequest const& request) const
{
    auto const parameter = [&request](char const* name) {
        auto const found = request.query.find(name);
        return found == request.query.end() ? std::string_view() : std::string_view(found->second);
    };
    bool const verification = request.method == "GET";
    if (!verification && request.method != "POST")
        return refusal(405, "bad_method");
    if (request.body.size() > kMaxBodyBytes)
        return refusal(413, "too_large");
    Signed const signature{parameter("msg_signature"), parameter("timestamp"), parameter("nonce")};
    if (signature.signature.empty() || signature.timestamp.empty() || signature.nonce.empty())
        return refusal(400, "missing_parameter");
    std::string_view const echo = parameter("echostr");
    auto encrypt = verification ? std::optional(std::string(echo)) : unwrap_(request.body);
    if (!encrypt || encrypt->empty())
        return refusal(400, verification ? "missing_parameter" : "malformed");
    auto opened = crypto_.open(signature, *encrypt);
    if (auto const* error = std::get_if<CryptoError>(&opened))
        return refusal(403, std::string(reason_of(*error)));
    auto& plain = std::get<std::string>(opened);
    if (verification)
        return chat::Answered{{200, "text/plain", std::move(plain)}, "verified"};
    // After the signature, so that only the genuine can be found stale. A verification may be repeated by hand and changes nothing. The
    // platform's own retries end within half a minute (wecom.md 1.6), far inside the window; repeats within it are the store's to know.
    if (!in_time(signature.timestamp, request.received_at))
        return refusal(403, "replayed");
    return std::move(plain);
}

} // namespace adapters::wecom
