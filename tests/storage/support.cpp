#include "support.hpp"

#include <cstdlib>
#include <unistd.h>

namespace storage_tests {

using storage::Database;
using storage::Store;
using storage::StoreError;

TempFolder::TempFolder()
{
    // Memory where there is such a folder: hundreds of small commits, and nothing here depends on a real disk.
    std::filesystem::path const memory = "/dev/shm";
    auto const parent = access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    auto pattern = (parent / "yiqi-storage-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("mkdtemp " + pattern);
    path_ = pattern;
}

TempFolder::~TempFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Books::Books(storage::StoreOptions options) : options_(std::move(options))
{
    options_.url = url();
    options_.log_bytes = 0; // many stores are opened here, and none is measured
    reopen();
    storage::migrate(*store_);
}

std::string Books::url() const
{
    return "sqlite:" + file().string();
}

void Books::reopen()
{
    store_.reset();
    store_ = storage::open_store(options_);
}

std::optional<storage::StoreFault> fault_of(std::function<void()> const& action)
{
    try {
        action();
        return std::nullopt;
    } catch (StoreError const& error) {
        return error.fault();
    }
}

std::int64_t number(Database& db, std::string_view sql)
{
    auto rows = db.query(sql);
    if (!rows.next())
        throw std::runtime_error("no row: " + std::string(sql));
    return rows.integer(0);
}

std::int64_t number(Store& store, std::string_view sql)
{
    std::int64_t value = 0;
    store.read_now([&](Database& db) { value = number(db, sql); });
    return value;
}

std::future<void> queue(Store& store, Store::Work work)
{
    auto promise = std::make_shared<std::promise<void>>();
    auto future = promise->get_future();
    store.write(std::move(work), [promise](std::exception_ptr failure) {
        if (failure)
            promise->set_exception(std::move(failure));
        else
            promise->set_value();
    });
    return future;
}

HeldWriter::HeldWriter(Store& store)
{
    auto entered = std::make_shared<std::promise<void>>();
    auto inside = entered->get_future();
    auto gate = std::make_shared<std::shared_future<void>>(gate_.get_future().share());
    auto first = std::make_shared<bool>(true);
    done_ = queue(store, [entered, gate, first](Database&) {
        if (std::exchange(*first, false)) // the unit may run again when its batch is lost
            entered->set_value();
        gate->wait();
    });
    inside.wait();
}

HeldWriter::~HeldWriter()
{
    release();
}

void HeldWriter::release()
{
    if (released_)
        return;
    released_ = true;
    gate_.set_value();
    done_.wait();
}

} // namespace storage_tests
