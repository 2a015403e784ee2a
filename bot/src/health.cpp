#include "bot/health.hpp"

#include "bot/log.hpp"
#include "storage/settings.hpp"

#include <nlohmann/json.hpp>

#include <exception>
#include <utility>

namespace bot {
namespace {

constexpr std::chrono::milliseconds kProbeLimit{2000};

HttpResponse text_page(std::string content_type, std::string body)
{
    HttpResponse response;
    response.content_type = std::move(content_type);
    response.body = std::move(body);
    return response;
}

} // namespace

void StoreHealth::failed(storage::StoreFault fault)
{
    fault_ = fault;
    failing_ = true;
}

std::optional<storage::StoreFault> StoreHealth::fault() const
{
    return failing_ ? std::optional(fault_.load()) : std::nullopt;
}

std::string_view fault_word(storage::StoreFault fault)
{
    switch (fault) {
    case storage::StoreFault::busy: return "busy";
    case storage::StoreFault::full: return "full";
    case storage::StoreFault::unreachable: return "unreachable";
    case storage::StoreFault::corrupt: return "corrupt";
    case storage::StoreFault::constraint: return "constraint";
    case storage::StoreFault::schema: return "schema";
    case storage::StoreFault::other: return "other";
    }
    return "other";
}

HealthPages::HealthPages(storage::Store& store, StoreHealth& health, ChannelSet const& channels, bool playground, Metrics const& metrics)
    : store_(store), health_(health), channels_(channels), playground_(playground), metrics_(metrics)
{
}

void HealthPages::add_to(Router& router)
{
    router.add("GET", "/healthz", [](ExchangePtr const& exchange, PathParameters const&) {
        exchange->respond(text_page("application/json", R"({"alive":true})"));
    });
    router.add("GET", "/readyz", [this](ExchangePtr const& exchange, PathParameters const&) { ready(exchange); });
    router.add("GET", "/metrics", [this](ExchangePtr const& exchange, PathParameters const&) {
        exchange->respond(text_page("text/plain; version=0.0.4; charset=utf-8", metrics_.text()));
    });
}

HttpResponse HealthPages::verdict() const
{
    auto const fault = health_.fault();
    auto const channels = channels_.all().size() + (playground_ ? 1 : 0);
    nlohmann::ordered_json document;
    document["ready"] = !fault && channels > 0;
    document["store"] = fault ? fault_word(*fault) : "writable";
    document["channels"] = channels;
    auto reasons = nlohmann::ordered_json::array();
    if (fault)
        reasons.push_back("数据库现在写不进去（" + std::string(fault_word(*fault)) + "），请看日志并运行 yiqi doctor");
    if (channels == 0)
        reasons.push_back("没有配置任何渠道，请在配置文件里加 [[channels]] 或打开 [playground]");
    document["reasons"] = reasons;
    auto response = text_page("application/json", document.dump());
    response.status = document["ready"].get<bool>() ? 200 : 503;
    return response;
}

/// Writes a row through the same queue as everybody: what makes a platform's message durable must work, not only answer.
void HealthPages::ready(ExchangePtr const& exchange)
{
    exchange->when_late(kProbeLimit, [this, exchange] {
        health_.failed(storage::StoreFault::busy);
        exchange->respond(verdict());
    });
    auto const now = std::chrono::system_clock::now().time_since_epoch().count();
    auto probe = [now](storage::Database& db) { storage::Settings(db).set({}, "readyz_probe", std::to_string(now)); };
    auto done = [this, exchange](std::exception_ptr const& failure) {
        try {
            if (failure)
                std::rethrow_exception(failure);
            health_.worked();
        } catch (storage::StoreError const& error) {
            health_.failed(error.fault());
            log(Level::error, "store_not_writable", {{"fault", fault_word(error.fault())}, {"error", error.what()}});
        } catch (std::exception const& error) {
            health_.failed(storage::StoreFault::other);
            log(Level::error, "store_not_writable", {{"error", error.what()}});
        }
        exchange->respond(verdict());
    };
    store_.write(std::move(probe), std::move(done));
}

} // namespace bot
