#pragma once

#include "bot/http.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <utility>

namespace bot::playground {

/// A request that the program makes to itself, without a socket.
class InnerExchange : public Exchange {
public:
    InnerExchange(HttpRequest request, std::function<void(HttpResponse)> answered)
        : request_(std::move(request)), answered_(std::move(answered))
    {
    }
    [[nodiscard]] HttpRequest const& request() const override { return request_; }
    void respond(HttpResponse response) override
    {
        if (!done_.exchange(true))
            answered_(std::move(response));
    }
    /// Nobody waits impatiently here: the page shows an answer whenever it comes.
    void when_late(std::chrono::milliseconds, std::function<void()>) override {}

private:
    HttpRequest request_;
    std::function<void(HttpResponse)> answered_;
    std::atomic<bool> done_{false};
};

} // namespace bot::playground
