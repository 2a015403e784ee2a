#pragma once

#include "storage/store.hpp"

#include <sqlite3.h>

#include <string_view>

namespace storage::sqlite {

/// What an SQLite result code means to the callers of a store. `system_errno` tells a full disk apart from a broken one.
StoreFault fault_of(int code, int system_errno);

/// The last error of a connection as a StoreError. `what` is the SQL or the step that failed; it holds no values.
StoreError error_of(sqlite3* handle, int code, std::string_view what);

} // namespace storage::sqlite
