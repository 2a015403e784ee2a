#include "faults.hpp"

#include <cerrno>
#include <string>

namespace storage::sqlite {

StoreFault fault_of(int code, int system_errno)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreFault::busy;
    case SQLITE_FULL: return StoreFault::full;
    case SQLITE_IOERR:
        // Quotas and file size limits do not come as SQLITE_FULL.
        return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG ? StoreFault::full : StoreFault::unreachable;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return StoreFault::unreachable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return StoreFault::corrupt;
    case SQLITE_CONSTRAINT: return StoreFault::constraint;
    default: return StoreFault::other;
    }
}

StoreError error_of(sqlite3* handle, int code, std::string_view what)
{
    constexpr std::size_t kShown = 80;
    std::string line = "sqlite: ";
    line += handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    line += " (";
    line += std::to_string(code);
    line += ") in: ";
    line += what.substr(0, kShown);
    return {fault_of(code, handle != nullptr ? sqlite3_system_errno(handle) : 0), line};
}

} // namespace storage::sqlite
