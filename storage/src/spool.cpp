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

Spool::Spool(std::string const& url) : store_(open_store(options_of(url)))
{
    store_->write_now([](Database& db) { db.script(kTable); });
    size_ = waiting().size();
}

void Spool::put(SpooledCallback const& callback, Store::Done done)
{
    size_.fetch_add(1);
    auto work = [callback](Database& db) {
        auto const query = hex(callback.query);
        auto const content_type = hex(callback.content_type);
        auto const body = hex(callback.body);
        db.run("INSERT INTO spool_1 (place, channel, method, query, content_type, body, received_at, set_aside) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, '') ON CONFLICT (place) DO NOTHING",
               {callback.order, callback.channel, callback.method, query, content_type, body, micros(callback.received_at)});
    };
    auto ended = [this, done = std::move(done)](std::exception_ptr const& failure) {
        if (failure)
            size_.fetch_sub(1);
        done(failure);
    };
    store_->write(std::move(work), std::move(ended));
}

void Spool::forget(std::int64_t order)
{
    size_.fetch_sub(1);
    change(*store_, [order](Database& db) { db.run("DELETE FROM spool_1 WHERE place = $1", {order}); });
}

void Spool::set_aside(std::int64_t order, std::string const& why)
{
    size_.fetch_sub(1);
    change(*store_, [order, why](Database& db) { db.run("UPDATE spool_1 SET set_aside = $2 WHERE place = $1", {order, why}); });
}

std::vector<SpooledCallback> Spool::waiting()
{
    std::vector<SpooledCallback> found;
    store_->read_now([&](Database& db) {
        found.clear();
        auto rows = db.query("SELECT place, channel, method, query, content_type, body, received_at FROM spool_1 WHERE set_aside = '' "
                             "ORDER BY place");
        while (rows.next())
            found.push_back(read(rows));
    });
    return found;
}

std::int64_t Spool::set_aside_count()
{
    std::int64_t count = 0;
    store_->read_now([&](Database& db) {
        auto rows = db.query("SELECT COUNT(*) FROM spool_1 WHERE set_aside <> ''");
        count = rows.next() ? rows.integer(0) : 0;
    });
    return count;
}

std::int64_t Spool::last_order()
{
    std::int64_t last = 0;
    store_->read_now([&](Database& db) {
        auto rows = db.query("SELECT MAX(place) FROM spool_1");
        last = rows.next() ? rows.integer(0) : 0;
    });
    return last;
}

} // namespace storage
