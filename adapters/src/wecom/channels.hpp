#pragma once

#include "adapters/chat/channel.hpp"
#include "adapters/wecom/wecom.hpp"

#include <memory>

/// The three doors of WeCom. `options` have passed check().
namespace adapters::wecom {

std::unique_ptr<chat::Channel> make_app_channel(Options const& options, Services services);
std::unique_ptr<chat::Channel> make_bot_channel(Options const& options, Services services);
std::unique_ptr<chat::Channel> make_group_robot_channel(Options const& options, Services services);

/// Whether `id` can name one receiver: 1 to 64 letters, digits and `-_.@`, and not "@all", which is everybody.
bool is_user_id(std::string_view id);

/// A result that needed no call.
chat::SendResult not_sent(chat::SendOutcome outcome, std::string detail);

} // namespace adapters::wecom
