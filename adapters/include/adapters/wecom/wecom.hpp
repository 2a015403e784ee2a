#pragma once

#include "adapters/chat/channel.hpp"
#include "adapters/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// WeCom (企业微信): the self-built app speaks with one person, the smart robot hears a group, the group robot speaks in it.
namespace adapters::wecom {

inline constexpr std::string_view kAppPlatform = "wecom-app";
inline constexpr std::string_view kBotPlatform = "wecom-bot";
inline constexpr std::string_view kGroupRobotPlatform = "wecom-group-robot";
inline constexpr std::string_view kDefaultApiBase = "https://qyapi.weixin.qq.com";

/// One configured channel. Field names are the keys of the configuration; a platform uses those that check() asks for.
struct Options {
    std::string platform;         ///< one of the three above
    std::string name;             ///< unique within its platform
    std::string token;            ///< app, bot: signs the callbacks. Secret
    std::string encoding_aes_key; ///< app, bot: 43 letters and digits. Secret
    std::string corp_id;          ///< app, bot: whose user ids these are
    std::int64_t agent_id = 0;    ///< app
    std::string corp_secret;      ///< app. Secret
    std::string key;              ///< group robot: the `key` of its webhook address. Secret
    std::string group;            ///< group robot: the group it speaks in, as in "CG-G01"
    std::string account;          ///< group robot: account it belongs to, as in "wecom:ww12"; the others derive theirs from corp_id
    std::string api_base{kDefaultApiBase};
    std::chrono::seconds replay_window{600}; ///< a callback signed longer ago, or further ahead, is refused
};

/// What is wrong with one key, in words for the operator; never the value of a secret.
struct OptionError {
    std::string key;
    std::string message;
};

/// Everything wrong with `options`; empty when a channel can be made of them.
std::vector<OptionError> check(Options const& options);

/// "wecom:" + corp_id: the account of an app and of a smart robot.
std::string account_of(std::string_view corp_id);

/// Access tokens, shared by all channels of the process: one per (api_base, corp_id, corp_secret), fetched by one caller at a time.
class TokenCache;
std::shared_ptr<TokenCache> make_token_cache(std::shared_ptr<HttpClient> http);

/// What all channels of the process share.
struct Services {
    std::shared_ptr<HttpClient> http;
    std::shared_ptr<TokenCache> tokens;
};

/// Makes the channel. It may be destroyed while calls are under way; their callbacks still come.
/// Throws std::invalid_argument when check() finds an error.
std::unique_ptr<chat::Channel> make_channel(Options options, Services services);

} // namespace adapters::wecom
