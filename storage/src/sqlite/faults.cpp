#include "faults.hpp"

#include <cerrno>
#include <string>

namespace storage::sqlite {
namespace {

bool means_full(int system_errno)
{
    return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

/// Why writing the log or the database failed. The errno that SQLite keeps with a connection may be of a later call.
int write_errno(sqlite3* handle)
{
    int code = 0;
    sqlite3_file* log = nullptr;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log)) == SQLITE_OK && log != nullptr &&
        log->pMethods != nullptr)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &code);
    if (!means_full(code))
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &code);
    return means_full(code) ? code : sqlite3_system_errno(handle);
}

} // namespace

StoreFault fault_of(int code, int system_errno)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreFault::busy;
    case SQLITE_FULL: return StoreFault::full;
    case SQLITE_IOERR:
        // Quotas and file size limits do not come as SQLITE_FULL.
        return means_full(system_errno) ? StoreFault::full : StoreFault::unreachable;
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
    bool const failed_io = handle != nullptr && (code & 0xff) == SQLITE_IOERR;
    return {fault_of(code, failed_io ? write_errno(handle) : 0), line};
}

} // namespace storage::sqlite
