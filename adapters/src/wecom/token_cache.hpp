#pragma once

#include "adapters/chat/message.hpp"
#include "adapters/http_client.hpp"
#include "adapters/wecom/wecom.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace adapters::wecom {

/// Whose token.
struct TokenKey {
    std::string api_base;
    std::string corp_id;
    std::string corp_secret;
    friend bool operator<(TokenKey const& a, TokenKey const& b)
    {
        return std::tie(a.api_base, a.corp_id, a.corp_secret) < std::tie(b.api_base, b.corp_id, b.corp_secret);
    }
};

/// Access tokens in memory. Whoever comes first fetches, the others wait for that answer; a token is replaced five minutes before its end.
/// A refusal that only an operator can mend is remembered for a while, so that waiting messages do not get the address locked
/// (wecom.md 4.1). Safe to use from several threads.
class TokenCache : public std::enable_shared_from_this<TokenCache> {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    /// A token, or why there is none.
    struct Token {
        std::string value; ///< empty: see `failure`
        chat::SendResult failure;
    };
    using Ready = std::function<void(Token const&)>;

    TokenCache(std::shared_ptr<HttpClient> http, Clock clock);

    /// `ready` is called exactly once, at once where the token is at hand, else on the HTTP client's thread.
    void get(TokenKey const& key, Ready ready);
    /// Forgets the token if it is still `value`: a newer one, fetched by somebody else meanwhile, stays.
    void drop(TokenKey const& key, std::string_view value);

private:
    struct Entry {
        std::string value;
        std::chrono::steady_clock::time_point good_until{};
        chat::SendResult refusal;
        std::chrono::steady_clock::time_point refused_until{};
        bool fetching = false;
        std::vector<Ready> waiting;
    };

    void fetch(TokenKey const& key);
    void arrived(TokenKey const& key, HttpResponse const& response);

    std::shared_ptr<HttpClient> http_;
    Clock clock_;
    std::mutex mutex_;
    std::map<TokenKey, Entry> entries_;
};

} // namespace adapters::wecom
