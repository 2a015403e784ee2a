#pragma once

#include "adapters/http_client.hpp"

#include <curl/curl.h>
#include <memory>
#include <string>

namespace adapters::http {

/// One request with libcurl, from its options to the reading of its end. Used on one thread.
class CurlExchange {
public:
    static std::unique_ptr<CurlExchange> make(HttpRequest request, HttpClient::Done done);

    /// Whether libcurl took all options.
    [[nodiscard]] bool ready() const { return ready_; }
    [[nodiscard]] CURL* handle() const { return handle_.get(); }
    /// What the transfer that ended with `code` amounts to.
    HttpResponse result(CURLcode code);
    /// What a transfer amounts to that is broken off now.
    HttpResponse interrupted();
    void done(HttpResponse response) { done_(std::move(response)); }

private:
    struct FreeEasy {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    struct FreeList {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    CurlExchange(HttpRequest request, HttpClient::Done done);
    bool set_up();
    [[nodiscard]] bool was_written() const;
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);

    HttpRequest request_;
    HttpClient::Done done_;
    HttpResponse response_;
    std::unique_ptr<curl_slist, FreeList> headers_;
    std::unique_ptr<CURL, FreeEasy> handle_;
    bool too_large_ = false;
    bool ready_ = false;
};

} // namespace adapters::http
