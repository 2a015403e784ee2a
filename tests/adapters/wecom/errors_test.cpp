#include "wecom/errors.hpp"

#include <nlohmann/json.hpp>
#include <set>

namespace {

using namespace adapters;
using chat::SendOutcome;
using nlohmann::json;
using wecom::Call;
using namespace std::chrono_literals;

HttpResponse answered(int status, std::string body)
{
    HttpResponse response;
    response.outcome = HttpOutcome::answered;
    response.status = status;
    response.body = std::move(body);
    return response;
}

HttpResponse errcode(std::int64_t code)
{
    return answered(200, json{{"errcode", code}, {"errmsg", "words"}}.dump());
}

/// A line of wecom.md 5.2 (and of 5.3 for codes that only it lists): what each code means for the message that got it.
struct ClassCase {
    char const* name;
    std::vector<int> codes;
    SendOutcome outcome;
};

class ErrorClasses : public testing::TestWithParam<ClassCase> {};

TEST_P(ErrorClasses, AreThoseOfTheProtocol)
{
    for (int const code : GetParam().codes) {
        auto const answer = read_answer(Call::send_message, errcode(code));
        EXPECT_EQ(static_cast<int>(answer.result.outcome), static_cast<int>(GetParam().outcome)) << code;
        EXPECT_EQ(answer.stale_token, code == 40014 || code == 42001 || code == 40001) << code;
        EXPECT_EQ(answer.result.detail, "errcode " + std::to_string(code) + ": words");
    }
}

std::vector<ClassCase> const& lines()
{
    static std::vector<ClassCase> const cases{
        {"stale_token_the_second_time", {40014, 42001, 40001}, SendOutcome::channel_failed},
        {"busy", {-1, 6000, 45033, 301022, 301070}, SendOutcome::retry},
        {"frequency", {45009}, SendOutcome::rate_limited},
        {"user", {40003, 40031, 46004, 50002, 60011, 60021, 60111, 81013, 86007, 92000}, SendOutcome::user_failed},
        {"configuration",
         {40013, 40056, 40091, 41001, 41002, 41004,  41011, 43012, 48001, 48002, 48004,
          48005, 48006, 50001, 50003, 60020, 301002, 86008, 93000, 93004, 93006, 93008},
         SendOutcome::channel_failed},
        {"payload",
         {40004, 40005, 40006, 40008, 40009, 40011, 40032, 40033, 40035, 40039, 40058, 40063, 40066, 40068,  40206, 41006, 41016,
          42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035,  42036, 42037, 42038,
          42039, 42040, 42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051, 44001, 44004,  45001, 45002, 45007,
          45008, 60140, 82001, 82002, 82003, 82004, 86001, 86003, 86004, 86005, 86006, 86201, 86207, 301019, 830002},
         SendOutcome::payload_failed},
        {"policy", {40201, 40204}, SendOutcome::channel_failed},
        {"media", {40007}, SendOutcome::payload_failed},
        {"only_in_the_list_of_meanings", {40093, 41009, 60003, 60123, 84061, 90501, 846605, 846608}, SendOutcome::payload_failed},
        {"only_in_the_text", {49008, 86101}, SendOutcome::channel_failed},
    };
    return cases;
}

INSTANTIATE_TEST_SUITE_P(Table, ErrorClasses, testing::ValuesIn(lines()), [](auto const& tc) { return std::string(tc.param.name); });

TEST(ErrorTable, HoldsEveryListedCodeOnceAndNoOther)
{
    std::set<int> listed{0};
    for (auto const& line : lines())
        listed.insert(line.codes.begin(), line.codes.end());
    std::set<int> held;
    int last = -2;
    for (auto const& row : wecom::error_table()) {
        EXPECT_LT(last, row.errcode) << "sorted, for the search";
        last = row.errcode;
        held.insert(row.errcode);
    }
    EXPECT_EQ(held, listed);
}

TEST(ErrorTable, UnknownCodesAreNeverSuccess)
{
    for (std::int64_t const code : {1LL, -2LL, 99999LL, 42032LL, 12345678901234LL, -9223372036854775807LL})
        EXPECT_EQ(read_answer(Call::group_webhook, errcode(code)).result.outcome, SendOutcome::payload_failed) << code;
}

TEST(ErrorTable, DependsOnTheCall)
{
    EXPECT_EQ(read_answer(Call::update_card, errcode(60011)).result.outcome, SendOutcome::user_failed);
    EXPECT_EQ(read_answer(Call::get_media, errcode(60011)).result.outcome, SendOutcome::channel_failed);
    auto const waits = [](Call call) { return read_answer(call, errcode(45009)).result.retry_after; };
    EXPECT_EQ(waits(Call::group_webhook), 60s);
    EXPECT_EQ(waits(Call::send_message), 60s);
    EXPECT_EQ(waits(Call::get_token), 1h);
    for (int const code : {40001, 40013, 40014, 40091, 41002, 41004, 42001, 60020, 40003, 99999}) {
        auto const answer = read_answer(Call::get_token, errcode(code));
        EXPECT_EQ(answer.result.outcome, SendOutcome::channel_failed) << code;
        EXPECT_FALSE(answer.stale_token) << code << ": a token's refusal is no stale token";
    }
    EXPECT_EQ(read_answer(Call::get_token, errcode(-1)).result.outcome, SendOutcome::retry);
}

struct TransportCase {
    char const* name;
    HttpResponse response;
    SendOutcome guarded;   ///< where the same bytes may be sent again
    SendOutcome unguarded; ///< where they may not
};

HttpResponse failed(HttpOutcome outcome)
{
    HttpResponse response;
    response.outcome = outcome;
    response.detail = "why";
    return response;
}

class Transport : public testing::TestWithParam<TransportCase> {};

TEST_P(Transport, DecidesWhetherToSendAgain)
{
    auto const& tc = GetParam();
    EXPECT_EQ(static_cast<int>(read_answer(Call::send_message, tc.response).result.outcome), static_cast<int>(tc.guarded));
    for (Call const call : {Call::group_webhook, Call::late_reply, Call::update_card})
        EXPECT_EQ(static_cast<int>(read_answer(call, tc.response).result.outcome), static_cast<int>(tc.unguarded));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Transport,
    testing::Values(TransportCase{"refused", failed(HttpOutcome::refused), SendOutcome::retry, SendOutcome::retry},
                    TransportCase{"not_sent", failed(HttpOutcome::not_sent), SendOutcome::retry, SendOutcome::retry},
                    TransportCase{"unknown", failed(HttpOutcome::unknown), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"too_large", failed(HttpOutcome::too_large), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"status_500", answered(500, ""), SendOutcome::retry, SendOutcome::retry},
                    TransportCase{"status_503", answered(503, R"({"errcode":0})"), SendOutcome::retry, SendOutcome::retry},
                    TransportCase{"status_429", answered(429, ""), SendOutcome::rate_limited, SendOutcome::rate_limited},
                    TransportCase{"status_302", answered(302, ""), SendOutcome::channel_failed, SendOutcome::channel_failed},
                    TransportCase{"status_403", answered(403, ""), SendOutcome::channel_failed, SendOutcome::channel_failed},
                    TransportCase{"status_413", answered(413, ""), SendOutcome::payload_failed, SendOutcome::payload_failed},
                    TransportCase{"status_204", answered(204, ""), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"empty", answered(200, ""), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"html", answered(200, "<html>login</html>"), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"array", answered(200, "[0]"), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"no_code", answered(200, R"({"errmsg":"ok"})"), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"code_is_text", answered(200, R"({"errcode":"0"})"), SendOutcome::retry, SendOutcome::unknown},
                    TransportCase{"deep", answered(200, R"({"errcode":0,"x":)" + std::string(10'000, '[')), SendOutcome::retry,
                                  SendOutcome::unknown},
                    TransportCase{"warning_with_success", answered(200, R"({"errcode":0,"errmsg":"Warning: wrong json format. ok"})"),
                                  SendOutcome::sent, SendOutcome::sent}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Answer, NamesThoseNotReachedOnSuccess)
{
    auto const sent =
        read_answer(Call::send_message, answered(200, R"({"errcode":0,"errmsg":"ok","invaliduser":"LiSi|wangwu","invalidparty":"7",
      "unlicenseduser":"zhaoliu","msgid":"x","response_code":"RC"})"));
    EXPECT_EQ(sent.result.outcome, SendOutcome::sent);
    EXPECT_EQ(sent.result.unreached, (std::vector<std::string>{"lisi", "wangwu", "zhaoliu"}));
    EXPECT_EQ(sent.result.update_handle, "RC");
    EXPECT_EQ(sent.result.detail, "");
    auto const updated = read_answer(Call::update_card, answered(200, R"({"errcode":0,"invaliduser":["a",5,"B"]})"));
    EXPECT_EQ(updated.result.unreached, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(read_answer(Call::send_message, answered(200, R"({"errcode":0,"invaliduser":""})")).result.unreached.empty());
}

TEST(Answer, ReadsATokenOnlyWhereThereIsOne)
{
    auto const good = read_answer(Call::get_token, answered(200, R"({"errcode":0,"errmsg":"ok","access_token":"T","expires_in":7200})"));
    EXPECT_EQ(good.token, "T");
    EXPECT_EQ(good.token_life, 7200s);
    for (char const* body :
         {R"({"errcode":0})", R"({"errcode":0,"access_token":"","expires_in":7200})", R"({"errcode":0,"access_token":"T"})",
          R"({"errcode":0,"access_token":"T","expires_in":-5})", R"({"errcode":0,"access_token":5,"expires_in":7200})"}) {
        auto const bad = read_answer(Call::get_token, answered(200, body));
        EXPECT_EQ(bad.token, "") << body;
        EXPECT_EQ(bad.result.outcome, SendOutcome::retry) << body;
    }
}

TEST(Answer, CutsWhatThePlatformSays)
{
    auto const answer =
        read_answer(Call::send_message, answered(200, json{{"errcode", 40058}, {"errmsg", std::string(5000, 'x') + "\n"}}.dump()));
    EXPECT_LE(answer.result.detail.size(), 160U);
}

} // namespace
