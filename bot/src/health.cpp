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

void HealthPages::add_to(Router& router)
{
    router.add("GET", "/healthz", [](ExchangePtr const& exchange, PathParameters const&) {
        exchange->respond(text_page("application/json", R"({"alive":true})"));
    });
    router.add("GET", "/readyz", [this](ExchangePtr const& exchange, PathParameters const&) { ready(exchange); });
    router.add("GET", "/metrics", [this](ExchangePtr const& exchange, PathParameters const&) {
        exchange->respond(text_page("text/plain; version=0.0.4; charset=utf-8", parts_.metrics.text()));
    });
}

HttpResponse HealthPages::verdict() const
{
    auto const fault = parts_.health.fault();
    auto const channels = parts_.channels.all().size() + (parts_.playground ? 1 : 0);
    auto const spooled = parts_.spool.size();
    auto const room = !parts_.spool.full();
    nlohmann::ordered_json document;
    document["ready"] = !fault && channels > 0 && room;
    document["store"] = fault ? fault_word(*fault) : "writable";
    document["spooled"] = spooled;
    document["channels"] = channels;
    auto reasons = nlohmann::ordered_json::array();
    if (fault)
        reasons.push_back("数据库现在写不进去（" + std::string(fault_word(*fault)) + "），请看日志并运行 yiqi doctor");
    if (!room)
        reasons.push_back("暂存的消息太多（" + std::to_string(spooled) + " 条），新消息暂时收不下，请先让数据库恢复写入");
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
        parts_.health.failed(storage::StoreFault::busy);
        exchange->respond(verdict());
    });
    auto const now = std::chrono::system_clock::now().time_since_epoch().count();
    auto probe = [now](storage::Database& db) { storage::Settings(db).set({}, "readyz_probe", std::to_string(now)); };
    auto done = [this, exchange](std::exception_ptr const& failure) {
        try {
            if (failure)
                std::rethrow_exception(failure);
            parts_.health.worked();
        } catch (storage::StoreError const& error) {
            parts_.health.failed(error.fault());
            log(Level::error, "store_not_writable", {{"fault", fault_word(error.fault())}, {"error", error.what()}});
        } catch (std::exception const& error) {
            parts_.health.failed(storage::StoreFault::other);
            log(Level::error, "store_not_writable", {{"error", error.what()}});
        }
        exchange->respond(verdict());
    };
    parts_.store.write(std::move(probe), std::move(done));
}

} // namespace bot
