#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests and responses as the rest of the program sees them; sockets and parsing stay behind server.hpp.
namespace bot {

/// A complete request. Views into it are valid until its exchange is answered.
struct HttpRequest {
    std::uint64_t id = 0; ///< for the log; unique while the process runs
    std::string method;   ///< as sent, "GET"
    std::string target;   ///< as sent, after the host: "/a/b?c=d", percent-encoded
    std::string body;
    std::chrono::system_clock::time_point received_at; ///< machine clock, when the request was complete
    std::chrono::steady_clock::time_point started;     ///< the same moment, for time limits
    std::string remote;                                ///< numeric address of the peer; personal data above debug

    /// The part of the target before '?', percent-encoded.
    [[nodiscard]] std::string_view path() const;
    /// The part after '?', percent-encoded; empty when there is none.
    [[nodiscard]] std::string_view query() const;
    /// Value of the first header of that name (any case); empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;

    /// Headers in the order sent: name, value.
    std::vector<std::pair<std::string, std::string>> headers;
    std::size_t header_count = 0; ///< how many of `headers` belong to this request; the rest is room kept for the next
};

struct HttpResponse {
    int status = 200;
    std::string content_type; ///< empty: no body
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers; ///< beside those that every response carries
};

/// A request that waits for its response.
class Exchange {
public:
    virtual ~Exchange() = default;
    [[nodiscard]] virtual HttpRequest const& request() const = 0;
    /// Answers, from any thread. Only the first call counts; afterwards request() must not be touched.
    virtual void respond(HttpResponse response) = 0;
    /// Calls `act` on the connection's thread when `after` has passed since the request was complete and nobody answered. Set while the
    /// request is dispatched; one such call per request, not later than a tenth of a second after its time.
    virtual void when_late(std::chrono::milliseconds after, std::function<void()> act) = 0;
};
using ExchangePtr = std::shared_ptr<Exchange>;

/// What the server asks for every request.
class Dispatcher {
public:
    virtual ~Dispatcher() = default;
    /// Largest body taken for this method and target, asked as soon as the header is complete.
    [[nodiscard]] virtual std::size_t body_limit_bytes(HttpRequest const& request) const = 0;
    /// Answers `exchange` now or later. Called on an I/O thread: must not wait.
    virtual void dispatch(ExchangePtr exchange) = 0;
};

/// An RFC 9457 problem document. `detail` is for people and holds no personal data.
HttpResponse problem(int status, std::string_view detail = {});
/// The reason phrase of a status code.
std::string_view status_text(int status);

/// Percent-decodes once; '+' becomes a space with `plus_is_space`. Nothing is refused: a bad escape stays as it is.
std::string percent_decode(std::string_view text, bool plus_is_space);

} // namespace bot
