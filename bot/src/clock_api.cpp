#include "bot/clock_api.hpp"

#include "bot/log.hpp"

#include <date/date.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

namespace bot {
namespace {

/// Ten years: further than any procedure runs.
constexpr std::int64_t kLongestStepS = 315'360'000;

HttpResponse tell(governance::Instant now)
{
    HttpResponse response;
    response.content_type = "application/json";
    response.body = nlohmann::json{{"now", iso_time(now)}}.dump();
    return response;
}

/// The step asked for; nothing when the body is something else.
std::optional<std::chrono::seconds> read_step(std::string const& body)
{
    auto const document = nlohmann::json::parse(body, nullptr, false);
    if (!document.is_object() || document.size() != 1 || !document.contains("advance_seconds"))
        return std::nullopt;
    auto const& step = document["advance_seconds"];
    if (!step.is_number_integer() || step < 0 || step > kLongestStepS)
        return std::nullopt;
    return std::chrono::seconds(step.get<std::int64_t>());
}

void advance(Scheduler& scheduler, ExchangePtr const& exchange)
{
    auto const step = read_step(exchange->request().body);
    if (!step) {
        exchange->respond(problem(400, R"(the body must be {"advance_seconds": N} with N from 0 to 315360000)"));
        return;
    }
    scheduler.advance(*step, [exchange](governance::Instant reached, std::exception_ptr const& failure) {
        if (!failure) {
            exchange->respond(tell(reached));
            return;
        }
        try {
            std::rethrow_exception(failure);
        } catch (std::exception const& error) {
            log(Level::error, "clock_not_moved", {{"error", error.what()}});
            exchange->respond(problem(503, "procedure time could not be moved; see the log"));
        }
    });
}

} // namespace

std::string iso_time(governance::Instant at)
{
    return date::format("%FT%TZ", std::chrono::floor<std::chrono::seconds>(at));
}

void add_clock_api(Router& router, ProcedureClock const& clock, Scheduler& scheduler)
{
    router.add("GET", "/api/v1/playground/clock",
               [&clock](ExchangePtr const& exchange, PathParameters const&) { exchange->respond(tell(clock.now())); });
    router.add(
        "POST", "/api/v1/playground/clock",
        [&scheduler](ExchangePtr const& exchange, PathParameters const&) { advance(scheduler, exchange); }, 1024);
}

} // namespace bot
