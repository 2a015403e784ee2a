#include "store_start.hpp"

#include "bot/app.hpp"
#include "bot/log.hpp"
#include "storage/district.hpp"
#include "storage/migrations.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <sstream>

namespace bot {

std::unique_ptr<storage::Store> open_configured_store(Config const& config, bool create)
{
    storage::StoreOptions options;
    options.url = config.storage_url;
    options.create = create;
    return storage::open_store(options);
}

std::string spool_url(Config const& config)
{
    return config.storage_url + ".spool";
}

void migrate_store(storage::Store& store)
{
    for (auto const& step : storage::migrate(store))
        log(Level::info, "migrated", {{"step", step}});
}

std::vector<std::string> import_district_folder(storage::Store& store, std::filesystem::path const& folder,
                                                std::vector<std::string> const& accounts, Config const& config)
{
    std::vector<std::string> problems;
    auto const district = storage::read_district(folder, problems);
    if (!problems.empty())
        return problems;
    auto const machine_now = ProcedureClock::machine_time();
    auto const morning = config.playground ? morning_of(district.as_of, config.zone) : std::nullopt;
    store.write_now([&](storage::Database& db) {
        auto const offset = ProcedureClock::stored(db);
        auto const now = offset ? machine_now + *offset : morning.value_or(machine_now);
        storage::import_district(db, district, accounts, now);
    });
    return problems;
}

std::optional<governance::Instant> morning_of(std::string const& day, std::string const& zone)
{
    std::istringstream in(day);
    date::local_days local;
    in >> date::parse("%F", local);
    if (in.fail())
        return std::nullopt;
    auto const utc = date::locate_zone(zone)->to_sys(local + std::chrono::hours(9), date::choose::earliest);
    return std::chrono::time_point_cast<std::chrono::microseconds>(utc);
}

std::optional<governance::Instant> district_morning(storage::Database& db, std::string const& zone)
{
    return morning_of(storage::district_file(db, "as_of"), zone);
}

void begin_clock(ProcedureClock& clock, storage::Store& store, Config const& config)
{
    auto moved = false;
    store.write_now([&](storage::Database& db) {
        auto const offset = ProcedureClock::stored(db);
        moved = offset && offset->count() != 0;
        if (moved && !config.playground)
            return;
        auto const morning = config.playground ? district_morning(db, config.zone) : std::nullopt;
        if (morning)
            clock.begin_at(db, *morning);
        else
            clock.begin(db);
    });
    if (moved && !config.playground)
        throw StartError("the procedure clock of this store was moved in the playground; serve it with [playground] enabled = true, or use "
                         "another store");
}

} // namespace bot
