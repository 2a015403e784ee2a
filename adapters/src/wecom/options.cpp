#include "adapters/wecom/crypto.hpp"
#include "adapters/wecom/wecom.hpp"
#include "http/url.hpp"
#include "wecom/channels.hpp"

#include <algorithm>
#include <stdexcept>

namespace adapters::wecom {

namespace {

bool all_of(std::string_view s, std::string_view extra)
{
    return std::all_of(s.begin(), s.end(), [extra](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || extra.find(c) != std::string_view::npos;
    });
}

/// Visible ASCII: whatever a platform calls a secret, it has no blanks nor line ends (a file's last line often has).
bool is_visible(std::string_view s)
{
    return !s.empty() && s.size() <= 512 && std::all_of(s.begin(), s.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

class Checker {
public:
    explicit Checker(Options const& options) : options_(options) {}

    std::vector<OptionError> run()
    {
        bool const app = options_.platform == kAppPlatform;
        bool const bot = options_.platform == kBotPlatform;
        bool const robot = options_.platform == kGroupRobotPlatform;
        require(app || bot || robot, "platform", "must be wecom-app, wecom-bot or wecom-group-robot");
        require(!options_.name.empty() && options_.name.size() <= 64 && all_of(options_.name, "-_."), "name",
                "must be 1 to 64 letters, digits, '-', '_' or '.'");
        check_api_base();
        if (app || bot)
            check_callback();
        if (app)
            check_app();
        if (robot)
            check_group_robot();
        return std::move(errors_);
    }

private:
    void require(bool holds, char const* key, char const* message)
    {
        if (!holds)
            errors_.push_back({key, message});
    }

    void check_api_base()
    {
        require(http::is_callable(options_.api_base) && options_.api_base.find_first_of("?#") == std::string::npos, "api_base",
                "must be an https address (http only for a loopback address)");
    }

    void check_callback()
    {
        require(is_visible(options_.token), "token", "must be the Token that the console shows");
        require(decode_key(options_.encoding_aes_key).has_value(), "encoding_aes_key",
                "must be 43 letters and digits, as the console shows it");
        require(!options_.corp_id.empty() && options_.corp_id.size() <= 64 && all_of(options_.corp_id, "-_"), "corp_id",
                "must be the corporation's id, such as ww1234567890abcdef");
        require(options_.replay_window >= std::chrono::seconds(60), "replay_window", "must be a minute at least: the platform sends again");
    }

    void check_app()
    {
        require(options_.agent_id > 0, "agent_id", "must be the app's AgentId, a positive number");
        require(is_visible(options_.corp_secret), "corp_secret", "must be the app's Secret");
    }

    void check_group_robot()
    {
        require(is_visible(options_.key), "key", "must be the key of the robot's webhook address");
        require(!options_.group.empty(), "group", "must name the group that the robot speaks in");
        require(!options_.account.empty(), "account", "must name the account that the group belongs to");
    }

    Options const& options_;
    std::vector<OptionError> errors_;
};

} // namespace

std::vector<OptionError> check(Options const& options)
{
    return Checker(options).run();
}

std::string account_of(std::string_view corp_id)
{
    return "wecom:" + std::string(corp_id);
}

bool is_user_id(std::string_view id)
{
    return !id.empty() && id.size() <= 64 && id != "@all" && all_of(id, "-_.@");
}

chat::SendResult not_sent(chat::SendOutcome outcome, std::string detail)
{
    chat::SendResult result;
    result.outcome = outcome;
    result.detail = std::move(detail);
    return result;
}

std::unique_ptr<chat::Channel> make_channel(Options options, Services services)
{
    if (auto const errors = check(options); !errors.empty())
        throw std::invalid_argument(errors.front().key + ": " + errors.front().message);
    while (options.api_base.ends_with('/'))
        options.api_base.pop_back();
    if (options.platform == kAppPlatform)
        return make_app_channel(options, std::move(services));
    if (options.platform == kBotPlatform)
        return make_bot_channel(options, std::move(services));
    return make_group_robot_channel(options, std::move(services));
}

} // namespace adapters::wecom
