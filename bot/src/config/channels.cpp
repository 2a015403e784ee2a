#include "channels.hpp"

#include "values.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace bot::config {
namespace {

constexpr std::string_view kWecomBase = "https://qyapi.weixin.qq.com";

void check(TableReader& reader, std::string_view key, std::string const& advice)
{
    if (!advice.empty() && reader.has(key))
        reader.complain(key, advice);
}

void read_callback_keys(TableReader& reader, ChannelConfig& channel)
{
    channel.token = reader.required_secret("token");
    channel.encoding_aes_key = reader.required_secret("encoding_aes_key");
    if (channel.encoding_aes_key != "?") // complained about already
        check(reader, "encoding_aes_key", check_aes_key(channel.encoding_aes_key));
    channel.corp_id = reader.required_text("corp_id");
}

void read_wecom_app(TableReader& reader, ChannelConfig& channel)
{
    read_callback_keys(reader, channel);
    channel.agent_id = reader.required_number("agent_id", 1, 2'147'483'647);
    channel.corp_secret = reader.required_secret("corp_secret");
}

void read_group_robot(TableReader& reader, ChannelConfig& channel)
{
    channel.key = reader.required_secret("key");
    channel.group = reader.required_text("group");
}

struct Platform {
    std::string_view name;
    void (*read)(TableReader&, ChannelConfig&);
};
constexpr std::array<Platform, 3> kPlatforms = {{
    {"wecom-app", read_wecom_app},
    {"wecom-bot", read_callback_keys},
    {"wecom-group-robot", read_group_robot},
}};
constexpr std::array<std::string_view, 4> kLater = {"wechat", "dingtalk", "feishu", "onebot"};

std::string platform_advice(std::string const& platform)
{
    if (std::find(kLater.begin(), kLater.end(), platform) != kLater.end())
        return "this build has no adapter for " + platform + "; remove the entry";
    return "must be one of wecom-app, wecom-bot, wecom-group-robot";
}

void read_api_base(TableReader& reader, ChannelConfig& channel)
{
    channel.api_base = reader.text("api_base", std::string(kWecomBase));
    check(reader, "api_base", check_base_url(channel.api_base, true));
    while (channel.api_base.ends_with('/'))
        channel.api_base.pop_back();
}

/// The playground's channel exists by itself; an entry for it changes nothing but is no mistake while the playground is enabled.
void check_playground_entry(TableReader& reader, ChannelConfig const& channel, bool enabled)
{
    if (!enabled)
        reader.complain("platform", "the playground is not enabled; remove the entry or set [playground] enabled = true");
    if (channel.name != "playground")
        reader.complain("name", "the playground has one channel, named \"playground\"");
    reader.text("api_base", "");
    reader.refuse_unknown();
}

/// Reads one entry; false when it makes no channel of its own.
bool read_channel(TableReader& reader, ChannelConfig& channel, bool playground)
{
    channel.platform = reader.required_text("platform");
    channel.name = reader.required_text("name");
    check(reader, "name", check_channel_name(channel.name));
    if (channel.platform == "playground") {
        check_playground_entry(reader, channel, playground);
        return false;
    }
    auto const* platform =
        std::find_if(kPlatforms.begin(), kPlatforms.end(), [&](Platform const& one) { return one.name == channel.platform; });
    if (platform == kPlatforms.end()) {
        check(reader, "platform", platform_advice(channel.platform));
        return false;
    }
    read_api_base(reader, channel);
    platform->read(reader, channel);
    reader.refuse_unknown();
    return true;
}

/// Channels of one corporation are one account. A group robot names no corporation: it belongs to the only one configured; where
/// there are several or none, its account is its own and knows nobody's ids (it needs none: its key leads to its group).
void set_accounts(std::vector<ChannelConfig>& channels)
{
    std::set<std::string> corporations;
    for (auto const& channel : channels) {
        if (!channel.corp_id.empty())
            corporations.insert(channel.corp_id);
    }
    for (auto& channel : channels) {
        if (!channel.corp_id.empty())
            channel.account = "wecom:" + channel.corp_id;
        else
            channel.account = corporations.size() == 1 ? "wecom:" + *corporations.begin() : channel.id();
    }
}

} // namespace

std::vector<ChannelConfig> read_channels(toml::node const& channels, bool playground, Complaints& complaints,
                                         Surroundings const& surroundings)
{
    std::vector<ChannelConfig> read;
    auto const* array = channels.as_array();
    if (!array || (!array->empty() && !array->is_array_of_tables())) {
        complaints.add(channels.source().begin.line, "channels", "must be tables, each written [[channels]]");
        return read;
    }
    std::set<std::string> seen;
    std::size_t number = 0;
    for (auto const& node : *array) {
        TableReader reader(*node.as_table(), "channels[" + std::to_string(++number) + "].", complaints, surroundings);
        ChannelConfig channel;
        auto const usable = read_channel(reader, channel, playground);
        if (reader.has("name") && !seen.insert(channel.id()).second)
            reader.complain("name", "there is another " + channel.platform + " channel named \"" + channel.name + "\"; use another name");
        if (usable)
            read.push_back(std::move(channel));
    }
    set_accounts(read);
    return read;
}

} // namespace bot::config
