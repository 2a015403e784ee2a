#include "bot/app.hpp"

#include "store_start.hpp"

#include "bot/alarm.hpp"
#include "bot/clock_api.hpp"
#include "bot/health.hpp"
#include "bot/log.hpp"
#include "bot/metrics.hpp"
#include "bot/outbox_pump.hpp"
#include "bot/outbox_watch.hpp"
#include "bot/scheduler.hpp"
#include "bot/server.hpp"
#include "bot/webhooks.hpp"
#include "storage/district.hpp"
#include "storage/spool.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <random>
#include <utility>

namespace bot {
namespace {

constexpr std::string_view kPlaygroundAccount = "playground";

std::function<double()> random_chance()
{
    auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
    auto mutex = std::make_shared<std::mutex>();
    return [engine, mutex] {
        std::lock_guard const lock(*mutex);
        return static_cast<double>((*engine)() % 1000) / 1000.0;
    };
}

} // namespace

/// Members stand in the order in which they are made; stop() takes them down in the order that loses nothing.
class App::Impl {
public:
    Impl(Config config, Parts const& parts, bool demo) : parts_(parts)
    {
        if (!parts_.conversation)
            throw StartError("this build has no conversation; install a complete one");
        setting_.config = std::move(config);
        setting_.files = installed_files();
        setting_.now = [this] { return clock_.now(); };
        open(demo);
        channels_ = make_channels(setting_.config);
        if (parts_.channels)
            parts_.channels(channels_, *store_, setting_);
        conversing_ = parts_.conversation(*store_, channels_, setting_);
        make_workers();
        make_routes();
        ServerOptions options;
        options.listen = setting_.config.server.listen;
        server_.emplace(std::move(options), router_);
    }

    /// Also when the start failed half way: nothing of the store may run any more when what it calls goes.
    ~Impl() { stop(std::chrono::milliseconds(0)); }
    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

    void start()
    {
        scheduler_->start();
        pump_->start();
        watch_->start();
        webhooks_->recover();
        server_->start();
        log(Level::info, "serving",
            {{"address", setting_.config.server.listen.host},
             {"port", server_->port()},
             {"channels", channels_.all().size()},
             {"playground", setting_.config.playground}});
    }

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

    void reload(Config const& config)
    {
        set_up_log(config.log);
        setting_.config.log = config.log;
        if (config.storage_url != setting_.config.storage_url || config.server.listen.port != setting_.config.server.listen.port ||
            config.server.listen.host != setting_.config.server.listen.host || config.channels.size() != setting_.config.channels.size())
            log(Level::warn, "reload_needs_restart", {{"what", "listen, storage and channels change with a restart only"}});
        conversing_.reload();
        log(Level::info, "reloaded");
    }

    void stop(std::chrono::milliseconds grace)
    {
        if (std::exchange(stopped_, true))
            return;
        log(Level::info, "stopping");
        auto const until = std::chrono::steady_clock::now() + grace;
        auto const left = [until] {
            return std::max(std::chrono::milliseconds(0),
                            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()));
        };
        server_->stop(grace);
        scheduler_->stop();
        watch_->stop();
        pump_->stop(left());
        channels_ = {}; // ends what was still being sent; how it ended is booked before the store closes
        store_->close();
        spool_->close();
        log(Level::info, "stopped");
        flush_log();
    }

private:
    void open(bool demo)
    {
        store_ = open_configured_store(setting_.config, true);
        spool_ = std::make_unique<storage::Spool>(spool_url(setting_.config));
        migrate_store(*store_);
        auto empty = false;
        store_->read_now([&](storage::Database& db) { empty = storage::district_empty(db); });
        if (demo && empty) {
            auto const folder = setting_.files.data / "demo";
            auto const problems = import_district_folder(*store_, folder, {std::string(kPlaygroundAccount)}, setting_.config);
            if (!problems.empty())
                throw StartError("the demo district cannot be read: " + problems.front());
            log(Level::info, "demo_district_loaded");
        }
        begin_clock(clock_, *store_, setting_.config);
    }

    void make_workers()
    {
        auto const wake = [this] { pump_->wake(); };
        pump_.emplace(
            OutboxPump::Parts{*store_, channels_, *conversing_.directory, *conversing_.notice_rules, clock_, metrics_, random_chance()},
            OutboxPump::Options{});
        scheduler_.emplace(Scheduler::Parts{*store_, *conversing_.service, clock_, metrics_, wake}, Scheduler::Options{});
        watch_.emplace(*store_, clock_, metrics_);
        Webhooks::Parts const webhooks{channels_, *store_,  *spool_, *conversing_.service,          clock_,
                                       health_,   metrics_, alarm_,  [this] { pump_->committed(); }};
        health_pages_.emplace(HealthPages::Parts{*store_, *spool_, health_, channels_, setting_.config.playground, metrics_});
        webhooks_.emplace(webhooks);
        metrics_.summary("yiqi_commit_batch_size", "Units of work in a commit.", [this] {
            auto const statistics = store_->statistics();
            return std::pair(static_cast<double>(statistics.units), static_cast<double>(statistics.commits));
        });
        metrics_.summary("yiqi_sync_batch_size", "Units of work that one wait for the disk made durable.", [this] {
            auto const statistics = store_->statistics();
            return std::pair(static_cast<double>(statistics.units), static_cast<double>(statistics.syncs));
        });
    }

    void make_routes()
    {
        webhooks_->add_to(router_);
        health_pages_->add_to(router_);
        if (setting_.config.playground)
            add_clock_api(router_, clock_, *scheduler_);
        if (parts_.routes)
            parts_.routes(router_, Running{*store_, *conversing_.service, channels_, clock_, setting_, [this] { pump_->wake(); }});
    }

    Parts parts_;
    Setting setting_;
    ProcedureClock clock_;
    Metrics metrics_;
    StoreHealth health_;
    Router router_;
    Conversing conversing_;
    std::optional<OutboxPump> pump_;        ///< outlives the channels, whose calls end in it
    std::optional<Webhooks> webhooks_;      ///< outlives the store, whose units of work end in it
    std::unique_ptr<storage::Spool> spool_; ///< outlives the store, as webhooks_ does
    std::unique_ptr<storage::Store> store_;
    ChannelSet channels_;
    std::optional<Scheduler> scheduler_;
    std::optional<OutboxWatch> watch_;
    std::optional<HealthPages> health_pages_;
    Alarm alarm_;
    std::optional<Server> server_;
    bool stopped_ = false;
};

App::App(Config config, Parts const& parts, bool demo) : impl_(std::make_unique<Impl>(std::move(config), parts, demo)) {}

App::~App() = default;

void App::start()
{
    impl_->start();
}

std::uint16_t App::port() const
{
    return impl_->port();
}

void App::reload(Config const& config)
{
    impl_->reload(config);
}

void App::stop(std::chrono::milliseconds grace)
{
    impl_->stop(grace);
}

} // namespace bot
