#pragma once

#include "adapters/wecom/crypto.hpp"
#include "text/utf8.hpp"
#include "wecom/errors.hpp"
#include "wecom/inbound.hpp"
#include "wecom/outbound.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What bytes from WeCom, or from who poses as it, go through. Run by libFuzzer, and over the corpus by adapters_tests.
namespace fuzz {

inline void require(bool holds, char const* what)
{
    if (!holds) {
        std::fputs(what, stderr);
        std::abort();
    }
}

/// Whatever was read must be fit for the rest of the program, and answerable.
inline void check(adapters::chat::Received const& received)
{
    auto const& e = received.event;
    require(!e.dedup_key.empty() && e.dedup_key.size() <= 200, "de-duplication key");
    require(e.text.size() <= adapters::wecom::kMaxTextBytes + 3 && adapters::text::is_utf8(e.text), "text");
    require(e.text.find('\0') == std::string::npos, "NUL in text");
    require(e.user_id.size() <= 128 && e.chat_id.size() <= 128, "ids");
    require(e.kind == adapters::chat::EventKind::ignored || !e.user_id.empty(), "an event of nobody");
    require((e.kind == adapters::chat::EventKind::card_action) == e.action.has_value(), "action");
    adapters::chat::Reply reply;
    reply.text = e.text;
    require(adapters::text::is_utf8(adapters::wecom::app_reply(received.context, "ww1", reply).plain), "app reply");
    require(adapters::text::is_utf8(adapters::wecom::robot_reply(received.context, reply).plain), "robot reply");
}

inline void wecom_app(std::string_view bytes)
{
    if (auto const received = adapters::wecom::decode_app(bytes))
        check(*received);
}

inline void wecom_robot(std::string_view bytes)
{
    auto const decoded = adapters::wecom::decode_robot(bytes);
    if (decoded && std::holds_alternative<adapters::chat::Received>(*decoded))
        check(std::get<adapters::chat::Received>(*decoded));
}

inline void wecom_envelope(std::string_view bytes)
{
    for (auto const& encrypt : {adapters::wecom::encrypt_of_xml(bytes), adapters::wecom::encrypt_of_json(bytes)})
        require(!encrypt || encrypt->size() <= bytes.size(), "ciphertext longer than its envelope");
}

/// A ciphertext with a valid signature: what a leaked token alone could send.
inline void wecom_frame(std::string_view bytes)
{
    static adapters::wecom::Crypto const crypto("t0kenForTests", "k7Jd0sPq3VbN8mXzR5tYcW2uHgLfA9eKiO6xQ1vBwES", "ww1");
    std::string const signature = crypto.sign("1", "n", bytes);
    auto const opened = crypto.open({signature, "1", "n"}, bytes);
    if (auto const* message = std::get_if<std::string>(&opened))
        require(message->size() < bytes.size(), "message longer than its ciphertext");
    static_cast<void>(adapters::wecom::open_media(crypto.key(), std::string(bytes)));
}

inline void wecom_answer(std::string_view bytes)
{
    adapters::HttpResponse response;
    response.outcome = adapters::HttpOutcome::answered;
    response.status = 200;
    response.body = bytes;
    for (auto const call : {adapters::wecom::Call::get_token, adapters::wecom::Call::send_message, adapters::wecom::Call::group_webhook}) {
        auto const answer = adapters::wecom::read_answer(call, response);
        require(adapters::text::is_utf8(answer.result.detail) && answer.result.detail.size() < 300, "detail");
        bool const sent = answer.result.outcome == adapters::chat::SendOutcome::sent;
        require(!sent || call != adapters::wecom::Call::get_token || !answer.token.empty(), "success without a token");
    }
}

} // namespace fuzz
