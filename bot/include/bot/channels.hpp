#pragma once

#include "adapters/chat/channel.hpp"
#include "bot/config.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bot {

/// The doors of this process, fixed while it runs.
class ChannelSet {
public:
    void add(std::unique_ptr<adapters::chat::Channel> channel);
    /// The channel "platform/name"; null when there is none.
    [[nodiscard]] adapters::chat::Channel* find(std::string_view id) const;
    [[nodiscard]] std::vector<std::unique_ptr<adapters::chat::Channel>> const& all() const { return channels_; }

private:
    std::vector<std::unique_ptr<adapters::chat::Channel>> channels_;
};

/// "wecom-app" of "wecom-app/main".
std::string_view platform_of(std::string_view channel_id);

/// Makes every channel of the configuration, with one HTTP client for all.
/// Errors: std::invalid_argument when an adapter refuses its options.
ChannelSet make_channels(Config const& config);

} // namespace bot
