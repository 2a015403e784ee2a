#pragma once

#include "storage/migrations.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

namespace storage_tests {

/// A folder of its own that goes with the test.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(TempFolder const&) = delete;
    TempFolder& operator=(TempFolder const&) = delete;
    [[nodiscard]] std::filesystem::path path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(char const* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// A store with the program's schema on a temporary file; options but the URL may be given.
class Books {
public:
    explicit Books(storage::StoreOptions options = {});
    storage::Store* operator->() { return store_.get(); }
    storage::Store& operator*() { return *store_; }
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "yiqi.db"; }
    void reopen();
    void close() { store_.reset(); }

private:
    TempFolder folder_;
    storage::StoreOptions options_;
    std::unique_ptr<storage::Store> store_;
};

/// The fault that `action` throws; null when it throws nothing.
std::optional<storage::StoreFault> fault_of(std::function<void()> const& action);

/// First column of the first row, as an integer.
std::int64_t number(storage::Database& db, std::string_view sql);
std::int64_t number(storage::Store& store, std::string_view sql);

/// Queues a unit of work and tells its outcome later.
std::future<void> queue(storage::Store& store, storage::Store::Work work);

/// Holds the writer inside a unit of work until release().
class HeldWriter {
public:
    explicit HeldWriter(storage::Store& store);
    ~HeldWriter();
    HeldWriter(HeldWriter const&) = delete;
    HeldWriter& operator=(HeldWriter const&) = delete;
    void release();

private:
    std::promise<void> gate_;
    std::future<void> done_;
    bool released_ = false;
};

} // namespace storage_tests
