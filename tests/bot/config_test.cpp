#include "bot/config_load.hpp"

#include <map>
#include <string>

namespace bot {
namespace {

constexpr char const* kKey43 = "0123456789012345678901234567890123456789012";

Surroundings fake()
{
    Surroundings surroundings;
    surroundings.environment = [](std::string const& name) -> std::optional<std::string> {
        std::map<std::string, std::string> const set = {{"TOKEN", "t0k3n"}, {"KEY", kKey43}, {"EMPTY", ""}};
        auto const found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional(found->second);
    };
    surroundings.read_secret = [](std::string const& path) -> std::optional<std::string> {
        return path == "/run/secret" ? std::optional<std::string>("from file\n") : std::nullopt;
    };
    return surroundings;
}

std::string const kApp = "[[channels]]\n"
                         "platform = \"wecom-app\"\n"
                         "name = \"main\"\n"
                         "token = \"env:TOKEN\"\n"
                         "encoding_aes_key = \"env:KEY\"\n"
                         "corp_id = \"ww1\"\n"
                         "agent_id = 1000002\n"
                         "corp_secret = \"file:/run/secret\"\n";
std::string const kRobot = "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"g01\"\nkey = \"k\"\ngroup = \"CG-G01\"\n";

struct Wrong {
    char const* name;
    std::string text;
    std::string says; ///< the one message expected
};

class ConfigErrorTable : public testing::TestWithParam<Wrong> {};

TEST_P(ConfigErrorTable, NamesFileLineKeyAndAdvice)
{
    auto const parsed = parse_config(GetParam().text, "y.toml", fake());
    auto const* errors = std::get_if<ConfigErrors>(&parsed);
    ASSERT_NE(errors, nullptr);
    ASSERT_EQ(errors->lines.size(), 1U) << testing::PrintToString(errors->lines);
    EXPECT_THAT(errors->lines[0], testing::StartsWith(GetParam().says));
    EXPECT_THAT(errors->lines[0], testing::Not(testing::HasSubstr("t0k3n")));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConfigErrorTable,
    testing::Values(
        Wrong{"syntax", "[server\nlisten = 1", "y.toml:1: cannot be read as TOML: "},
        Wrong{"unknown_section", "[sever]\n", "y.toml:1: sever: is unknown here"},
        Wrong{"unknown_key", "[server]\nlisten = \"127.0.0.1:1\"\nport = 3", "y.toml:3: server.port: is unknown here"},
        Wrong{"section_is_a_value", "server = 3", "y.toml:1: server: must be a table"},
        Wrong{"text_is_a_number", "[storage]\nurl = 3", "y.toml:2: storage.url: must be a string"},
        Wrong{"boolean_is_text", "[playground]\nenabled = \"true\"", "y.toml:2: playground.enabled: must be true or false"},
        Wrong{"names_is_text", "[bot]\nnames = \"x\"", "y.toml:2: bot.names: must be a list"},
        Wrong{"names_holds_a_number", "[bot]\nnames = [\"x\", 1]", "y.toml:2: bot.names: must be a list"},
        Wrong{"no_names", "[bot]\nnames = []", "y.toml:2: bot.names: must hold 1 to 16"},
        Wrong{"listen_without_port", "[server]\nlisten = \"127.0.0.1\"", "y.toml:2: server.listen: must be ADDRESS:PORT"},
        Wrong{"listen_by_name", "[server]\nlisten = \"example.org:80\"", "y.toml:2: server.listen: must be ADDRESS:PORT"},
        Wrong{"listen_port_too_large", "[server]\nlisten = \"127.0.0.1:65536\"", "y.toml:2: server.listen: must be ADDRESS:PORT"},
        Wrong{"listen_six_without_brackets", "[server]\nlisten = \"::1:80\"", "y.toml:2: server.listen: must be ADDRESS:PORT"},
        Wrong{"public_url_relative", "[server]\npublic_url = \"/x\"", "y.toml:2: server.public_url: must be an absolute address"},
        Wrong{"storage_scheme", "[storage]\nurl = \"mysql://x\"", "y.toml:2: storage.url: must be \"sqlite:PATH\""},
        Wrong{"zone", "[time]\nzone = \"Asia/Nowhere\"", "y.toml:2: time.zone: is no time zone"},
        Wrong{"log_level", "[log]\nlevel = \"loud\"", "y.toml:2: log.level: must be \"debug\""},
        Wrong{"log_format", "[log]\nformat = \"xml\"", "y.toml:2: log.format: must be"},
        Wrong{"channels_is_a_table", "[channels]\nname = \"x\"", "y.toml:1: channels: must be tables"},
        Wrong{"platform_missing", "[[channels]]\nname = \"x\"", "y.toml:1: channels[1].platform: is missing"},
        Wrong{"platform_unknown", "[[channels]]\nplatform = \"icq\"\nname = \"x\"", "y.toml:2: channels[1].platform: must be one of"},
        Wrong{"platform_of_another_build", "[[channels]]\nplatform = \"feishu\"\nname = \"x\"",
              "y.toml:2: channels[1].platform: this build has no adapter for feishu"},
        Wrong{"group_missing", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"x\"\nkey = \"k\"",
              "y.toml:1: channels[1].group: is missing"},
        Wrong{"group_empty", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"x\"\nkey = \"k\"\ngroup = \"\"",
              "y.toml:5: channels[1].group: must not be empty"},
        Wrong{"key_of_another_platform", kRobot + "corp_id = \"ww1\"", "y.toml:6: channels[1].corp_id: is unknown here"},
        Wrong{"same_name_twice", kRobot + kRobot, "y.toml:8: channels[2].name: there is another wecom-group-robot channel"},
        Wrong{"name_with_a_slash", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"a/b\"\nkey = \"k\"\ngroup = \"g\"",
              "y.toml:3: channels[1].name: must be 1 to 64"},
        Wrong{"plain_http_elsewhere", kRobot + "api_base = \"http://example.org\"", "y.toml:6: channels[1].api_base: plain http"},
        Wrong{"api_base_with_query", kRobot + "api_base = \"https://example.org/?a=1\"",
              "y.toml:6: channels[1].api_base: must be a plain address"},
        Wrong{"agent_id_is_text",
              "[[channels]]\nplatform = \"wecom-app\"\nname = \"m\"\ntoken = \"env:TOKEN\"\nencoding_aes_key = \"env:KEY\"\n"
              "corp_id = \"w\"\ncorp_secret = \"s\"\nagent_id = \"3\"",
              "y.toml:8: channels[1].agent_id: must be a number"},
        Wrong{"short_aes_key",
              "[[channels]]\nplatform = \"wecom-bot\"\nname = \"m\"\ntoken = \"env:TOKEN\"\nencoding_aes_key = \"short\"\ncorp_id = \"w\"",
              "y.toml:5: channels[1].encoding_aes_key: must be the 43 characters"},
        Wrong{"environment_not_set", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"m\"\nkey = \"env:NONE\"\ngroup = \"g\"",
              "y.toml:4: channels[1].key: the environment variable NONE is not set"},
        Wrong{"environment_empty", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"m\"\nkey = \"env:EMPTY\"\ngroup = \"g\"",
              "y.toml:4: channels[1].key: the secret that env:EMPTY names is empty"},
        Wrong{"secret_file_missing", "[[channels]]\nplatform = \"wecom-group-robot\"\nname = \"m\"\nkey = \"file:/none\"\ngroup = \"g\"",
              "y.toml:4: channels[1].key: the file /none cannot be read"},
        Wrong{"playground_entry_while_disabled", "[[channels]]\nplatform = \"playground\"\nname = \"playground\"",
              "y.toml:2: channels[1].platform: the playground is not enabled"}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Config, CollectsEveryErrorInTheOrderOfTheFile)
{
    auto const parsed = parse_config("[log]\nlevel = 1\n[server]\nlisten = 2\nx = 3\n[[channels]]\n", "y.toml", fake());
    auto const* errors = std::get_if<ConfigErrors>(&parsed);
    ASSERT_NE(errors, nullptr);
    EXPECT_THAT(errors->lines, testing::ElementsAre(testing::HasSubstr(":2: log.level"), testing::HasSubstr(":4: server.listen"),
                                                    testing::HasSubstr(":5: server.x"), testing::HasSubstr(":6: channels[1].platform"),
                                                    testing::HasSubstr(":6: channels[1].name")));
}

Config good(std::string const& text)
{
    auto const parsed = parse_config(text, "y.toml", fake());
    if (auto const* errors = std::get_if<ConfigErrors>(&parsed))
        ADD_FAILURE() << testing::PrintToString(errors->lines);
    auto const* config = std::get_if<Config>(&parsed);
    return config ? *config : Config{};
}

TEST(Config, ReadsSecretsFromTheEnvironmentAndFromFiles)
{
    auto const config = good(kApp);
    ASSERT_EQ(config.channels.size(), 1U);
    auto const& channel = config.channels[0];
    EXPECT_EQ(channel.id(), "wecom-app/main");
    EXPECT_EQ(channel.token, "t0k3n");
    EXPECT_EQ(channel.encoding_aes_key, kKey43);
    EXPECT_EQ(channel.corp_secret, "from file");
    EXPECT_EQ(channel.agent_id, 1000002);
    EXPECT_EQ(channel.api_base, "https://qyapi.weixin.qq.com");
    EXPECT_EQ(channel.account, "wecom:ww1");
}

TEST(Config, GroupRobotBelongsToTheOnlyCorporation)
{
    EXPECT_EQ(good(kApp + kRobot).channels[1].account, "wecom:ww1");
    EXPECT_EQ(good(kRobot).channels[0].account, "wecom-group-robot/g01");
    auto const second = "[[channels]]\nplatform = \"wecom-bot\"\nname = \"b\"\ntoken = \"t\"\nencoding_aes_key = \"env:KEY\"\n"
                        "corp_id = \"ww2\"\n";
    EXPECT_EQ(good(kApp + second + kRobot).channels[2].account, "wecom-group-robot/g01");
}

TEST(Config, TakesPlainHttpOnThisMachine)
{
    for (auto const* base : {"http://127.0.0.1:9/x/", "http://[::1]:9", "http://localhost"})
        good(kRobot + "api_base = \"" + base + "\"");
    EXPECT_EQ(good(kRobot + "api_base = \"http://127.0.0.1:9/x/\"").channels[0].api_base, "http://127.0.0.1:9/x");
}

TEST(Config, HasDefaultsForEverythingElse)
{
    auto const config = good("");
    EXPECT_EQ(config.server.listen.host, "127.0.0.1");
    EXPECT_EQ(config.server.listen.port, 8080);
    EXPECT_EQ(config.storage_url, "sqlite:var/yiqi.db");
    EXPECT_EQ(config.zone, "Asia/Shanghai");
    EXPECT_FALSE(config.playground);
    EXPECT_TRUE(config.channels.empty());
}

TEST(Config, PlaygroundEntryIsNoChannelOfItsOwn)
{
    auto const config = good("[playground]\nenabled = true\n[[channels]]\nplatform = \"playground\"\nname = \"playground\"\n");
    EXPECT_TRUE(config.playground);
    EXPECT_TRUE(config.channels.empty());
}

TEST(Config, OptionComesBeforeTheEnvironment)
{
    auto surroundings = fake();
    EXPECT_EQ(find_config_file("a.toml", surroundings), "a.toml");
    surroundings.environment = [](std::string const&) { return std::optional<std::string>("b.toml"); };
    EXPECT_EQ(find_config_file("a.toml", surroundings), "a.toml");
    EXPECT_EQ(find_config_file("", surroundings), "b.toml");
}

TEST(Config, NamedFileThatIsMissingIsAnError)
{
    auto const loaded = load_config("/nowhere/y.toml", fake());
    auto const* errors = std::get_if<ConfigErrors>(&loaded);
    ASSERT_NE(errors, nullptr);
    EXPECT_THAT(errors->lines, testing::ElementsAre(testing::StartsWith("/nowhere/y.toml: cannot be read")));
}

TEST(Listen, TakesNumericAddresses)
{
    auto const four = parse_listen("0.0.0.0:0");
    ASSERT_TRUE(four);
    EXPECT_EQ(four->port, 0);
    auto const six = parse_listen("[::1]:8080");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    EXPECT_EQ(parse_listen("localhost:1")->host, "127.0.0.1");
    for (auto const* text : {"", ":80", "1.2.3.4:", "1.2.3.4:x", "1.2.3.4:-1", "[1.2.3.4]:1"})
        EXPECT_FALSE(parse_listen(text)) << text;
}

} // namespace
} // namespace bot
