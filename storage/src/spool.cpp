#include "storage/spool.hpp"

#include "digest.hpp"
#include "storage/time.hpp"

#include <utility>

namespace storage {
namespace {

/// The table of the spool's own file. It is no part of the books' schema, and short-lived: its version is in its name.
constexpr std::string_view kTable = "CREATE TABLE IF NOT EXISTS spool_1 (place BIGINT PRIMARY KEY, channel TEXT NOT NULL, method TEXT NOT "
                                    "NULL, query TEXT NOT NULL, content_type TEXT NOT NULL, body TEXT NOT NULL, received_at BIGINT NOT "
                                    "NULL, set_aside TEXT NOT NULL)";

StoreOptions options_of(std::string const& url)
{
    StoreOptions options;
    options.url = url;
    options.readers = 1;
    options.log_bytes = 0;
    return options;
}

std::string hex(std::string_view bytes)
{
    return to_hex(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

SpooledCallback read(Cursor const& row)
{
    SpooledCallback callback;
    callback.order = row.integer(0);
    callback.channel = row.str(1);
    callback.method = row.str(2);
    callback.query = from_hex(row.text(3));
    callback.content_type = from_hex(row.text(4));
    callback.body = from_hex(row.text(5));
    callback.received_at = instant(row.integer(6));
    return callback;
}

/// A change that may fail: what is not forgotten is given out once more at the next start, and is then a repeat.
void change(Store& store, Store::Work work)
{
    try {
        store.write(std::move(work), [](std::exception_ptr const&) {});
    } catch (StoreError const&) { // NOLINT(bugprone-empty-catch): closed; the next start does it
    }
}

} // namespace

Spool::Spool(std::string const& url, SpoolLimits limits) : limits_(limits), store_(open_store(options_of(url)))
{
    store_->write_now([](Database& db) { db.script(kTable); });
    store_->read_now([this](Database& db) {
        sizes_.clear();
        auto rows = db.query("SELECT place, (LENGTH(query) + LENGTH(content_type) + LENGTH(body)) / 2 FROM spool_1 WHERE set_aside = ''");
        while (rows.next())
            sizes_.emplace(rows.integer(0), static_cast<std::size_t>(rows.integer(1)));
    });
    for (auto const& [order, size] : sizes_)
        bytes_ += size;
}

void Spool::put(SpooledCallback const& callback, Store::Done done)
{
    auto const size = callback.query.size() + callback.content_type.size() + callback.body.size();
    {
        std::lock_guard const lock(mutex_);
        if (full_now() || bytes_ + size > limits_.bytes)
            throw StoreError(StoreFault::full, "the spool is full");
        if (sizes_.emplace(callback.order, size).second)
            bytes_ += size;
    }
    auto work = [callback](Database& db) {
        auto const query = hex(callback.query);
        auto const content_type = hex(callback.content_type);
        auto const body = hex(callback.body);
        db.run("INSERT INTO spool_1 (place, channel, method, query, content_type, body, received_at, set_aside) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, '') ON CONFLICT (place) DO NOTHING",
               {callback.order, callback.channel, callback.method, query, content_type, body, micros(callback.received_at)});
    };
    auto ended = [this, order = callback.order, done = std::move(done)](std::exception_ptr const& failure) {
        if (failure)
            remove(order);
        done(failure);
    };
    try {
        store_->write(std::move(work), std::move(ended));
    } catch (StoreError const&) {
        remove(callback.order);
        throw;
    }
}

void Spool::forget(std::int64_t order)
{
    remove(order);
    change(*store_, [order](Database& db) { db.run("DELETE FROM spool_1 WHERE place = $1", {order}); });
}

void Spool::set_aside(std::int64_t order, std::string const& why)
{
    remove(order);
    change(*store_, [order, why](Database& db) { db.run("UPDATE spool_1 SET set_aside = $2 WHERE place = $1", {order, why}); });
}

std::vector<SpooledCallback> Spool::waiting(std::int64_t after, std::int64_t limit)
{
    std::vector<SpooledCallback> found;
    store_->read_now([&](Database& db) {
        found.clear();
        auto rows = db.query("SELECT place, channel, method, query, content_type, body, received_at FROM spool_1 WHERE set_aside = '' "
                             "AND place > $1 ORDER BY place LIMIT $2",
                             {after, limit});
        while (rows.next())
            found.push_back(read(rows));
    });
    return found;
}

std::size_t Spool::size() const
{
    std::lock_guard const lock(mutex_);
    return sizes_.size();
}

bool Spool::full() const
{
    std::lock_guard const lock(mutex_);
    return full_now();
}

bool Spool::full_now() const
{
    return sizes_.size() >= limits_.callbacks || bytes_ >= limits_.bytes;
}

void Spool::remove(std::int64_t order)
{
    std::lock_guard const lock(mutex_);
    auto const found = sizes_.find(order);
    if (found == sizes_.end())
        return;
    bytes_ -= found->second;
    sizes_.erase(found);
}

std::int64_t Spool::number(std::string_view sql)
{
    std::int64_t found = 0;
    store_->read_now([&](Database& db) {
        auto rows = db.query(sql);
        found = rows.next() ? rows.integer(0) : 0;
    });
    return found;
}

std::int64_t Spool::set_aside_count()
{
    return number("SELECT COUNT(*) FROM spool_1 WHERE set_aside <> ''");
}

std::int64_t Spool::last_order()
{
    return number("SELECT MAX(place) FROM spool_1");
}

} // namespace storage
