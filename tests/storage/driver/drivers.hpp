#pragma once

#include "storage/support.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace storage_tests {

/// A driver that the conformance suite runs on. Another driver adds itself in drivers.cpp and nothing else.
struct Driver {
    std::string name;
    /// An empty store; the folder is the test's. `options.url` is filled in.
    std::function<std::unique_ptr<storage::Store>(TempFolder const& folder, storage::StoreOptions options)> open;
};

std::vector<Driver> drivers();

/// What conformance tests start from: an empty store with one table, `item (community, id, name)`.
class DriverTest : public testing::TestWithParam<Driver> {
protected:
    void open(storage::StoreOptions options = {});
    /// Inserts a row; fails when the id is there.
    static void insert(storage::Database& db, std::int64_t id, std::string_view name = "x");
    std::int64_t items() { return number(*store_, "SELECT COUNT(*) FROM item"); }

    TempFolder folder_;
    std::unique_ptr<storage::Store> store_;
};

#define YIQI_FOR_EVERY_DRIVER(suite)                                                                                                       \
    INSTANTIATE_TEST_SUITE_P(Drivers, suite, testing::ValuesIn(::storage_tests::drivers()), [](auto const& tc) { return tc.param.name; })

} // namespace storage_tests
