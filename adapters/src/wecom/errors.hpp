#pragma once

#include "adapters/chat/message.hpp"
#include "adapters/http_client.hpp"

#include <chrono>
#include <span>
#include <string>

namespace adapters::wecom {

/// Which call answered; some codes mean different things.
enum class Call {
    get_token,
    send_message,  ///< message/send; WeCom drops bodies equal to one it took, so it may be repeated
    update_card,   ///< message/update_template_card
    group_webhook, ///< webhook/send: nothing guards against repeats
    late_reply,    ///< response_url
    get_media,
};

/// What to do about an errcode. Source: wecom.md 5.2.
enum class ErrorClass {
    ok,
    stale_token,   ///< T: drop the token, try once more
    busy,          ///< B: try again with back-off
    frequency,     ///< B: wait for the window
    user,          ///< P of one receiver
    configuration, ///< P: an operator must act, also for the platform's anti-spam policy
    payload,       ///< P: the message is wrong
};

/// Class of an errcode in the answer to `call`. Unknown codes are `payload`, never success.
ErrorClass classify(Call call, int errcode);

/// One line of the table, for tests.
struct ErrorRow {
    int errcode;
    ErrorClass kind;
};
std::span<ErrorRow const> error_table();

/// An API answer, read.
struct ApiAnswer {
    chat::SendResult result;
    bool stale_token = false;
    std::string token; ///< of get_token
    std::chrono::seconds token_life{0};
};

/// Reads what came back from `call`: transport failures, HTTP statuses, errcode, and on success the receivers that were not reached.
ApiAnswer read_answer(Call call, HttpResponse const& response);

} // namespace adapters::wecom
