#include "bot/http.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <nlohmann/json.hpp>

namespace bot {
namespace {

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string_view HttpRequest::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view HttpRequest::query() const
{
    auto const mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::string_view HttpRequest::header(std::string_view name) const
{
    for (std::size_t i = 0; i < header_count; ++i) {
        if (boost::beast::iequals(headers[i].first, name))
            return headers[i].second;
    }
    return {};
}

std::string_view status_text(int status)
{
    auto const text = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(status)));
    return {text.data(), text.size()};
}

HttpResponse problem(int status, std::string_view detail)
{
    nlohmann::ordered_json document;
    document["type"] = "about:blank";
    document["title"] = status_text(status);
    document["status"] = status;
    if (!detail.empty())
        document["detail"] = detail;
    HttpResponse response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

std::string percent_decode(std::string_view text, bool plus_is_space)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const escaped = text[i] == '%' && i + 2 < text.size();
        auto const high = escaped ? hex_value(text[i + 1]) : -1;
        auto const low = escaped ? hex_value(text[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

} // namespace bot
