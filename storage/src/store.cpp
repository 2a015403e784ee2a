#include "storage/store.hpp"

#include "sqlite/sqlite_store.hpp"

#include <future>
#include <utility>

namespace storage {
namespace {

Store::Done fulfil(std::shared_ptr<std::promise<void>> const& promise)
{
    return [promise](std::exception_ptr failure) {
        if (failure)
            promise->set_exception(std::move(failure));
        else
            promise->set_value();
    };
}

} // namespace

void Store::write_now(Work work)
{
    auto promise = std::make_shared<std::promise<void>>();
    auto finished = promise->get_future();
    write(std::move(work), fulfil(promise));
    finished.get();
}

void Store::read_now(Work work)
{
    auto promise = std::make_shared<std::promise<void>>();
    auto finished = promise->get_future();
    read(std::move(work), fulfil(promise));
    finished.get();
}

std::unique_ptr<Store> open_store(StoreOptions const& options)
{
    if (options.url.starts_with("postgresql:") || options.url.starts_with("postgres:"))
        throw StoreError(StoreFault::unreachable, "storage.url: this build has no PostgreSQL driver");
    return std::make_unique<sqlite::SqliteStore>(options);
}

} // namespace storage
