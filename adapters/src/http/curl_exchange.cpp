#include "http/curl_exchange.hpp"

#include "http/url.hpp"

#include <algorithm>
#include <string_view>

namespace adapters::http {

std::unique_ptr<CurlExchange> CurlExchange::make(HttpRequest request, HttpClient::Done done)
{
    return std::unique_ptr<CurlExchange>(new CurlExchange(std::move(request), std::move(done)));
}

CurlExchange::CurlExchange(HttpRequest request, HttpClient::Done done)
    : request_(std::move(request)), done_(std::move(done)), handle_(curl_easy_init())
{
    ready_ = handle_ && set_up();
}

bool CurlExchange::set_up()
{
    CURL* const curl = handle_.get();
    bool ok = true;
    auto const set = [curl, &ok](auto option, auto value) { ok = curl_easy_setopt(curl, option, value) == CURLE_OK && ok; };
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.total_timeout.count()));
    set(CURLOPT_WRITEFUNCTION, &CurlExchange::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &CurlExchange::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_USERAGENT, "yiqi");
    if (is_loopback(request_.url))
        set(CURLOPT_NOPROXY, "*");
    // On a kept connection that turns out dead libcurl sends a request again by itself, though the server may have acted on it.
    if (!request_.repeatable)
        set(CURLOPT_FRESH_CONNECT, 1L);
    if (request_.method == HttpRequest::Method::post) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POSTFIELDS, request_.body.c_str());
    }
    std::vector<std::string> lines{"Expect:"}; // no pause before a body
    for (auto const& [name, value] : request_.headers)
        lines.emplace_back(name).append(": ").append(value);
    for (auto const& line : lines) {
        curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
        if (longer == nullptr)
            return false;
        static_cast<void>(headers_.release());
        headers_.reset(longer);
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
    return ok;
}

std::size_t CurlExchange::on_body(char* data, std::size_t size, std::size_t count, void* self)
{
    auto& exchange = *static_cast<CurlExchange*>(self);
    std::size_t const length = size * count;
    if (length > exchange.request_.response_limit_bytes - exchange.response_.body.size()) {
        exchange.too_large_ = true;
        return 0; // ends the transfer
    }
    exchange.response_.body.append(data, length);
    return length;
}

std::size_t CurlExchange::on_header(char* data, std::size_t size, std::size_t count, void* self)
{
    constexpr std::string_view kName = "content-disposition:";
    auto& exchange = *static_cast<CurlExchange*>(self);
    std::string_view line(data, size * count);
    auto const equal = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
    if (line.size() > kName.size() && line.size() < 1024 &&
        std::equal(kName.begin(), kName.end(), line.begin(), [&](char b, char a) { return equal(a, b); })) {
        line.remove_prefix(kName.size());
        while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
            line.remove_suffix(1);
        exchange.response_.disposition = line.substr(std::min(line.size(), line.find_first_not_of(' ')));
    }
    return size * count;
}

/// Whether any byte of the request may have reached the server. With a proxy this includes the request to the proxy: the careful side.
bool CurlExchange::was_written() const
{
    long written = 0;
    curl_off_t body = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_REQUEST_SIZE, &written);
    curl_easy_getinfo(handle_.get(), CURLINFO_SIZE_UPLOAD_T, &body);
    return written > 0 || body > 0;
}

HttpResponse CurlExchange::result(CURLcode code)
{
    HttpResponse response = std::move(response_);
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK) {
        char const* type = nullptr;
        curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &type);
        response.outcome = HttpOutcome::answered;
        response.status = static_cast<int>(status);
        response.content_type = type == nullptr ? "" : type;
        return response;
    }
    response.body.clear();
    response.detail = curl_easy_strerror(code); // not the error buffer, which may quote the address
    if (too_large_)
        response.outcome = HttpOutcome::too_large;
    else
        response.outcome = was_written() ? HttpOutcome::unknown : HttpOutcome::not_sent;
    return response;
}

HttpResponse CurlExchange::interrupted()
{
    HttpResponse response;
    response.outcome = was_written() ? HttpOutcome::unknown : HttpOutcome::not_sent;
    response.detail = "stopping";
    return response;
}

} // namespace adapters::http
