#include "http/url.hpp"

#include <curl/curl.h>
#include <memory>
#include <optional>

namespace adapters::http {

namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

struct Parts {
    std::string scheme;
    std::string host;
    std::string port;
    std::string path;
    bool user = false;
};

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
        return std::nullopt;
    std::string value(text);
    curl_free(text);
    return value;
}

/// Nothing where the address is malformed. libcurl itself reads it, so that what was checked is what is called.
std::optional<Parts> parse(std::string_view text)
{
    for (char const c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\')
            return std::nullopt;
    }
    std::unique_ptr<CURLU, FreeUrl> const url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    auto scheme = part(url.get(), CURLUPART_SCHEME);
    auto host = part(url.get(), CURLUPART_HOST);
    auto port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    auto path = part(url.get(), CURLUPART_PATH);
    if (!scheme || !host || !port || !path)
        return std::nullopt;
    bool const user = part(url.get(), CURLUPART_USER).has_value() || part(url.get(), CURLUPART_PASSWORD).has_value();
    return Parts{std::move(*scheme), std::move(*host), std::move(*port), std::move(*path), user};
}

bool loopback(std::string const& host)
{
    if (host == "localhost" || host == "[::1]")
        return true;
    // libcurl has normalised other spellings of IPv4 addresses; a name such as "127.example.org" has letters.
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

} // namespace

std::string escape(std::string_view value)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (char const c : value) {
        bool const word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (word || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            auto const byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 0xFU];
        }
    }
    return out;
}

bool is_callable(std::string_view url)
{
    auto const parts = parse(url);
    return parts && !parts->user && (parts->scheme == "https" || (parts->scheme == "http" && loopback(parts->host)));
}

bool is_loopback(std::string_view url)
{
    auto const parts = parse(url);
    return parts && loopback(parts->host);
}

bool is_under(std::string_view url, std::string_view base)
{
    auto const parts = parse(url);
    auto const root = parse(base);
    if (!parts || !root || parts->user || parts->scheme != root->scheme || parts->host != root->host || parts->port != root->port)
        return false;
    std::string prefix = root->path;
    if (!prefix.ends_with('/'))
        prefix += '/';
    return parts->path.starts_with(prefix) && parts->path.find("/../") == std::string::npos;
}

} // namespace adapters::http
