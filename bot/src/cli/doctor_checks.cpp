#include "doctor_checks.hpp"

#include "../store_start.hpp"

#include "adapters/http_client.hpp"
#include "bot/channels.hpp"
#include "storage/district.hpp"
#include "storage/migrations.hpp"
#include "storage/people.hpp"
#include "storage/settings.hpp"
#include "storage/spool.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <exception>
#include <filesystem>
#include <future>
#include <set>

namespace bot::cli {
namespace {

using Grade = Finding::Grade;
constexpr std::uintmax_t kLittleRoomBytes = 1'073'741'824;

std::string local_day(governance::Instant at, std::string const& zone)
{
    return date::format("%F", date::zoned_time(zone, at));
}

void check_room(Config const& config, std::vector<Finding>& findings)
{
    if (!config.storage_url.starts_with("sqlite:"))
        return;
    std::error_code error;
    auto folder = std::filesystem::absolute(config.storage_url.substr(7), error).parent_path();
    auto const space = std::filesystem::space(folder, error);
    if (error)
        return;
    auto const gib = std::to_string(space.available / kLittleRoomBytes) + " GiB";
    if (space.available < kLittleRoomBytes)
        findings.push_back({Grade::bad, "数据所在磁盘只剩不到 1 GiB，请清理：" + folder.string()});
    else
        findings.push_back({Grade::good, "磁盘剩余 " + gib});
}

void check_spool(Config const& config, std::vector<Finding>& findings)
{
    std::error_code error;
    if (!std::filesystem::exists(spool_url(config).substr(std::string_view("sqlite:").size()), error))
        return;
    storage::Spool spool(spool_url(config));
    if (auto const waiting = spool.size(); waiting > 0)
        findings.push_back({Grade::note, std::to_string(waiting) + " 条消息暂存着，等数据库能写入时自动处理"});
    if (auto const aside = spool.set_aside_count(); aside > 0)
        findings.push_back({Grade::bad, std::to_string(aside) + " 条暂存的消息无法处理，已另存在 " +
                                            spool_url(config).substr(std::string_view("sqlite:").size()) +
                                            "；请看日志里的 set_aside，必要时联系发送人重发"});
}

void check_calendar(storage::Database& db, Config const& config, std::vector<Finding>& findings)
{
    auto const calendar = storage::load_calendar(db);
    auto const today = local_day(ProcedureClock::machine_time(), config.zone);
    if (calendar.empty())
        findings.push_back({Grade::note, "没有节假日表，周一至周五都当工作日；随网格资料导入 calendar_*.csv 即可"});
    else if (calendar.rbegin()->first < today)
        findings.push_back({Grade::note, "节假日表只到 " + calendar.rbegin()->first + "，之后周一至周五都当工作日；请导入新一年的"});
}

void check_groups(storage::Database& db, Config const& config, std::vector<Finding>& findings)
{
    std::set<std::string> tied;
    for (auto const& channel : config.channels) {
        if (!channel.group.empty())
            tied.insert(channel.group);
    }
    std::string without;
    std::set<std::string> known;
    auto count = 0;
    for (auto const& group : storage::all_groups(db)) {
        known.insert(group.id.str());
        if (group.bot_enabled && !tied.contains(group.id.str()) && ++count <= 5)
            without.append(without.empty() ? "" : "、").append(group.id.str());
    }
    if (count > 0 && !config.channels.empty())
        findings.push_back(
            {Grade::note, std::to_string(count) + " 个群没有群机器人，群通知会成为死信：" + without + (count > 5 ? " 等" : "")});
    for (auto const& group : tied) {
        if (!known.empty() && !known.contains(group))
            findings.push_back({Grade::bad, "群机器人绑定的群 " + group + " 不在网格资料里，请核对 group"});
    }
}

void check_district(storage::Database& db, Config const& config, std::vector<Finding>& findings)
{
    if (storage::district_empty(db)) {
        findings.push_back({Grade::bad, "还没有网格资料，请运行 yiqi import district 目录"});
        return;
    }
    findings.push_back({Grade::good, "网格资料已导入"});
    check_calendar(db, config, findings);
    check_groups(db, config, findings);
    auto const offset = ProcedureClock::stored(db);
    if (offset && offset->count() != 0 && !config.playground)
        findings.push_back({Grade::bad, "这个库的程序时钟在模拟群里拨动过，不能正式使用，请换一个库"});
}

/// Any answer counts, also a refusal: it shows that name, network, proxy and certificate work. Nothing secret is sent.
void check_reach(std::string const& base, adapters::HttpClient& client, std::vector<Finding>& findings)
{
    adapters::HttpRequest request;
    request.url = base + "/";
    request.repeatable = true;
    std::promise<adapters::HttpResponse> promise;
    client.send(std::move(request), [&promise](adapters::HttpResponse response) { promise.set_value(std::move(response)); });
    auto const response = promise.get_future().get();
    if (response.outcome == adapters::HttpOutcome::answered)
        findings.push_back({Grade::good, "连得上 " + base});
    else
        findings.push_back({Grade::bad, "连不上 " + base + "（" + response.detail + "），请检查网络、代理和出口白名单"});
}

} // namespace

void check_machine(Config const& config, std::vector<Finding>& findings)
{
    auto const now = ProcedureClock::machine_time();
    auto const year = static_cast<int>(date::year_month_day(date::floor<date::days>(now)).year());
    auto const local =
        date::format("%F %H:%M", std::chrono::floor<std::chrono::minutes>(date::zoned_time(config.zone, now).get_local_time()));
    if (year < 2025)
        findings.push_back({Grade::bad, "本机时间是 " + local + "，明显不对；请打开时间同步，否则平台签名会被拒绝"});
    else
        findings.push_back({Grade::good, "本机时间 " + local + "（" + config.zone + "），请与手机核对，误差不要超过 1 分钟"});
    if (config.server.public_url.empty())
        findings.push_back({Grade::note, "没有设置 server.public_url，通知里不会带网页链接"});
    else if (config.server.public_url.starts_with("http:"))
        findings.push_back({Grade::note, "server.public_url 是 http，平台回调一般要求 https"});
}

void check_store(Config const& config, std::vector<Finding>& findings)
{
    try {
        auto const store = open_configured_store(config, false);
        store->read_now([](storage::Database& db) { storage::require_schema(db); });
        store->write_now([](storage::Database& db) { storage::Settings(db).set({}, "doctor_probe", "1"); });
        findings.push_back({Grade::good, "数据库可读写，数据版本 " + std::to_string(storage::program_schema_version())});
        store->read_now([&](storage::Database& db) { check_district(db, config, findings); });
    } catch (storage::StoreError const& error) {
        findings.push_back({Grade::bad, std::string("数据库不能用：") + error.what()});
    }
    check_room(config, findings);
    check_spool(config, findings);
}

void check_channels(Config const& config, std::vector<Finding>& findings)
{
    if (config.channels.empty()) {
        findings.push_back(
            {config.playground ? Grade::note : Grade::bad, "没有配置任何渠道，居民的消息进不来；请在配置文件里加 [[channels]]"});
        return;
    }
    try {
        auto const channels = make_channels(config);
        findings.push_back({Grade::good, "渠道 " + std::to_string(channels.all().size()) + " 个，密钥格式无误"});
    } catch (std::invalid_argument const& error) {
        findings.push_back({Grade::bad, std::string("渠道配置有误：") + error.what()});
    }
    std::set<std::string> bases;
    for (auto const& channel : config.channels)
        bases.insert(channel.api_base);
    auto const client = adapters::make_http_client();
    for (auto const& base : bases)
        check_reach(base, *client, findings);
}

} // namespace bot::cli
