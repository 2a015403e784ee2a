#include "sqlite_store.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace storage::sqlite {
namespace {

/// A callback that throws would leave its caller waiting for ever: better to stop at once.
void answer(Unit& unit) noexcept
{
    unit.work = nullptr; // what it holds is let go before the answer
    unit.done(std::exchange(unit.failure, nullptr));
    unit.done = nullptr;
}

/// Answers what was refused when it came, and leaves the rest.
void answer_refused(std::vector<Unit>& units)
{
    auto const refused = [](Unit& unit) {
        if (unit.work)
            return false;
        answer(unit);
        return true;
    };
    std::erase_if(units, refused);
}

int note_log_length(void* pages, sqlite3* /*handle*/, char const* /*name*/, int length)
{
    *static_cast<int*>(pages) = length;
    return SQLITE_OK;
}

} // namespace

SqliteStore::SqliteStore(StoreOptions const& options, std::function<void()> sync)
    : batch_limit_(std::max<std::size_t>(1, options.batch_limit)), writes_(options.queue_limit), reads_(options.queue_limit)
{
    auto const file = file_of(options.url);
    if (options.create)
        create_private_file(file);
    writer_ = std::make_unique<Connection>(file, Access::write);
    if (options.page_limit > 0)
        writer_->script("PRAGMA max_page_count=" + std::to_string(options.page_limit));
    writer_->has_table("schema_migrations"); // the first read makes the log
    reserve(file.string() + "-wal", static_cast<std::uintmax_t>(std::max<std::int64_t>(0, options.log_bytes)));
    // COMMIT writes to the log and does not wait: the log is synced before anybody is answered.
    writer_->script("PRAGMA synchronous=NORMAL");
    log_ = std::make_unique<LogFile>(file.string() + "-wal");
    sync_to_disk(folder_of(file));
    if (!sync)
        sync = [this] { log_->sync(); };
    disk_ = std::make_unique<LogSync>(std::move(sync), [this] { writes_.wake(); });
    sqlite3_wal_hook(writer_->handle(), note_log_length, &log_pages_);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, options.readers); ++i)
        readers_.push_back(std::make_unique<Connection>(file, Access::read));
    checkpointer_ = std::make_unique<Checkpointer>(file);
    threads_.emplace_back([this] { write_loop(); });
    for (auto const& reader : readers_)
        threads_.emplace_back([this, db = reader.get()] { read_loop(*db); });
}

SqliteStore::~SqliteStore()
{
    close();
}

void SqliteStore::write(Work work, Done done)
{
    writes_.push({std::move(work), std::move(done), nullptr});
}

void SqliteStore::read(Work work, Done done)
{
    reads_.push({std::move(work), std::move(done), nullptr});
}

void SqliteStore::close()
{
    std::lock_guard const lock(close_mutex_);
    writes_.close();
    reads_.close();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
    if (disk_)
        disk_->close();
    checkpointer_.reset();
    readers_.clear();
    writer_.reset(); // the last connection copies the log back and removes it
}

Store::Statistics SqliteStore::statistics() const
{
    std::lock_guard const lock(statistics_mutex_);
    auto statistics = statistics_;
    statistics.syncs = disk_->count();
    statistics.waiting = static_cast<std::int64_t>(writes_.waiting());
    return statistics;
}

void SqliteStore::write_loop()
{
    std::vector<Unit> units;
    while (writes_.take(units, batch_limit_, true)) {
        answer_synced();
        answer_refused(units);
        if (!units.empty())
            run(std::exchange(units, {}));
    }
    disk_->wait();
    answer_synced();
}

void SqliteStore::run(std::vector<Unit> units)
{
    if (auto const lost = disk_->failure()) {
        for (Unit& unit : units)
            unit.failure = lost;
        answer_all(units);
        return;
    }
    // While the disk works on the last batch this one could not be synced anyway, so it grows. Once the disk rests, what is there goes.
    auto const after_each = [this](std::vector<Unit>& batch, bool last) {
        answer_synced();
        if (last && disk_->busy())
            extend(batch);
    };
    bool const committed = run_units(*writer_, units, after_each, [this](std::size_t size) { count_commit(size); });
    bool const failed = std::any_of(units.begin(), units.end(), [](Unit const& unit) { return unit.failure != nullptr; });
    wait_for_disk(std::move(units), committed);
    if (failed) { // whoever decides by an answer what may run next (Intake) has it before the next batch runs
        disk_->wait();
        answer_synced();
    }
    if (committed)
        checkpointer_->committed(*writer_, log_pages_, writes_.waiting() == 0);
}

void SqliteStore::wait_for_disk(std::vector<Unit> units, bool committed)
{
    bool const lone = unanswered_.empty() && units.size() == 1;
    bool const lone_again = std::exchange(lone_, lone) && lone;
    auto ticket = disk_->durable();
    if (committed) // for one unit after the other a change of threads would only cost time
        ticket = lone_again ? disk_->here() : disk_->begin();
    else if (!unanswered_.empty()) // it may have read what is not on the disk yet
        ticket = unanswered_.back().ticket;
    unanswered_.push_back({std::move(units), ticket});
    answer_synced();
}

void SqliteStore::answer_synced()
{
    while (!unanswered_.empty()) {
        auto& run = unanswered_.front();
        if (run.ticket > disk_->durable()) {
            auto const lost = disk_->failure();
            if (!lost)
                return;
            for (Unit& unit : run.units)
                unit.failure = unit.failure ? unit.failure : lost;
        }
        auto units = std::move(run.units);
        unanswered_.pop_front();
        answer_all(units);
    }
}

void SqliteStore::extend(std::vector<Unit>& batch)
{
    auto const taken = batch.size();
    if (taken >= batch_limit_)
        return;
    writes_.take(batch, batch_limit_ - taken, false);
    auto const refused = [](Unit const& unit) { return !unit.work; };
    if (std::any_of(batch.begin() + static_cast<std::ptrdiff_t>(taken), batch.end(), refused))
        answer_refused(batch);
}

void SqliteStore::answer_all(std::vector<Unit>& units)
{
    count_units(units);
    for (Unit& unit : units)
        answer(unit);
}

void SqliteStore::read_loop(Connection& db)
{
    std::vector<Unit> units;
    while (reads_.take(units, 1, true)) {
        answer_refused(units);
        for (Unit& unit : units) {
            run_read(db, unit);
            answer(unit);
        }
        units.clear();
    }
}

void SqliteStore::count_commit(std::size_t units)
{
    std::lock_guard const lock(statistics_mutex_);
    if (units == 0) {
        ++statistics_.unchanged_batches;
        return;
    }
    ++statistics_.commits;
    statistics_.largest_batch = std::max(statistics_.largest_batch, static_cast<std::int64_t>(units));
    auto const size_class = static_cast<std::size_t>(std::bit_width(units - 1));
    ++statistics_.batch_sizes[std::min(size_class, Statistics::kBatchClasses - 1)];
}

void SqliteStore::count_units(std::vector<Unit> const& units)
{
    auto const failed = std::count_if(units.begin(), units.end(), [](Unit const& unit) { return unit.failure != nullptr; });
    std::lock_guard const lock(statistics_mutex_);
    statistics_.failed_units += failed;
    statistics_.units += static_cast<std::int64_t>(units.size()) - failed;
}

} // namespace storage::sqlite
