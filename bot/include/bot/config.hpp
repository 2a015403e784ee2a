#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What an operator decides, as plain values. Secrets are resolved already; no value here is ever printed or logged as a whole.
namespace bot {

struct ListenAddress {
    std::string host = "127.0.0.1"; ///< numeric IPv4 or IPv6
    std::uint16_t port = 8080;      ///< 0: any free port, told in the log
};

struct ServerConfig {
    ListenAddress listen;
    std::string public_url; ///< absolute, without a slash at the end; empty: addresses in messages are left out
};

/// One `[[channels]]` entry. Keys that its platform does not have are empty.
struct ChannelConfig {
    std::string platform; ///< "wecom-app", "wecom-bot", "wecom-group-robot"
    std::string name;     ///< unique within its platform; the last part of the webhook path
    std::string api_base; ///< without a slash at the end
    std::string token;
    std::string encoding_aes_key;
    std::string corp_id;
    std::int64_t agent_id = 0;
    std::string corp_secret;
    std::string key;     ///< of a group robot: secret
    std::string group;   ///< of a group robot: the group it speaks into, as in "CG-G01"
    std::string account; ///< tenant of its ids, worked out from the whole file; see docs/decisions/0004

    [[nodiscard]] std::string id() const { return platform + "/" + name; }
};

enum class LogFormat { logfmt, json };

struct LogConfig {
    std::string level = "info"; ///< "debug", "info", "warn" or "error"
    LogFormat format = LogFormat::logfmt;
};

struct Config {
    std::string source; ///< the file it was read from; empty for the built-in defaults
    ServerConfig server;
    std::string storage_url = "sqlite:var/yiqi.db";
    std::string zone = "Asia/Shanghai";
    std::vector<std::string> bot_names = {"小邻"};
    bool playground = false;
    LogConfig log;
    std::vector<ChannelConfig> channels;
};

} // namespace bot
