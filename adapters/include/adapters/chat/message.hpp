#pragma once

#include "adapters/chat/event.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What we say: replies to the event at hand and messages pushed later.
namespace adapters::chat {

/// A button of a card. `key` comes back in CardAction::key.
struct Button {
    std::string key;  ///< at most 1024 bytes, unique within the card
    std::string text; ///< at most 10 characters are shown
    bool primary = false;
};

/// A choice of one out of several; its key comes back as the only option of a Selection.
struct Option {
    std::string id; ///< at most 128 bytes
    std::string text;
};

enum class CardKind {
    notice,  ///< text and, when given, one link; nothing comes back
    buttons, ///< up to six buttons
    choice,  ///< one question, up to twenty options and a submit button
};

/// A rich message. Every card has `fallback`, a text that says the same and how to answer in words, for channels without cards.
struct Card {
    CardKind kind = CardKind::notice;
    std::string task_id; ///< ours; `[0-9A-Za-z_\-@]`, at most 128 bytes, fresh for every send; required except for notices
    std::string title;
    std::string body;
    std::vector<std::pair<std::string, std::string>> facts; ///< label and value, at most six
    std::vector<Button> buttons;
    std::string question; ///< key of the choice
    std::vector<Option> options;
    std::string submit_key;  ///< key of the submit button of a choice
    std::string submit_text; ///< its text
    std::string url;         ///< where the card leads, absolute; empty for none
    std::string fallback;
};

/// How a card that was clicked looks from now on, for the one who clicked.
struct CardUpdate {
    std::string task_id;
    std::string text; ///< what the buttons are replaced by, as in "已记：赞成"
    Card card;        ///< the card as sent, for platforms that must be told it again
};

/// The passive answer to an event. Everything empty: acknowledge and say nothing.
struct Reply {
    std::string text; ///< plain text; a channel may render it as markdown after escaping
    std::optional<Card> card;
    std::optional<CardUpdate> update;
    [[nodiscard]] bool empty() const { return text.empty() && !card && !update; }
};

/// A message that we start. Exactly one of `user_id` and `chat_id` is set; only a card update may name nobody: it is then for everyone who
/// got the card.
struct Outbound {
    std::string user_id;
    std::string chat_id;
    std::string text; ///< plain text; also the fallback of a card
    std::optional<Card> card;
    std::optional<CardUpdate> update; ///< only with Channel::send_late: changes the card whose handle is given
    std::string dedup_key;            ///< equal for every try of the same message; channels that can, pass it on or build equal bodies
};

/// How a try to send ended.
enum class SendOutcome {
    sent,
    rate_limited,   ///< not sent; try again not before `retry_after`
    retry,          ///< certainly not sent, or safe to repeat; try again with back-off
    unknown,        ///< the platform may or may not have taken it
    user_failed,    ///< this receiver cannot be reached; others can. Do not retry
    payload_failed, ///< the message itself is wrong: our bug. Do not retry
    channel_failed, ///< configuration, permission or policy: an operator must act. Do not retry
};

struct SendResult {
    SendOutcome outcome = SendOutcome::unknown;
    std::chrono::milliseconds retry_after{0};
    std::string detail;                 ///< for logs and the console: platform code and a few words, never a secret
    std::vector<std::string> unreached; ///< user ids that the platform named as not reached
    std::string update_handle;          ///< one-time handle to change the card later; a secret; empty when there is none
};

} // namespace adapters::chat
