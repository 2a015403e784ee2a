#include "bot/router.hpp"

#include "bot/log.hpp"

#include <exception>
#include <set>
#include <utility>

namespace bot {
namespace {

/// Cuts the next segment off the front of `path`, which starts with '/'.
std::string_view next_segment(std::string_view& path)
{
    auto const end = path.find('/', 1);
    auto const segment = path.substr(1, end == std::string_view::npos ? end : end - 1);
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
    return segment;
}

/// "/a/b/" is "/a/b", and "/" is nothing at all.
std::string_view without_last_slash(std::string_view path)
{
    return !path.empty() && path.back() == '/' ? path.substr(0, path.size() - 1) : path;
}

} // namespace

void Router::add(std::string method, std::string_view pattern, Handler handler, std::size_t body_limit_bytes)
{
    Route route;
    route.method = std::move(method);
    route.handler = std::move(handler);
    route.body_limit_bytes = body_limit_bytes;
    route.open_end = pattern.ends_with("/*");
    if (route.open_end)
        pattern.remove_suffix(2);
    pattern = without_last_slash(pattern);
    while (!pattern.empty()) {
        auto const segment = next_segment(pattern);
        route.segments.emplace_back(segment.starts_with('{') ? std::string_view() : segment);
    }
    routes_.push_back(std::move(route));
}

bool Router::matches(Route const& route, std::string_view path, PathParameters* parameters)
{
    if (parameters)
        parameters->clear();
    auto rest = route.open_end ? path : without_last_slash(path);
    for (auto const& wanted : route.segments) {
        if (rest.empty())
            return false;
        auto const segment = next_segment(rest);
        if (wanted.empty() ? segment.empty() : segment != wanted)
            return false;
        if (wanted.empty() && parameters)
            parameters->push_back(percent_decode(segment, false));
    }
    if (!route.open_end)
        return rest.empty();
    if (parameters)
        parameters->push_back(percent_decode(rest.empty() ? rest : rest.substr(1), false));
    return !rest.empty();
}

Router::Route const* Router::find(std::string_view method, std::string_view path, PathParameters* parameters) const
{
    for (auto const& route : routes_) {
        if (route.method == method && matches(route, path, parameters))
            return &route;
    }
    return nullptr;
}

std::string Router::allowed_methods(std::string_view path) const
{
    std::set<std::string> methods;
    for (auto const& route : routes_) {
        if (!matches(route, path, nullptr))
            continue;
        methods.insert(route.method);
        if (route.method == "GET")
            methods.insert("HEAD");
    }
    std::string list;
    for (auto const& method : methods)
        list.append(list.empty() ? "" : ", ").append(method);
    return list;
}

std::size_t Router::body_limit_bytes(HttpRequest const& request) const
{
    auto const* route = find(request.method, request.path(), nullptr);
    return route ? route->body_limit_bytes : kDefaultBodyLimitBytes;
}

void Router::dispatch(ExchangePtr exchange)
{
    auto const& request = exchange->request();
    PathParameters parameters;
    auto const* route = find(request.method == "HEAD" ? "GET" : request.method, request.path(), &parameters);
    if (!route) {
        auto allowed = allowed_methods(request.path());
        auto response = problem(allowed.empty() ? 404 : 405);
        if (!allowed.empty())
            response.headers.emplace_back("Allow", std::move(allowed));
        exchange->respond(std::move(response));
        return;
    }
    try {
        route->handler(exchange, parameters);
    } catch (std::exception const& failure) {
        log(Level::error, "handler_failed", {{"request", exchange->request().id}, {"error", failure.what()}});
        exchange->respond(problem(500));
    }
}

} // namespace bot
