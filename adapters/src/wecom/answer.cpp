#include "text/shape.hpp"
#include "text/utf8.hpp"
#include "wecom/errors.hpp"
#include "wecom/fields.hpp"

#include <nlohmann/json.hpp>

namespace adapters::wecom {

namespace {

using namespace std::chrono_literals;
using chat::SendOutcome;
using nlohmann::json;

constexpr auto kFrequencyWait = 60s;     // the minute limit's block time, wecom.md 5.1
constexpr auto kTokenFrequencyWait = 1h; // the address is blocked about that long
constexpr auto kBusyWait = 1s;

/// May the same bytes be sent again although the first may have arrived?
bool repeatable(Call call)
{
    return call == Call::get_token || call == Call::send_message || call == Call::get_media;
}

ApiAnswer failed(SendOutcome outcome, std::string detail, std::chrono::milliseconds retry_after = 0ms)
{
    ApiAnswer answer;
    answer.result.outcome = outcome;
    answer.result.detail = std::move(detail);
    answer.result.retry_after = retry_after;
    return answer;
}

ApiAnswer unclear(Call call, std::string detail)
{
    return failed(repeatable(call) ? SendOutcome::retry : SendOutcome::unknown, std::move(detail), kBusyWait);
}

ApiAnswer of_status(Call call, int status)
{
    std::string detail = "HTTP " + std::to_string(status);
    if (status == 429)
        return failed(SendOutcome::rate_limited, std::move(detail), kFrequencyWait);
    if (status >= 500)
        return failed(SendOutcome::retry, std::move(detail), kBusyWait);
    if (status == 413)
        return failed(SendOutcome::payload_failed, std::move(detail));
    if (status >= 300)
        return failed(SendOutcome::channel_failed, std::move(detail)); // wrong api_base or a proxy in between
    return unclear(call, std::move(detail));
}

ApiAnswer of_errcode(Call call, int errcode, std::string detail)
{
    switch (classify(call, errcode)) {
    case ErrorClass::ok: return failed(SendOutcome::sent, std::move(detail));
    case ErrorClass::stale_token: {
        ApiAnswer answer = failed(SendOutcome::channel_failed, std::move(detail));
        answer.stale_token = true;
        return answer;
    }
    case ErrorClass::busy: return failed(SendOutcome::retry, std::move(detail), kBusyWait);
    case ErrorClass::frequency:
        return failed(SendOutcome::rate_limited, std::move(detail), call == Call::get_token ? kTokenFrequencyWait : kFrequencyWait);
    case ErrorClass::user: return failed(SendOutcome::user_failed, std::move(detail));
    case ErrorClass::configuration: return failed(SendOutcome::channel_failed, std::move(detail));
    case ErrorClass::payload: return failed(SendOutcome::payload_failed, std::move(detail));
    }
    return failed(SendOutcome::payload_failed, std::move(detail));
}

std::string string_at(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Names in "a|b" or ["a","b"]: message/send writes the one, update_template_card the other.
void append_names(json const& object, char const* name, std::vector<std::string>& names)
{
    auto const found = object.find(name);
    if (found == object.end())
        return;
    auto const add = [&names](std::string_view user) {
        if (is_id(user))
            names.push_back(lower(user));
    };
    if (found->is_string()) {
        std::string const joined = found->get<std::string>() + "|";
        for (std::size_t from = 0, end = joined.find('|'); end != std::string::npos; from = end + 1, end = joined.find('|', from))
            add(std::string_view(joined).substr(from, end - from));
    } else if (found->is_array()) {
        for (auto const& user : *found) {
            if (user.is_string())
                add(user.get_ref<std::string const&>());
        }
    }
}

void read_success(Call call, json const& body, ApiAnswer& answer)
{
    if (call == Call::get_token) {
        answer.token = string_at(body, "access_token");
        auto const life = body.find("expires_in");
        if (life != body.end() && life->is_number_integer())
            answer.token_life = std::chrono::seconds(std::clamp<std::int64_t>(life->get<std::int64_t>(), 0, 86'400));
        bool const usable = !answer.token.empty() && answer.token.size() <= 2048 && answer.token_life > 0s;
        if (!usable)
            answer = failed(SendOutcome::retry, "gettoken answered without a token", kBusyWait);
        return;
    }
    for (char const* name : {"invaliduser", "unlicenseduser"})
        append_names(body, name, answer.result.unreached);
    answer.result.update_handle = string_at(body, "response_code");
}

} // namespace

ApiAnswer read_answer(Call call, HttpResponse const& response)
{
    switch (response.outcome) {
    case HttpOutcome::answered: break;
    case HttpOutcome::refused:
    case HttpOutcome::not_sent: return failed(SendOutcome::retry, response.detail, kBusyWait);
    case HttpOutcome::unknown:
    case HttpOutcome::too_large: return unclear(call, response.detail);
    }
    if (response.status != 200)
        return of_status(call, response.status);
    constexpr std::size_t kMaxDepth = 8;
    json body;
    if (text::json_depth_within(response.body, kMaxDepth))
        body = json::parse(response.body, nullptr, false);
    auto const code = body.is_object() ? body.find("errcode") : body.end();
    if (!body.is_object() || code == body.end() || !code->is_number_integer())
        return unclear(call, "the answer is not one of WeCom's");
    auto const wide = code->get<std::int64_t>();
    bool const fits = wide >= -1 && wide <= 100'000'000;
    int const errcode = fits ? static_cast<int>(wide) : -2;
    std::string detail;
    if (errcode != 0)
        detail = "errcode " + std::to_string(wide) + ": " + text::cut_bytes(text::cleaned(string_at(body, "errmsg")), 120);
    ApiAnswer answer = of_errcode(call, errcode, std::move(detail));
    if (errcode == 0)
        read_success(call, body, answer);
    return answer;
}

} // namespace adapters::wecom
