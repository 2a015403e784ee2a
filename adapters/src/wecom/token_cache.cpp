#include "wecom/token_cache.hpp"

#include "http/url.hpp"
#include "wecom/errors.hpp"

#include <algorithm>

namespace adapters::wecom {

namespace {

using namespace std::chrono_literals;

constexpr auto kMargin = 5min;          // replaced this long before its end
constexpr auto kRefusedWait = 30min;    // wrong secrets lock the address for an hour when repeated
constexpr auto kUntrustedIpWait = 2min; // a newly trusted address works after about one

/// How long not to ask again after `result`; zero where the next caller may.
std::chrono::steady_clock::duration refusal_time(chat::SendResult const& result)
{
    switch (result.outcome) {
    case chat::SendOutcome::rate_limited: return result.retry_after;
    case chat::SendOutcome::channel_failed: return result.detail.starts_with("errcode 60020") ? kUntrustedIpWait : kRefusedWait;
    case chat::SendOutcome::sent:
    case chat::SendOutcome::user_failed:
    case chat::SendOutcome::payload_failed:
    case chat::SendOutcome::retry:
    case chat::SendOutcome::unknown: return 0s;
    }
    return 0s;
}

} // namespace

std::shared_ptr<TokenCache> make_token_cache(std::shared_ptr<HttpClient> http)
{
    return std::make_shared<TokenCache>(std::move(http), [] { return std::chrono::steady_clock::now(); });
}

TokenCache::TokenCache(std::shared_ptr<HttpClient> http, Clock clock) : http_(std::move(http)), clock_(std::move(clock)) {}

void TokenCache::get(TokenKey const& key, Ready ready)
{
    Token token;
    bool first = false;
    {
        std::lock_guard const lock(mutex_);
        auto& entry = entries_[key];
        auto const now = clock_();
        if (!entry.value.empty() && now < entry.good_until) {
            token.value = entry.value;
        } else if (now < entry.refused_until) {
            token.failure = entry.refusal;
            if (token.failure.outcome == chat::SendOutcome::rate_limited)
                token.failure.retry_after = std::chrono::ceil<std::chrono::milliseconds>(entry.refused_until - now);
        } else {
            entry.waiting.push_back(std::move(ready));
            if (entry.fetching)
                return;
            entry.fetching = first = true;
        }
    }
    if (first)
        fetch(key);
    else
        ready(token); // NOLINT(bugprone-use-after-move): moved only where this call is the first, or has returned
}

void TokenCache::drop(TokenKey const& key, std::string_view value)
{
    std::lock_guard const lock(mutex_);
    auto const found = entries_.find(key);
    if (found != entries_.end() && found->second.value == value)
        found->second.value.clear();
}

void TokenCache::fetch(TokenKey const& key)
{
    HttpRequest request;
    request.url = key.api_base + "/cgi-bin/gettoken?corpid=" + http::escape(key.corp_id) + "&corpsecret=" + http::escape(key.corp_secret);
    request.repeatable = true;
    auto arrived = [self = shared_from_this(), key](HttpResponse const& response) { self->arrived(key, response); };
    http_->send(std::move(request), std::move(arrived));
}

void TokenCache::arrived(TokenKey const& key, HttpResponse const& response)
{
    ApiAnswer const answer = read_answer(Call::get_token, response);
    Token const token{answer.token, answer.result};
    std::vector<Ready> waiting;
    {
        std::lock_guard const lock(mutex_);
        auto& entry = entries_[key];
        auto const now = clock_();
        entry.fetching = false;
        entry.value = answer.token;
        // A life shorter than the margin must not mean a fetch for every message.
        entry.good_until = now + answer.token_life - std::min<std::chrono::seconds>(kMargin, answer.token_life / 2);
        entry.refusal = answer.result;
        entry.refused_until = now + refusal_time(answer.result);
        waiting.swap(entry.waiting);
    }
    for (auto const& ready : waiting)
        ready(token);
}

} // namespace adapters::wecom
