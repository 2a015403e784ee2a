#include "storage/backup.hpp"

#include "../files.hpp"
#include "../sqlite/connection.hpp"
#include "archive.hpp"
#include "storage/migrations.hpp"
#include "storage/time.hpp"

#include <chrono>

namespace storage {
namespace {

namespace fs = std::filesystem;

/// A file that goes when the work ends, unless it was renamed by then.
class Scratch {
public:
    explicit Scratch(fs::path path) : path_(std::move(path)) { remove(); }
    ~Scratch() { remove(); }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;
    [[nodiscard]] fs::path const& path() const { return path_; }

private:
    void remove() noexcept
    {
        std::error_code ignored;
        for (auto const* suffix : {"", "-journal", "-wal", "-shm"})
            fs::remove(path_.string() + suffix, ignored);
    }
    fs::path path_;
};

/// Opens an extracted store and compares it with its manifest.
BackupReport check_store(fs::path const& file, BackupManifest const& manifest)
{
    if (manifest.schema_version > program_schema_version())
        throw StoreError(StoreFault::schema, "备份的结构版本是 " + std::to_string(manifest.schema_version) + "，比本程序的 " +
                                                 std::to_string(program_schema_version()) + " 新，请改用更新的程序");
    sqlite::Connection db(file, sqlite::Access::read);
    BackupReport report{manifest, {}};
    // Totals are compared by the program that knows their tables; an older backup is checked in full after `yiqi migrate`.
    bool const current = manifest.schema_version == program_schema_version();
    report.books = verify_books(db, current ? derived_checks() : std::vector<DerivedCheck>{});
    if (schema_version(db) != manifest.schema_version || count_rows(db) != manifest.rows)
        report.books.faults.emplace_back("备份里的行数或结构版本与清单不符");
    if (report.books.ledger.ok() && report.books.ledger.head != manifest.ledger)
        report.books.faults.emplace_back("备份里的账本头与清单不符");
    return report;
}

void require_good(BackupReport const& report)
{
    if (!report.books.ok())
        throw StoreError(StoreFault::corrupt, report.books.faults.front());
}

/// Refuses a target that holds anything but the schema, or that somebody has open. Afterwards no log is beside it.
void require_empty(fs::path const& target)
{
    if (!fs::exists(target)) {
        if (fs::exists(target.string() + "-wal"))
            throw StoreError(StoreFault::constraint, target.string() + "-wal 是另一个数据库留下的，请先移走");
        return;
    }
    if (fs::file_size(target) > 0) {
        sqlite::Connection db(target, sqlite::Access::write);
        for (auto const& [table, rows] : count_rows(db))
            if (rows > 0 && table != "schema_migrations" && table != "ledger_head")
                throw StoreError(StoreFault::constraint, target.string() + " 里已有数据，只能恢复到空库：请换一个路径，或先移走它");
        try {
            db.script("PRAGMA journal_mode=DELETE"); // fails while there is any other connection
        } catch (StoreError const& error) {
            throw StoreError(error.fault(), target.string() + " 正在使用中，请先停止服务");
        }
    }
}

} // namespace

BackupManifest backup(std::string const& url, fs::path const& file, std::string const& program)
{
    auto const source = sqlite::file_of(url);
    if (fs::exists(file))
        throw StoreError(StoreFault::constraint, file.string() + " 已经存在，请换一个文件名");
    Scratch const copy(file.string() + ".copy");
    Scratch const archive(file.string() + ".partial");
    {
        create_private_file(copy.path());
        sqlite::Connection db(source, sqlite::Access::read);
        db.script("PRAGMA query_only=0"); // which forbids VACUUM INTO too; the file itself stays open for reading only
        db.run("VACUUM INTO $1", {copy.path().string()});
    }
    BackupManifest manifest;
    {
        sqlite::Connection db(copy.path(), sqlite::Access::read);
        manifest.program = program;
        if (!db.has_table("ledger_head"))
            throw StoreError(StoreFault::schema, source.string() + " 里没有账本，请先运行 yiqi migrate");
        manifest.schema_version = schema_version(db);
        manifest.created_at = micros(std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()));
        manifest.rows = count_rows(db);
        manifest.ledger = Ledger(db).head();
    }
    manifest.size_bytes = fs::file_size(copy.path());
    manifest.sha256 = sha256_of_file(copy.path());
    write_archive(archive.path(), manifest, copy.path());
    require_good(verify_backup(archive.path()));
    fs::rename(archive.path(), file);
    sync_to_disk(folder_of(file));
    return manifest;
}

BackupReport verify_backup(fs::path const& file)
{
    Scratch const extracted(file.string() + ".check");
    create_private_file(extracted.path());
    return check_store(extracted.path(), read_archive(file, extracted.path()));
}

BackupManifest restore(fs::path const& file, std::string const& url)
{
    auto const target = sqlite::file_of(url);
    require_empty(target);
    Scratch const extracted(target.string() + ".restoring");
    create_private_file(extracted.path());
    auto manifest = read_archive(file, extracted.path());
    require_good(check_store(extracted.path(), manifest));
    fs::rename(extracted.path(), target);
    sync_to_disk(folder_of(target));
    return manifest;
}

} // namespace storage
