#include "values.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace bot::config {
namespace {

bool word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool base64_character(char c)
{
    return (c != '-' && c != '_' && c != '.' && word_character(c)) || c == '+' || c == '/';
}

bool loopback(boost::urls::url_view const& url)
{
    if (url.host_type() == boost::urls::host_type::ipv4)
        return url.host_ipv4_address().is_loopback();
    if (url.host_type() == boost::urls::host_type::ipv6)
        return url.host_ipv6_address().is_loopback();
    return url.host() == "localhost";
}

} // namespace

std::string check_channel_name(std::string_view name)
{
    auto const fits = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), word_character);
    return fits && name != "." && name != ".." ? ""
                                               : "must be 1 to 64 letters, digits, '-', '_' or '.'; it becomes part of the webhook path";
}

std::string check_aes_key(std::string_view key)
{
    auto const fits = key.size() == 43 && std::all_of(key.begin(), key.end(), base64_character);
    return fits ? "" : "must be the 43 characters that the platform's console shows; copy it again";
}

std::string check_base_url(std::string_view text, bool loopback_only)
{
    auto const parsed = boost::urls::parse_uri(text);
    if (parsed.has_error() || parsed->host().empty() || (parsed->scheme() != "https" && parsed->scheme() != "http"))
        return "must be an absolute address, as in \"https://qyapi.weixin.qq.com\"";
    if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment())
        return "must be a plain address without user, '?' or '#'";
    if (loopback_only && parsed->scheme() == "http" && !loopback(*parsed))
        return "plain http is accepted for this machine only (127.0.0.1, ::1, localhost); use https";
    return {};
}

std::string check_zone(std::string const& zone)
{
    try {
        date::locate_zone(zone);
        return {};
    } catch (std::runtime_error const&) {
        return "is no time zone of this machine; use a name such as \"Asia/Shanghai\" and install tzdata";
    }
}

std::string check_storage_url(std::string_view url)
{
    if (url.starts_with("sqlite:") && url.size() > 7)
        return {};
    if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
        return {};
    return "must be \"sqlite:PATH\" or \"postgresql://user@host/db\"";
}

} // namespace bot::config
