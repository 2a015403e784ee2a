#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Outgoing HTTP for API calls of the platforms.
namespace adapters {

struct HttpRequest {
    enum class Method { get, post };
    Method method = Method::get;
    std::string url; ///< https, or http to a loopback address; without user information. A secret: it may carry tokens, never log it
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;        ///< of a POST
    bool repeatable = false; ///< may reach the server twice without harm; otherwise no fresh try is made on a dead kept connection
    std::chrono::milliseconds connect_timeout{3000};
    std::chrono::milliseconds total_timeout{8000};
    std::size_t response_limit_bytes = 1U << 20U;
};

/// How an exchange ended. Everything but `answered` has no usable status or body.
enum class HttpOutcome {
    answered,  ///< a complete response came; see `status`
    refused,   ///< the request was not tried: URL not allowed, too many waiting, or the client is stopping
    not_sent,  ///< no byte of the request left: name, connection, TLS or proxy failed
    unknown,   ///< the request may have arrived: time ran out or the connection broke after it was written
    too_large, ///< the response grew beyond its limit; the request arrived
};

struct HttpResponse {
    HttpOutcome outcome = HttpOutcome::refused;
    int status = 0;
    std::string body;
    std::string content_type;
    std::string disposition; ///< Content-Disposition as sent; empty when absent
    std::string detail;      ///< for logs when not answered: a few words without URL or secrets
};

/// Sends requests without blocking the caller. Redirects are not followed, certificates are verified, proxies come from the environment
/// (loopback is reached directly).
class HttpClient {
public:
    virtual ~HttpClient() = default;
    using Done = std::function<void(HttpResponse)>;
    /// May be called on any thread, also from within `done`. `done` is called exactly once, on the client's thread, or on the caller's
    /// when the request is refused at once. It must not block nor throw.
    virtual void send(HttpRequest request, Done done) = 0;
    /// Ends what is under way (`unknown` or `not_sent`), refuses what comes later, and returns after the last `done`. For the end of the
    /// program; not to be called from within `done`.
    virtual void stop() {}
};

/// One thread with libcurl's multi interface: pooled connections, at most `max_waiting` requests at a time. Destruction stops it; where
/// that happens from within `done` (which may hold the last reference), the thread ends by itself soon after.
/// Throws std::runtime_error when libcurl cannot start.
std::shared_ptr<HttpClient> make_http_client(std::size_t max_waiting = 4096);

} // namespace adapters
