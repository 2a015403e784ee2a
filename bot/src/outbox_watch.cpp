#include "bot/outbox_watch.hpp"

#include "bot/channels.hpp"
#include "bot/log.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <string>

namespace bot {
namespace {

constexpr std::chrono::seconds kEvery{2};

} // namespace

OutboxWatch::OutboxWatch(storage::Store& store, ProcedureClock const& clock, Metrics& metrics) : store_(store), clock_(clock)
{
    metrics.gauge("yiqi_outbox_pending", "Messages not ended, by platform of the preferred channel.", [this] { return pending(); });
    metrics.gauge("yiqi_outbox_dead", "Dead letters.", [this] {
        std::lock_guard const lock(mutex_);
        return std::vector<Metrics::Sample>{{{}, static_cast<double>(counts_.dead)}};
    });
    metrics.gauge("yiqi_outbox_oldest_seconds", "How long the oldest message that may leave has been waiting, in procedure time.", [this] {
        std::lock_guard const lock(mutex_);
        return std::vector<Metrics::Sample>{{{}, oldest_s_}};
    });
}

OutboxWatch::~OutboxWatch()
{
    stop();
}

std::vector<Metrics::Sample> OutboxWatch::pending() const
{
    std::map<std::string, double> platforms;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& row : counts_.pending)
            platforms[row.channel.empty() ? "any" : std::string(platform_of(row.channel))] += static_cast<double>(row.messages);
    }
    std::vector<Metrics::Sample> samples;
    samples.reserve(platforms.size());
    for (auto const& [platform, messages] : platforms)
        samples.push_back({{{"platform", platform}}, messages});
    return samples;
}

void OutboxWatch::look()
{
    auto const now = clock_.now();
    storage::Outbox::Counts counts;
    store_.read_now([&](storage::Database& db) { counts = storage::Outbox(db).counts(now); });
    std::lock_guard const lock(mutex_);
    counts_ = std::move(counts);
    oldest_s_ = counts_.oldest_due ? std::max(0.0, std::chrono::duration<double>(now - *counts_.oldest_due).count()) : 0.0;
}

void OutboxWatch::start()
{
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            try {
                look();
            } catch (std::exception const& failure) {
                log(Level::error, "outbox_not_counted", {{"error", failure.what()}});
            }
            lock.lock();
            changed_.wait_for(lock, kEvery, [this] { return stopping_; });
        }
    });
}

void OutboxWatch::stop()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

} // namespace bot
