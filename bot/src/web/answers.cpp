#include "bot/web/answers.hpp"

#include "bot/log.hpp"
#include "bot/web/query.hpp"

#include <date/date.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>

namespace bot {
namespace {

/// FNV-1a: names a version of a public answer, protects nothing.
std::string tag_of(std::string_view body)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char const c : body)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    char text[24];
    std::snprintf(text, sizeof text, "\"%016llx\"", static_cast<unsigned long long>(hash));
    return text;
}

} // namespace

HttpResponse json_answer(nlohmann::json const& document, int status)
{
    HttpResponse response;
    response.status = status;
    response.content_type = "application/json";
    response.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

void protect(HttpResponse& response)
{
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                                  "frame-ancestors 'self'");
    response.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

HttpResponse cacheable(HttpRequest const& request, HttpResponse response, std::chrono::seconds max_age)
{
    if (response.status != 200)
        return response;
    std::erase_if(response.headers, [](auto const& header) { return header.first == "Cache-Control"; });
    auto tag = tag_of(response.body);
    bool const known = request.header("If-None-Match") == tag;
    response.headers.emplace_back("ETag", std::move(tag));
    response.headers.emplace_back("Cache-Control", "public, max-age=" + std::to_string(max_age.count()));
    if (known) {
        response.status = 304;
        response.content_type.clear();
        response.body.clear();
    }
    return response;
}

HttpResponse failed(std::exception_ptr const& failure, std::string_view event)
{
    try {
        std::rethrow_exception(failure);
    } catch (BadRequest const& bad) {
        return problem(bad.status(), bad.what());
    } catch (storage::StoreError const& error) {
        log(Level::error, event, {{"error", error.what()}});
        auto response = problem(503, "the books cannot be read now; try again");
        response.headers.emplace_back("Retry-After", "1");
        return response;
    } catch (std::exception const& error) {
        log(Level::error, event, {{"error", error.what()}});
        return problem(500);
    }
}

void answer_read(storage::Store& store, ExchangePtr const& exchange, std::function<HttpResponse(storage::Database&)> make)
{
    auto response = std::make_shared<HttpResponse>();
    auto work = [response, make = std::move(make)](storage::Database& db) { *response = make(db); };
    auto done = [exchange, response](std::exception_ptr const& failure) {
        exchange->respond(failure ? failed(failure, "read_failed") : std::move(*response));
    };
    try {
        store.read(std::move(work), std::move(done));
    } catch (storage::StoreError const&) {
        exchange->respond(failed(std::current_exception(), "read_failed"));
    }
}

std::string utc_text(std::chrono::sys_time<std::chrono::microseconds> at)
{
    return date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(at));
}

} // namespace bot
