// Durable units of work a second, by how many wait at once: each remembers a message, casts a ballot (an upsert) and appends to the
// ledger, which also moves its head. Usage: bench_storage_units [FOLDER]; the folder decides which disk is measured.
#include "storage/inbox.hpp"
#include "storage/ledger.hpp"
#include "storage/migrations.hpp"
#include "storage/store.hpp"
#include "storage/time.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string>

namespace {

constexpr std::int64_t kStart = 1'782'870'000'000'000;

void one_unit(storage::Database& db, std::int64_t n)
{
    auto const key = std::to_string(7412345678901234567 + n);
    auto const now = storage::instant(kStart + n);
    storage::Inbox(db).keep({"wecom-app/main", key}, now, "");
    auto const household = "H" + std::to_string(n % 500);
    db.run("INSERT INTO settings (community, name, value) VALUES ($1, $2, $3) "
           "ON CONFLICT (community, name) DO UPDATE SET value = excluded.value",
           {"C1", household, "for"});
    auto const ballot = R"({"person":"R0001","household":")" + household + R"(","choice":"for","weight":1})";
    storage::Ledger(db).append({now, governance::CommunityId("C1"), "ballot_cast", governance::RefNo(12 + n % 7),
                                R"({"round":1,"replaced":false,"channel":"wecom-app/main"})", ballot});
}

double measure(storage::Store& store, std::int64_t& number, std::int64_t at_once, double seconds)
{
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t waiting = 0;
    std::int64_t done = 0;
    auto const begin = std::chrono::steady_clock::now();
    auto const elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
    std::unique_lock lock(mutex);
    while (elapsed() < seconds) {
        changed.wait(lock, [&] { return waiting < at_once; });
        while (waiting < at_once) {
            ++waiting;
            lock.unlock();
            store.write([n = ++number](storage::Database& db) { one_unit(db, n); },
                        [&](std::exception_ptr failure) {
                            if (failure)
                                std::rethrow_exception(failure);
                            std::lock_guard const guard(mutex);
                            --waiting;
                            ++done;
                            changed.notify_one();
                        });
            lock.lock();
        }
    }
    changed.wait(lock, [&] { return waiting == 0; });
    return static_cast<double>(done) / elapsed();
}

} // namespace

int main(int argc, char** argv)
{
    std::filesystem::path const folder = argc > 1 ? argv[1] : ".";
    auto const file = folder / ("bench-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + ".db");
    {
        auto const store = storage::open_store({.url = "sqlite:" + file.string()});
        storage::migrate(*store);
        std::int64_t number = 0;
        for (std::int64_t const at_once : {1, 8, 64, 256}) {
            auto const before = store->statistics();
            auto const rate = measure(*store, number, at_once, 3.0);
            auto const after = store->statistics();
            std::printf("waiting at once %4lld: %8.0f units/s, %.1f units a commit\n", static_cast<long long>(at_once), rate,
                        static_cast<double>(after.units - before.units) / static_cast<double>(after.commits - before.commits));
        }
    }
    for (auto const* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + suffix);
}
