#include "parser.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace bot::detail {
namespace {

/// Room reserved before the first byte of a body came: no stranger makes us allocate what they only announce.
constexpr std::uint64_t kEarlyRoomBytes = 16 * 1024UL;

/// "http://host/path" becomes "/path", as proxies may send it; other forms are left as they are.
std::string_view origin_form(std::string_view target)
{
    auto const scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos)
        return target;
    auto const path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

} // namespace

RequestParser::RequestParser(HttpRequest& request, std::uint32_t header_limit_bytes) : request_(request)
{
    header_limit(header_limit_bytes);
    body_limit(boost::none); // set once the target is known
    request_.header_count = 0;
    request_.body.clear();
}

RequestParser::Objection RequestParser::objection() const
{
    if (version_ == 11 && !has_host_)
        return {400, "a request of HTTP/1.1 names a Host"};
    if (!request_.target.starts_with('/'))
        return {400, "the target must be a path"};
    return {};
}

void RequestParser::on_request_impl(verb, string_view method_text, string_view target, int version, error_code& ec)
{
    if (version != 10 && version != 11)
        ec = boost::beast::http::error::bad_version;
    version_ = version;
    request_.method.assign(method_text.data(), method_text.size());
    request_.target.assign(origin_form({target.data(), target.size()}));
}

void RequestParser::on_response_impl(int, string_view, int, error_code&) {}

void RequestParser::on_field_impl(field name, string_view name_text, string_view value, error_code&)
{
    has_host_ = has_host_ || name == field::host;
    expects_continue_ = expects_continue_ || (name == field::expect && boost::beast::iequals(value, "100-continue"));
    if (request_.headers.size() <= request_.header_count)
        request_.headers.emplace_back();
    auto& slot = request_.headers[request_.header_count++];
    slot.first.assign(name_text.data(), name_text.size());
    slot.second.assign(value.data(), value.size());
}

void RequestParser::on_header_impl(error_code&) {}

void RequestParser::on_body_init_impl(chunk_extra const& length, error_code&)
{
    request_.body.reserve(static_cast<std::size_t>(std::min(length.value_or(0), kEarlyRoomBytes)));
}

std::size_t RequestParser::on_body_impl(string_view bytes, error_code&)
{
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, string_view, error_code&) {}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&)
{
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void RequestParser::on_finish_impl(error_code&) {}

} // namespace bot::detail
