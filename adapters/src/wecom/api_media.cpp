#include "http/url.hpp"
#include "wecom/api.hpp"

namespace adapters::wecom::api {

namespace {

using namespace std::chrono_literals;
using Done = std::function<void(Channel::Fetched)>;

constexpr std::size_t kMaxMediaBytes = 20U << 20U; // what media/get gives without ranges
constexpr std::size_t kPadding = 32;
constexpr auto kDownloadTime = 30s;

Channel::Fetched missing(std::string detail)
{
    Channel::Fetched fetched;
    fetched.detail = std::move(detail);
    return fetched;
}

HttpRequest download(std::string url, std::size_t limit_bytes)
{
    HttpRequest request;
    request.url = std::move(url);
    request.repeatable = true;
    request.total_timeout = kDownloadTime;
    request.response_limit_bytes = limit_bytes;
    return request;
}

/// `filename="…"` of a Content-Disposition is not needed: the event names its files. An error comes as JSON with status 200.
bool is_error(HttpResponse const& response)
{
    bool const json = response.content_type.starts_with("application/json") || response.content_type.starts_with("text/plain");
    return response.disposition.empty() && json && response.body.starts_with('{');
}

/// By a token call's rules; `second` after a fresh token.
void get_media_once(Services const& services, TokenKey const& key, std::string const& media_id, std::size_t limit_bytes, bool second,
                    Done done)
{
    auto with_token = [=, done = std::move(done)](TokenCache::Token const& token) {
        if (token.value.empty()) {
            done(missing(token.failure.detail));
            return;
        }
        std::string url =
            key.api_base + "/cgi-bin/media/get?access_token=" + http::escape(token.value) + "&media_id=" + http::escape(media_id);
        auto arrived = [=, value = token.value](HttpResponse const& response) {
            bool const whole = response.outcome == HttpOutcome::answered && response.status == 200 && !is_error(response);
            if (whole) {
                done({true, response.body, response.content_type, {}});
                return;
            }
            if (response.outcome == HttpOutcome::too_large) {
                done(missing("larger than allowed"));
                return;
            }
            ApiAnswer const answer = read_answer(Call::get_media, response);
            if (!answer.stale_token || second) {
                done(missing(answer.result.detail));
                return;
            }
            services.tokens->drop(key, value);
            get_media_once(services, key, media_id, limit_bytes, true, done);
        };
        services.http->send(download(std::move(url), limit_bytes), std::move(arrived));
    };
    services.tokens->get(key, std::move(with_token));
}

} // namespace

void get_media(Services const& services, TokenKey const& key, std::string const& media_id, std::size_t limit_bytes, Done done)
{
    get_media_once(services, key, media_id, std::min(limit_bytes, kMaxMediaBytes), false, std::move(done));
}

void get_robot_media(Services const& services, AesKey const& aes_key, std::string url, std::size_t limit_bytes, Done done)
{
    auto arrived = [aes_key, limit_bytes, done = std::move(done)](HttpResponse response) {
        if (response.outcome == HttpOutcome::too_large) {
            done(missing("larger than allowed"));
            return;
        }
        if (response.outcome != HttpOutcome::answered || response.status != 200) {
            done(missing(response.outcome == HttpOutcome::answered ? "HTTP " + std::to_string(response.status) : response.detail));
            return;
        }
        auto plain = open_media(aes_key, std::move(response.body));
        auto* const bytes = std::get_if<std::string>(&plain);
        if (bytes == nullptr)
            done(missing("the file does not decrypt"));
        else if (bytes->size() > limit_bytes)
            done(missing("larger than allowed"));
        else
            done({true, std::move(*bytes), response.content_type, {}});
    };
    services.http->send(download(std::move(url), limit_bytes + kPadding), std::move(arrived));
}

} // namespace adapters::wecom::api
