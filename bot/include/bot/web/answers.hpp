#pragma once

#include "bot/http.hpp"
#include "storage/store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace bot {

/// A JSON answer that is not kept by caches.
HttpResponse json_answer(nlohmann::json const& document, int status = 200);
/// Adds the headers under which a page of ours may run: only its own files, framed only by ourselves.
void protect(HttpResponse& response);
/// Lets caches keep the answer for `max_age`, and answers 304 when the asker has it already (If-None-Match).
HttpResponse cacheable(HttpRequest const& request, HttpResponse response, std::chrono::seconds max_age);

/// Answers from the committed books, on a read-only connection. BadRequest becomes its problem document; a store that fails, 503.
void answer_read(storage::Store& store, ExchangePtr const& exchange, std::function<HttpResponse(storage::Database&)> make);
/// The problem document for what `failure` holds; logs what is no fault of the asker.
HttpResponse failed(std::exception_ptr const& failure, std::string_view event);

/// "2026-07-01T01:00:00Z", cut to the second.
std::string utc_text(std::chrono::sys_time<std::chrono::microseconds> at);

} // namespace bot
