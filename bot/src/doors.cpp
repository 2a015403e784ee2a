#include "bot/doors.hpp"

#include "bot/addresses.hpp"

#include <utility>

namespace bot {
namespace {

using adapters::chat::Channel;

/// The channel of an account that speaks to persons: `wanted` if it is one, else the first.
Channel* personal_channel(ChannelSet const& channels, std::string const& account, std::string const& wanted)
{
    Channel* first = nullptr;
    for (auto const& channel : channels.all()) {
        if (channel->account() != account || !channel->capabilities().pushes_to_person)
            continue;
        if (channel->id() == wanted)
            return channel.get();
        if (!first)
            first = channel.get();
    }
    return first;
}

std::variant<Door, NoDoor> person_door(ChannelSet const& channels, std::vector<commands::PersonAddress> const& addresses,
                                       std::string const& preferred)
{
    if (addresses.empty())
        return NoDoor{"此人没有绑定任何账号"};
    for (auto const& address : addresses) {
        auto* channel = personal_channel(channels, address.account, address.channel.empty() ? preferred : address.channel);
        if (channel)
            return Door{channel, address.user_id, {}, {}};
    }
    return NoDoor{"账号 " + addresses.front().account + " 没有能主动发给个人的渠道（如 wecom-app）"};
}

std::variant<Door, NoDoor> group_door(ChannelSet const& channels, std::string const& group,
                                      std::vector<commands::GroupAddress> const& addresses)
{
    for (auto const& channel : channels.all()) {
        if (channel->group() == group && channel->capabilities().pushes_to_group)
            return Door{channel.get(), {}, {}, {}};
    }
    for (auto const& address : addresses) {
        for (auto const& channel : channels.all()) {
            if (channel->account() == address.account && channel->group().empty() && channel->capabilities().pushes_to_group)
                return Door{channel.get(), {}, address.chat_id, {}};
        }
    }
    return NoDoor{"群 " + group + " 没有绑定能发群消息的渠道（如 wecom-group-robot，group = \"" + group + "\"）"};
}

std::variant<Door, NoDoor> direct_door(ChannelSet const& channels, storage::OutboxMessage const& message)
{
    auto const address = decode_address(message.recipient.id);
    auto* channel = channels.find(message.channel);
    if (!address || !channel)
        return NoDoor{"渠道 " + message.channel + " 已不在配置里"};
    switch (address->kind) {
    case DirectAddress::Kind::reply: return Door{channel, {}, {}, address->id};
    case DirectAddress::Kind::user:
        if (auto* personal = personal_channel(channels, channel->account(), message.channel))
            return Door{personal, address->id, {}, {}};
        return NoDoor{"账号 " + channel->account() + " 没有能主动发给个人的渠道（如 wecom-app）"};
    case DirectAddress::Kind::chat:
        if (channel->capabilities().pushes_to_group && channel->group().empty())
            return Door{channel, {}, address->id, {}};
        return NoDoor{"渠道 " + message.channel + " 不能主动发群消息"};
    }
    return NoDoor{"收信地址无法识别"};
}

} // namespace

std::variant<Door, NoDoor> find_door(ChannelSet const& channels, commands::RecipientDirectory const& directory, storage::Database& db,
                                     storage::OutboxMessage const& message)
{
    switch (message.recipient.kind) {
    case storage::RecipientKind::person:
        return person_door(channels, directory.person(db, governance::PersonId(message.recipient.id)), message.channel);
    case storage::RecipientKind::group:
        return group_door(channels, message.recipient.id, directory.group(db, governance::GroupId(message.recipient.id)));
    case storage::RecipientKind::handle: return direct_door(channels, message);
    }
    return NoDoor{"收信地址无法识别"};
}

} // namespace bot
