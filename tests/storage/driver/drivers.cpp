#include "drivers.hpp"

namespace storage_tests {

std::vector<Driver> drivers()
{
    auto const open_sqlite = [](TempFolder const& folder, storage::StoreOptions options) {
        options.url = "sqlite:" + (folder / "driver.db").string();
        return storage::open_store(options);
    };
    return {{"sqlite", open_sqlite}};
}

void DriverTest::open(storage::StoreOptions options)
{
    store_.reset();
    store_ = GetParam().open(folder_, std::move(options));
    store_->write_now([](storage::Database& db) {
        if (!db.has_table("item"))
            db.script("CREATE TABLE item (community TEXT NOT NULL, id BIGINT NOT NULL, name TEXT, PRIMARY KEY (community, id));");
    });
}

void DriverTest::insert(storage::Database& db, std::int64_t id, std::string_view name)
{
    db.run("INSERT INTO item (community, id, name) VALUES ('c1', $1, $2)", {id, name});
}

} // namespace storage_tests
