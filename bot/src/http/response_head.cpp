#include "response_head.hpp"

#include <fmt/chrono.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <string_view>

namespace bot::detail {
namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second for each thread.
std::string const& http_date()
{
    thread_local std::time_t last = -1;
    thread_local std::string text;
    auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (now != last) {
        text = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
        last = now;
    }
    return text;
}

bool names(HttpResponse const& response, std::string_view header)
{
    for (auto const& [name, value] : response.headers) {
        if (name == header)
            return true;
    }
    return false;
}

} // namespace

bool status_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

void write_head(std::string& out, HttpResponse const& response, std::uint64_t request_id, bool keep_alive, bool http_1_0)
{
    out.clear();
    auto end = std::back_inserter(out);
    fmt::format_to(end, FMT_COMPILE("HTTP/1.1 {} {}\r\nDate: {}\r\n"), response.status, status_text(response.status), http_date());
    if (!response.content_type.empty())
        fmt::format_to(end, FMT_COMPILE("Content-Type: {}\r\n"), response.content_type);
    if (status_has_body(response.status))
        fmt::format_to(end, FMT_COMPILE("Content-Length: {}\r\n"), response.body.size());
    fmt::format_to(end, FMT_COMPILE("X-Request-Id: {:x}\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"),
                   request_id);
    if (!names(response, "Cache-Control"))
        out += "Cache-Control: no-store\r\n";
    for (auto const& [name, value] : response.headers)
        fmt::format_to(end, FMT_COMPILE("{}: {}\r\n"), name, value);
    if (!keep_alive)
        out += "Connection: close\r\n";
    else if (http_1_0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

} // namespace bot::detail
