#include "bot/log.hpp"
#include "bot/outbox_pump.hpp"

#include "adapters/chat/stored.hpp"

#include <exception>
#include <utility>

/// The running part of the pump: its thread, waking, stopping.
namespace bot {

OutboxPump::OutboxPump(Parts parts, Options options) : parts_(std::move(parts)), options_(options) {}

OutboxPump::~OutboxPump()
{
    stop(std::chrono::milliseconds(0));
}

void OutboxPump::start()
{
    take_back();
    thread_ = std::thread([this] { run(); });
}

void OutboxPump::take_back()
{
    parts_.store.write_now([this](storage::Database& db) {
        storage::Outbox(db).claim(parts_.clock.now(), parts_.clock.machine_now() + options_.lease, options_.lease, 0);
    });
}

void OutboxPump::wake()
{
    {
        std::lock_guard const lock(mutex_);
        if (woken_)
            return;
        woken_ = true;
    }
    changed_.notify_all();
}

void OutboxPump::committed()
{
    if (storage::Outbox::puts() != puts_seen_.load())
        wake();
}

void OutboxPump::stop(std::chrono::milliseconds grace)
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, grace, [this] { return under_way_ == 0; });
}

std::size_t OutboxPump::under_way() const
{
    std::lock_guard const lock(mutex_);
    return under_way_;
}

void OutboxPump::one_less()
{
    std::lock_guard const lock(mutex_); // until the end: whoever waits for the last one may destroy us
    --under_way_;
    woken_ = true; // the next one for the same receiver may go
    changed_.notify_all();
}

bool OutboxPump::look()
{
    std::vector<Ready> ready;
    auto any = false;
    parts_.store.write_now([this, &ready, &any](storage::Database& db) { ready = claim(db, any); });
    {
        std::lock_guard const lock(mutex_);
        under_way_ += ready.size();
    }
    for (auto& one : ready)
        send(std::move(one));
    return any;
}

void OutboxPump::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        auto more = false;
        try {
            more = look();
        } catch (std::exception const& failure) {
            log(Level::error, "outbox_look_failed", {{"error", failure.what()}});
        }
        lock.lock();
        changed_.wait_for(lock, options_.breath, [this] { return stopping_; });
        if (!more)
            changed_.wait_for(lock, options_.poll, [this] { return stopping_ || woken_; });
    }
}

void OutboxPump::count(std::string const& channel, std::string const& outcome)
{
    Metrics::Labels const labels = {{"platform", std::string(platform_of(channel))}, {"outcome", outcome}};
    parts_.metrics.counter("yiqi_outbox_sent_total", "Tries to send, by platform and how they ended.", labels).add();
}

commands::NoticeVerdict PlainNoticeRules::plan(storage::Database&, storage::OutboxMessage const&, governance::Instant)
{
    return {};
}

adapters::chat::Reply PlainNoticeRules::digest(storage::Database&, std::vector<storage::OutboxMessage> const& parts, governance::Instant)
{
    adapters::chat::Reply joined;
    for (auto const& part : parts) {
        if (auto const reply = adapters::chat::decode_reply(part.payload))
            joined.text.append(joined.text.empty() ? "" : "\n").append(reply->text);
    }
    return joined;
}

} // namespace bot
