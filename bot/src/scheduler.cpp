#include "bot/scheduler.hpp"

#include "bot/log.hpp"
#include "storage/jobs.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

namespace bot {
namespace {

/// Thrown to roll a unit of work back that was only meant to look.
struct OnlyLooking {};

} // namespace

Scheduler::Scheduler(Parts parts, Options options) : parts_(std::move(parts)), options_(options)
{
    parts_.metrics.gauge("yiqi_jobs_late_seconds", "How long the job that is due first has been due, in procedure time.", [this] {
        return std::vector<Metrics::Sample>{{{}, late_s_.load()}};
    });
}

Scheduler::~Scheduler()
{
    stop();
}

void Scheduler::start()
{
    thread_ = std::thread([this] { run(); });
}

void Scheduler::stop()
{
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
    for (auto& request : std::exchange(requests_, {}))
        request.done({}, std::make_exception_ptr(std::runtime_error("the service is stopping")));
}

void Scheduler::advance(std::chrono::seconds step, Advanced done)
{
    {
        std::lock_guard const lock(mutex_);
        if (!stopping_) {
            requests_.push_back({step, std::move(done)});
            changed_.notify_all();
            return;
        }
    }
    done({}, std::make_exception_ptr(std::runtime_error("the service is stopping")));
}

Scheduler::Fired Scheduler::fire_one(governance::Instant until, bool move)
{
    auto fired = false;
    std::optional<std::chrono::microseconds> offset;
    try {
        parts_.store.write_now([&](storage::Database& db) {
            fired = false;
            auto const due = storage::Jobs(db).next_due();
            if (!due || *due > until)
                return;
            if (move)
                offset = parts_.clock.move_to(db, *due);
            fired = parts_.service.fire_next_job(db, until);
        });
    } catch (storage::StoreError const& error) {
        log(Level::error, "job_store_failed", {{"error", error.what()}});
        return Fired::failed;
    } catch (std::exception const& error) {
        return failed(until, error.what());
    }
    if (offset)
        parts_.clock.adopt(*offset);
    if (!fired)
        return Fired::none;
    parts_.on_commit();
    return Fired::one;
}

/// Counts the failure of the job that is due first; its own unit of work was rolled back and told us nothing about it.
Scheduler::Fired Scheduler::failed(governance::Instant until, std::string const& error)
{
    std::optional<storage::Job> job;
    try {
        parts_.store.write_now([&](storage::Database& db) {
            job = storage::Jobs(db).take_next(until);
            throw OnlyLooking();
        });
    } catch (OnlyLooking const&) { // rolled back, as meant
    }
    if (!job)
        return Fired::none;
    auto parked = false;
    parts_.store.write_now([&](storage::Database& db) { parked = storage::Jobs(db).failed(*job, error, options_.tries); });
    log(Level::error, "job_failed",
        {{"community", job->community.str()}, {"kind", job->kind}, {"key", job->key}, {"parked", parked}, {"error", error}});
    return parked ? Fired::parked : Fired::failed;
}

bool Scheduler::fire_due(governance::Instant until, bool move)
{
    for (;;) {
        {
            std::lock_guard const lock(mutex_);
            if (stopping_)
                return false;
        }
        switch (fire_one(until, move)) {
        case Fired::one:
        case Fired::parked: continue;
        case Fired::none: return true;
        case Fired::failed: return false;
        }
    }
}

governance::Instant Scheduler::advance_now(std::chrono::seconds step)
{
    auto const target = parts_.clock.now() + step;
    // A failing job is parked after its tries; until then it holds up the time, as it would hold up those behind it.
    for (std::int64_t i = 0; !fire_due(target, true); ++i) {
        if (i >= options_.tries)
            throw std::runtime_error("a job that fell due could not be fired; see the log");
    }
    std::chrono::microseconds offset{};
    parts_.store.write_now([&](storage::Database& db) { offset = parts_.clock.move_to(db, target); });
    parts_.clock.adopt(offset);
    parts_.on_commit();
    return parts_.clock.now();
}

void Scheduler::watch()
{
    std::optional<governance::Instant> due;
    parts_.store.read_now([&](storage::Database& db) { due = storage::Jobs(db).next_due(); });
    auto const late = due ? parts_.clock.now() - *due : std::chrono::microseconds(0);
    late_s_ = std::max(0.0, std::chrono::duration<double>(late).count());
}

void Scheduler::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        std::optional<Request> request;
        if (!requests_.empty()) {
            request = std::move(requests_.front());
            requests_.pop_front();
        }
        lock.unlock();
        governance::Instant reached{};
        std::exception_ptr failure;
        try {
            if (request)
                reached = advance_now(request->step);
            else
                fire_due(parts_.clock.now(), false);
            watch();
        } catch (...) {
            failure = std::current_exception();
        }
        if (request)
            request->done(reached, failure);
        else if (failure)
            log(Level::error, "scheduler_failed", {});
        lock.lock();
        if (requests_.empty())
            changed_.wait_for(lock, options_.poll, [this] { return stopping_ || !requests_.empty(); });
    }
}

} // namespace bot
