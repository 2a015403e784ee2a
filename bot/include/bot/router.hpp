#pragma once

#include "bot/http.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bot {

/// What the `{…}` parts of a pattern matched, percent-decoded, in order.
using PathParameters = std::vector<std::string>;
/// Answers an exchange now or later, on an I/O thread; must not wait. An exception becomes a 500 and a line in the log.
using Handler = std::function<void(ExchangePtr, PathParameters const&)>;

inline constexpr std::size_t kDefaultBodyLimitBytes = 1'048'576;

/// Finds the handler by method and path. HEAD is answered by the handler of GET. A path with one slash too many at the end is the same
/// path: platforms do not follow redirects. Routes are added before the server starts and not changed afterwards.
class Router : public Dispatcher {
public:
    /// `pattern` as in "/webhook/{platform}/{channel}": a `{…}` stands for one whole segment. A pattern that ends in "/*" takes every
    /// path below it, the rest as last parameter. Literal patterns win over those with parameters when added first.
    void add(std::string method, std::string_view pattern, Handler handler, std::size_t body_limit_bytes = kDefaultBodyLimitBytes);

    [[nodiscard]] std::size_t body_limit_bytes(HttpRequest const& request) const override;
    void dispatch(ExchangePtr exchange) override;

private:
    struct Route {
        std::string method;
        std::vector<std::string> segments; ///< empty text: a parameter
        bool open_end = false;
        Handler handler;
        std::size_t body_limit_bytes;
    };
    [[nodiscard]] static bool matches(Route const& route, std::string_view path, PathParameters* parameters);
    [[nodiscard]] Route const* find(std::string_view method, std::string_view path, PathParameters* parameters) const;
    [[nodiscard]] std::string allowed_methods(std::string_view path) const;

    std::vector<Route> routes_;
};

} // namespace bot
