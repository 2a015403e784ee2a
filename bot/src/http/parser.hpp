#pragma once

#include "bot/http.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstdint>
#include <string_view>

namespace bot::detail {

/// Beast's parser, writing straight into an HttpRequest whose strings keep their room from one request to the next.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    RequestParser(HttpRequest& request, std::uint32_t header_limit_bytes);

    /// Why a complete header is no request for us: status and words; 0 when it is one.
    struct Objection {
        int status = 0;
        std::string_view words;
    };
    [[nodiscard]] Objection objection() const;
    [[nodiscard]] bool http_1_0() const { return version_ == 10; }
    /// The peer waits for "100 Continue" before it sends the body.
    [[nodiscard]] bool expects_continue() const { return expects_continue_; }

private:
    using verb = boost::beast::http::verb;
    using field = boost::beast::http::field;
    using string_view = boost::beast::string_view;
    using error_code = boost::beast::error_code;
    using chunk_extra = boost::optional<std::uint64_t>;

    void on_request_impl(verb method, string_view method_text, string_view target, int version, error_code& ec) override;
    void on_response_impl(int code, string_view reason, int version, error_code& ec) override;
    void on_field_impl(field name, string_view name_text, string_view value, error_code& ec) override;
    void on_header_impl(error_code& ec) override;
    void on_body_init_impl(chunk_extra const& length, error_code& ec) override;
    std::size_t on_body_impl(string_view bytes, error_code& ec) override;
    void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, string_view bytes, error_code& ec) override;
    void on_finish_impl(error_code& ec) override;

    HttpRequest& request_;
    int version_ = 0; ///< 10 or 11
    bool has_host_ = false;
    bool expects_continue_ = false;
};

} // namespace bot::detail
