#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The platform-neutral message: what came in from a chat, whatever platform carried it. Platform words end at the adapter.
namespace adapters::chat {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

enum class EventKind {
    message,     ///< somebody wrote (or sent a picture, a voice note, ...)
    card_action, ///< somebody pressed a button or submitted a choice on a card
    entered,     ///< somebody opened the private chat with the bot
    ignored,     ///< genuine, but nothing for us; it is acknowledged and forgotten
};

/// Where a message was written: among neighbours or to the bot alone.
enum class Place { group, direct };

/// A message of the chat that the writer quoted.
struct Quote {
    std::string text;    ///< its visible text, mention included; empty when the platform does not tell
    std::string task_id; ///< id of our card, when the quoted message is one of ours; else empty
};

enum class MediaKind { image, voice, video, file };

/// A picture or file that came with a message. It is fetched later through the channel, never while the sender waits.
struct Media {
    MediaKind kind = MediaKind::image;
    std::string
        handle;       ///< what Channel::fetch_media takes; at most 2048 bytes; some platforms put a short-lived secret in it: never logged
    std::string name; ///< file name, when known
};

/// One answered choice of a card: the question's key and the option ids picked.
struct Selection {
    std::string question;
    std::vector<std::string> options;
};

/// A press of a button, a submitted choice, or an entry of the card's menu.
struct CardAction {
    std::string task_id; ///< id that we gave the card when it was sent
    std::string key;     ///< key of the button pressed
    std::vector<Selection> selections;
};

/// One thing that happened in a chat, verified and decoded.
struct Event {
    std::string channel;   ///< "platform/name" of the door it came through, as in "wecom-bot/bot"
    std::string account;   ///< the tenant within which user and chat ids mean the same on all channels, as in "wecom:ww12"
    std::string dedup_key; ///< equal for repeats of the same event on this channel, different for different events
    EventKind kind = EventKind::message;
    Place place = Place::direct;
    std::string chat_id;  ///< external id of the group; empty in a private chat
    std::string user_id;  ///< external id of the writer, in the form in which ids are compared
    std::string text;     ///< UTF-8, at most 64 KiB, as written (mention included)
    bool mention = false; ///< the bot was addressed by name (or cannot be reached otherwise)
    std::optional<Quote> quote;
    std::vector<Media> media;
    std::optional<CardAction> action;
    std::string reply_handle; ///< one-time handle for Channel::send_late; a secret: never logged; may be empty
    Instant sent_at{};        ///< when the platform says it was written; 0 when it does not say. Data, not order.
};

} // namespace adapters::chat
