#include "wecom/api.hpp"

#include "http/url.hpp"

namespace adapters::wecom::api {

namespace {

HttpRequest json_post(Call call, std::string url, std::string body)
{
    HttpRequest request;
    request.method = HttpRequest::Method::post;
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = std::move(body);
    request.repeatable = call == Call::send_message; // the duplicate check makes it so
    return request;
}

/// One call that needs a token, with its second try.
struct TokenCall : std::enable_shared_from_this<TokenCall> {
    Services services;
    TokenKey key;
    Call call = Call::send_message;
    std::string path;
    std::string body;
    Channel::Sent done;
    bool second = false;

    void run()
    {
        services.tokens->get(key, [self = shared_from_this()](TokenCache::Token const& token) {
            if (token.value.empty())
                self->done(token.failure);
            else
                self->post(token.value);
        });
    }

    void post(std::string const& token)
    {
        std::string url = key.api_base + path + "?access_token=" + http::escape(token);
        services.http->send(json_post(call, std::move(url), body), [self = shared_from_this(), token](HttpResponse const& response) {
            ApiAnswer const answer = read_answer(self->call, response);
            if (answer.stale_token)
                self->services.tokens->drop(self->key, token);
            if (!answer.stale_token || self->second) {
                self->done(answer.result);
                return;
            }
            self->second = true;
            self->run();
        });
    }
};

} // namespace

void post_with_token(Services const& services, TokenKey const& key, Call call, std::string path, std::string body, Channel::Sent done)
{
    auto const one = std::make_shared<TokenCall>();
    one->services = services;
    one->key = key;
    one->call = call;
    one->path = std::move(path);
    one->body = std::move(body);
    one->done = std::move(done);
    one->run();
}

void post(Services const& services, Call call, std::string url, std::string body, Channel::Sent done)
{
    services.http->send(json_post(call, std::move(url), std::move(body)), [call, done = std::move(done)](HttpResponse const& response) {
        ApiAnswer answer = read_answer(call, response);
        done(std::move(answer.result));
    });
}

void reach(Services const& services, std::string api_base, Channel::Sent done)
{
    HttpRequest request;
    request.url = std::move(api_base) + "/cgi-bin/getcallbackip"; // harmless: without a token it answers 41001
    request.repeatable = true;
    services.http->send(std::move(request), [done = std::move(done)](HttpResponse const& response) {
        chat::SendResult result;
        bool const answered = response.outcome == HttpOutcome::answered && response.status < 500;
        result.outcome = answered ? chat::SendOutcome::sent : chat::SendOutcome::retry;
        result.detail = response.outcome == HttpOutcome::answered ? "HTTP " + std::to_string(response.status) : response.detail;
        done(std::move(result));
    });
}

void try_token(Services const& services, TokenKey const& key, Channel::Sent done)
{
    services.tokens->get(key, [done = std::move(done)](TokenCache::Token const& token) {
        chat::SendResult result = token.failure;
        if (!token.value.empty())
            result.outcome = chat::SendOutcome::sent;
        done(std::move(result));
    });
}

} // namespace adapters::wecom::api
