#include "connection.hpp"

#include "dialect.hpp"
#include "faults.hpp"

#include <SQLiteCpp/Exception.h>

#include <cstring>
#include <mutex>
#include <sys/mman.h>

namespace storage::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr std::size_t kKeptLimit = 1024; ///< far above what repositories have; a guard against SQL put together at run time

constexpr int kPageBytes = 4096;
constexpr int kPooledPages = 6144; ///< what the writer may keep; connections beyond it allocate for themselves

/// One piece of memory for the pages that connections keep, taken from the system as it is used, in large pages where there are such. By
/// itself each page would be an allocation of its own, with a system call for every one that the memory of the writer's thread grows by.
void reserve_pages()
{
    int header = 0;
    sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header);
    auto const slot = (kPageBytes + header + 7) / 8 * 8;
    auto const bytes = static_cast<std::size_t>(slot) * kPooledPages;
    void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return;
    ::madvise(memory, bytes, MADV_HUGEPAGE);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, memory, slot, kPooledPages);
}

/// Settings of the library, before its first use: no memory statistics (a lock around every allocation), and the undo copies of
/// a savepoint stay in memory.
void configure_library()
{
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 4 << 20);
        reserve_pages();
    });
}

std::size_t slot_of(std::string_view sql)
{
    auto const address = reinterpret_cast<std::uintptr_t>(sql.data());
    return ((address >> 3U) ^ (address >> 11U) ^ sql.size()) & 0xffU;
}

char const* pragmas(Access access)
{
    return access == Access::read ? "PRAGMA query_only=1; PRAGMA cache_size=-4096; PRAGMA temp_store=MEMORY"
                                  : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA cache_size=-24576; "
                                    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864";
}

} // namespace

Connection::Connection(std::filesystem::path const& file, Access access)
{
    configure_library();
    int flags = SQLITE_OPEN_NOMUTEX | (access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    if (access == Access::create)
        flags |= SQLITE_OPEN_CREATE;
    try {
        database_ = std::make_unique<SQLite::Database>(file.string(), flags, kBusyTimeoutMs);
        session_.handle = database_->getHandle();
        sqlite3_extended_result_codes(session_.handle, 1);
        database_->exec(pragmas(access));
    } catch (SQLite::Exception const& error) {
        throw StoreError(fault_of(error.getErrorCode(), 0), file.string() + ": " + error.what());
    }
}

std::int64_t Connection::run(std::string_view sql, std::initializer_list<Bind> binds)
{
    return free_copy(sql).run(binds);
}

Cursor Connection::query(std::string_view sql, std::initializer_list<Bind> binds)
{
    Statement& statement = free_copy(sql);
    statement.open(binds);
    return Cursor(statement);
}

void Connection::script(std::string_view sql)
{
    auto const text = dialect(sql);
    session_.changed = true;
    int const code = sqlite3_exec(session_.handle, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throw error_of(session_.handle, code, text);
}

bool Connection::has_table(std::string_view name)
{
    return query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", {name}).next();
}

std::vector<std::string> Connection::tables()
{
    std::vector<std::string> names;
    auto rows = query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (rows.next())
        names.push_back(rows.str(0));
    return names;
}

std::string Connection::damage()
{
    auto rows = query("PRAGMA integrity_check(1)");
    if (!rows.next())
        return "integrity_check";
    return rows.text(0) == "ok" ? std::string{} : rows.str(0);
}

void Connection::close_cursors() noexcept
{
    if (session_.open_cursors == 0)
        return;
    for (auto const& [sql, kept] : kept_)
        for (auto const& statement : kept->copies)
            statement->close();
}

Connection::Kept& Connection::find(std::string_view sql)
{
    // The address only says where to look: the text decides, since memory is used again.
    Kept*& slot = by_address_[slot_of(sql)];
    if (slot != nullptr && slot->sql.size() == sql.size() && std::memcmp(slot->sql.data(), sql.data(), sql.size()) == 0)
        return *slot;
    auto found = kept_.find(sql);
    if (found == kept_.end()) {
        if (kept_.size() >= kKeptLimit && session_.open_cursors == 0) {
            by_address_.fill(nullptr);
            kept_.clear();
        }
        auto fresh = std::make_unique<Kept>();
        fresh->sql = sql;
        std::string_view const key = fresh->sql;
        found = kept_.emplace(key, std::move(fresh)).first;
    }
    slot = found->second.get();
    return *slot;
}

Statement& Connection::free_copy(std::string_view sql)
{
    Kept& kept = find(sql);
    for (auto const& statement : kept.copies)
        if (!statement->lent())
            return *statement;
    return *kept.copies.emplace_back(std::make_unique<Statement>(session_, kept.sql));
}

std::filesystem::path file_of(std::string_view url)
{
    constexpr std::string_view kScheme = "sqlite:";
    if (!url.starts_with(kScheme) || url.size() == kScheme.size())
        throw StoreError(StoreFault::unreachable, "storage.url: only sqlite:PATH is understood by this build");
    return {url.substr(kScheme.size())};
}

} // namespace storage::sqlite
