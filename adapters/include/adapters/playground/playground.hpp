#pragma once

#include "adapters/chat/channel.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The playground (simulated group chats) as a platform: its messages come in and go out through a channel like any other's.
namespace adapters::playground {

inline constexpr std::string_view kPlatform = "playground";
inline constexpr std::string_view kChannelId = "playground/playground";
inline constexpr std::string_view kAccount = "playground";

/// The other side of the channel: the simulated platform, which shows what it is given. All calls come on any thread.
class Platform {
public:
    virtual ~Platform() = default;
    using Sent = std::function<void(chat::SendResult)>;
    /// Shows a message to a person or a group. A repeat with the same dedup_key is shown once.
    virtual void show(chat::Outbound message, Sent done) = 0;
    /// Changes a card: for `user_id`, or for everybody when it is empty.
    virtual void change_card(std::string user_id, chat::CardUpdate update, std::string dedup_key, Sent done) = 0;
    virtual void picture(std::int64_t id, std::size_t limit_bytes, std::function<void(chat::Channel::Fetched)> done) = 0;
};

/// One message as it travels to the webhook of the channel.
struct Message {
    std::string id;      ///< different for every message; becomes the dedup key
    std::string user_id; ///< who writes
    std::string chat_id; ///< group; empty: to the bot alone
    std::string text;
    std::string quote_text;
    std::string quote_task_id; ///< of our card that is quoted
    std::vector<chat::Media> pictures;
    std::optional<chat::CardAction> action;
};

/// The body that the channel's webhook takes, JSON.
std::string encode(Message const& message);
/// What the webhook answered; nothing when it is no reply of the channel.
std::optional<chat::Reply> decode_answer(std::string_view body);
/// Handle of a kept picture, for Media::handle.
std::string picture_handle(std::int64_t id);

/// Makes the channel "playground/playground". `platform` must outlive it. `bot_names`: "@" and one of them in a text mentions the bot.
std::unique_ptr<chat::Channel> make_channel(std::vector<std::string> const& bot_names, Platform& platform);

} // namespace adapters::playground
