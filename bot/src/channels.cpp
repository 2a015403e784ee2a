#include "bot/channels.hpp"

#include "adapters/http_client.hpp"
#include "adapters/wecom/wecom.hpp"

#include <utility>

namespace bot {

void ChannelSet::add(std::unique_ptr<adapters::chat::Channel> channel)
{
    channels_.push_back(std::move(channel));
}

adapters::chat::Channel* ChannelSet::find(std::string_view id) const
{
    for (auto const& channel : channels_) {
        if (channel->id() == id)
            return channel.get();
    }
    return nullptr;
}

std::string_view platform_of(std::string_view channel_id)
{
    return channel_id.substr(0, channel_id.find('/'));
}

ChannelSet make_channels(Config const& config)
{
    ChannelSet set;
    if (config.channels.empty())
        return set;
    adapters::wecom::Services services;
    services.http = adapters::make_http_client();
    services.tokens = adapters::wecom::make_token_cache(services.http);
    for (auto const& channel : config.channels) {
        adapters::wecom::Options options;
        options.platform = channel.platform;
        options.name = channel.name;
        options.token = channel.token;
        options.encoding_aes_key = channel.encoding_aes_key;
        options.corp_id = channel.corp_id;
        options.agent_id = channel.agent_id;
        options.corp_secret = channel.corp_secret;
        options.key = channel.key;
        options.group = channel.group;
        options.account = channel.account;
        options.api_base = channel.api_base;
        set.add(adapters::wecom::make_channel(std::move(options), services));
    }
    return set;
}

} // namespace bot
