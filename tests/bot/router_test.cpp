#include "bot/router.hpp"

#include "bot/fakes.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>

namespace bot {
namespace {

Handler says(std::string word)
{
    return [word = std::move(word)](ExchangePtr const& exchange, PathParameters const& parameters) {
        HttpResponse response;
        response.content_type = "text/plain";
        response.body = word;
        for (auto const& parameter : parameters)
            response.body += "|" + parameter;
        exchange->respond(std::move(response));
    };
}

Router house()
{
    Router router;
    router.add("GET", "/", says("home"));
    router.add("GET", "/healthz", says("healthz"));
    router.add("GET", "/webhook/{platform}/{channel}", says("verify"));
    router.add("POST", "/webhook/{platform}/{channel}", says("event"), 10);
    router.add("GET", "/console/*", says("console"));
    router.add("GET", "/throws", [](ExchangePtr const&, PathParameters const&) { throw std::runtime_error("secret words"); });
    return router;
}

struct Case {
    char const* name;
    char const* method;
    char const* target;
    int status;
    char const* body; ///< of a 200
};

class RouterTable : public testing::TestWithParam<Case> {};

TEST_P(RouterTable, FindsTheHandler)
{
    auto router = house();
    auto exchange = std::make_shared<FakeExchange>(GetParam().method, GetParam().target);
    router.dispatch(exchange);
    ASSERT_TRUE(exchange->answered());
    EXPECT_EQ(exchange->answer().status, GetParam().status);
    if (GetParam().status == 200)
        EXPECT_EQ(exchange->answer().body, GetParam().body);
    else
        EXPECT_EQ(nlohmann::json::parse(exchange->answer().body).at("status"), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RouterTable,
    testing::Values(Case{"root", "GET", "/", 200, "home"}, Case{"root_with_query", "GET", "/?x=1", 200, "home"},
                    Case{"literal", "GET", "/healthz", 200, "healthz"}, Case{"slash_at_the_end", "GET", "/healthz/", 200, "healthz"},
                    Case{"two_slashes_at_the_end", "GET", "/healthz//", 404, ""}, Case{"head_is_get", "HEAD", "/healthz", 200, "healthz"},
                    Case{"parameters", "POST", "/webhook/wecom-app/main", 200, "event|wecom-app|main"},
                    Case{"parameters_with_slash", "POST", "/webhook/wecom-app/main/?a=b", 200, "event|wecom-app|main"},
                    Case{"decoded_once", "GET", "/webhook/a%2520b/c%2Fd", 200, "verify|a%20b|c/d"},
                    Case{"empty_parameter", "GET", "/webhook//main", 404, ""}, Case{"too_short", "GET", "/webhook/wecom-app", 404, ""},
                    Case{"too_long", "GET", "/webhook/a/b/c", 404, ""},
                    Case{"rest_of_the_path", "GET", "/console/a/b.js", 200, "console|a/b.js"},
                    Case{"empty_rest", "GET", "/console/", 200, "console|"}, Case{"unknown", "GET", "/nothing", 404, ""},
                    Case{"not_allowed", "PUT", "/healthz", 405, ""}, Case{"case_matters", "GET", "/Healthz", 404, ""},
                    Case{"throws", "GET", "/throws", 500, ""}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Router, NamesTheMethodsAllowed)
{
    auto router = house();
    auto exchange = std::make_shared<FakeExchange>("DELETE", "/webhook/a/b");
    router.dispatch(exchange);
    ASSERT_TRUE(exchange->answered());
    EXPECT_THAT(exchange->answer().headers, testing::Contains(testing::Pair("Allow", "GET, HEAD, POST")));
}

TEST(Router, KeepsTheWordsOfAFailureToItself)
{
    auto router = house();
    auto exchange = std::make_shared<FakeExchange>("GET", "/throws");
    router.dispatch(exchange);
    EXPECT_THAT(exchange->answer().body, testing::Not(testing::HasSubstr("secret")));
}

TEST(Router, KnowsTheBodyLimitOfARoute)
{
    auto const router = house();
    EXPECT_EQ(router.body_limit_bytes(FakeExchange("POST", "/webhook/a/b").request()), 10U);
    EXPECT_EQ(router.body_limit_bytes(FakeExchange("POST", "/nothing").request()), kDefaultBodyLimitBytes);
}

TEST(PercentDecode, DecodesOnceAndLeavesBadEscapes)
{
    EXPECT_EQ(percent_decode("a%2Bb+c%E8%AE%AE", true), "a+b c议");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
    EXPECT_EQ(percent_decode("%2541%zz%4", true), "%41%zz%4");
}

} // namespace
} // namespace bot
