#include "storage/backup.hpp"

#include "storage/settings.hpp"
#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace storage_tests {
namespace {

namespace fs = std::filesystem;
using governance::CommunityId;
using storage::Database;
using storage::StoreFault;

void fill(storage::Store& store, int entries)
{
    store.write_now([=](Database& db) {
        for (int n = 1; n <= entries; ++n) {
            auto const ref_no = storage::Numbers(db).next(CommunityId("C1"), storage::kRefNoSeries);
            storage::Ledger(db).append(
                {storage::instant(n), CommunityId("C1"), "proposal_registered", governance::RefNo(ref_no), "{}", "{\"person\":\"R1\"}"});
        }
    });
}

std::string content(fs::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_content(fs::path const& file, std::string const& bytes)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class BackupTest : public testing::Test {
protected:
    void SetUp() override
    {
        fill(*books_, 5);
        made_ = storage::backup(books_.url(), file(), "0.1.0");
    }
    fs::path file() const { return folder_ / "b.tar"; }
    std::string target() const { return "sqlite:" + (folder_ / "new/yiqi.db").string(); }
    std::size_t files_in_folder() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), {})); }
    std::optional<StoreFault> restored()
    {
        return fault_of([&] { storage::restore(file(), target()); });
    }

    TempFolder folder_;
    Books books_;
    storage::BackupManifest made_;
};

TEST_F(BackupTest, RoundTrip)
{
    EXPECT_EQ(made_.ledger.size, 5);
    EXPECT_EQ(made_.rows.at("ledger"), 5);
    EXPECT_EQ(made_.schema_version, storage::program_schema_version());
    EXPECT_EQ(files_in_folder(), 1U) << "nothing half done is left";
    fill(*books_, 2); // after the backup

    auto const report = storage::verify_backup(file());
    EXPECT_TRUE(report.books.ok());
    EXPECT_EQ(report.manifest.program, "0.1.0");
    EXPECT_EQ(report.manifest.ledger, made_.ledger);

    storage::restore(file(), target());
    auto const store = storage::open_store({.url = target(), .log_bytes = 0});
    store->read_now([&](Database& db) {
        EXPECT_EQ(storage::Ledger(db).head(), made_.ledger);
        EXPECT_EQ(storage::Ledger(db).private_payload(3), "{\"person\":\"R1\"}");
        EXPECT_TRUE(storage::verify_books(db).ok());
        storage::require_schema(db);
    });
    fill(*store, 1);
}

TEST_F(BackupTest, IsTakenWhileTheStoreIsBusy)
{
    std::vector<std::future<void>> units;
    for (int n = 0; n < 200; ++n)
        units.push_back(queue(*books_, [](Database& db) {
            storage::Ledger(db).append({storage::instant(1), CommunityId("C1"), "k", governance::RefNo(0), "{}", ""});
        }));
    auto const second = folder_ / "second.tar";
    storage::backup(books_.url(), second, "0.1.0");
    for (auto& unit : units)
        unit.get();
    EXPECT_TRUE(storage::verify_backup(second).books.ok());
}

TEST_F(BackupTest, NeverOverwrites)
{
    auto const before = content(file());
    EXPECT_EQ(fault_of([&] { storage::backup(books_.url(), file(), "0.1.0"); }), StoreFault::constraint);
    EXPECT_EQ(content(file()), before);
    EXPECT_TRUE(fault_of([&] { storage::backup("sqlite:" + (folder_ / "none.db").string(), folder_ / "x.tar", "0.1.0"); }).has_value());
    EXPECT_FALSE(fs::exists(folder_ / "x.tar"));
}

TEST_F(BackupTest, IsReadByTarAndSha256sum)
{
    auto const command = "cd " + folder_.path().string() + " && tar xf b.tar && sha256sum --status -c SHA256SUMS && test -s manifest.json";
    EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST_F(BackupTest, AnyDamageIsFound)
{
    auto const good = content(file());
    ASSERT_GT(good.size(), 20'000U);
    std::vector<std::size_t> places{0, 130, 600, 700, good.size() - 2000};
    for (std::size_t at = 1500; at + 2048 < good.size(); at += good.size() / 20)
        places.push_back(at);
    for (auto const at : places) {
        SCOPED_TRACE(testing::Message() << "byte " << at);
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        if (bad[at] == good[at])
            continue;
        write_content(file(), bad);
        EXPECT_TRUE(fault_of([&] { storage::verify_backup(file()); }).has_value());
        EXPECT_TRUE(restored().has_value());
        EXPECT_FALSE(fs::exists(folder_ / "new/yiqi.db"));
    }
    for (auto const length : {std::size_t{0}, std::size_t{100}, std::size_t{512}, good.size() / 2, good.size() - 1500}) {
        SCOPED_TRACE(testing::Message() << "cut to " << length);
        write_content(file(), good.substr(0, length));
        EXPECT_EQ(fault_of([&] { storage::verify_backup(file()); }), StoreFault::corrupt);
        EXPECT_EQ(restored(), StoreFault::corrupt);
    }
    EXPECT_TRUE(fs::is_empty(folder_ / "new"));
}

TEST_F(BackupTest, FalsifiedBooksAreNamedThoughTheSumsAreRight)
{
    books_->write_now([](Database& db) { db.script("UPDATE ledger SET payload = '[]' WHERE seq = 3"); });
    try {
        storage::backup(books_.url(), folder_ / "false.tar", "0.1.0");
        FAIL() << "a backup of bad books was called good";
    } catch (storage::StoreError const& error) {
        EXPECT_EQ(error.fault(), StoreFault::corrupt);
        EXPECT_NE(std::string(error.what()).find("第 3 条"), std::string::npos) << error.what();
    }
    EXPECT_EQ(files_in_folder(), 1U);
}

TEST_F(BackupTest, RestoresOnlyIntoAnEmptyStoreThatNobodyUses)
{
    EXPECT_EQ(fault_of([&] { storage::restore(file(), books_.url()); }), StoreFault::constraint) << "it holds data";

    Books empty;
    EXPECT_EQ(fault_of([&] { storage::restore(file(), empty.url()); }), StoreFault::busy) << "it is open";
    empty.close();
    storage::restore(file(), empty.url());
    empty.reopen();
    EXPECT_EQ(number(*empty, "SELECT COUNT(*) FROM ledger"), 5);

    fs::create_directories(folder_ / "new");
    write_content(folder_ / "new/yiqi.db-wal", "somebody's");
    EXPECT_EQ(restored(), StoreFault::constraint) << "a log without its database";
}

TEST_F(BackupTest, RefusesANewerSchema)
{
    books_->write_now([](Database& db) {
        db.run("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, 'future', '', 0)",
               {storage::program_schema_version() + 1});
    });
    EXPECT_EQ(fault_of([&] { storage::backup(books_.url(), folder_ / "newer.tar", "9.0.0"); }), StoreFault::schema);
}

TEST(VerifyBooks, ReportsTheLedgerAndEveryDerivedTotal)
{
    Books books;
    fill(*books, 3);
    auto const report = [&](std::vector<storage::DerivedCheck> const& checks) {
        storage::BooksReport found;
        books->read_now([&](Database& db) { found = storage::verify_books(db, checks); });
        return found;
    };
    EXPECT_TRUE(report(storage::derived_checks()).ok());
    auto const difference = [](Database&) -> std::optional<std::string> { return "H1 差 1 分"; };
    auto const broken = [](Database& db) -> std::optional<std::string> { return db.run("SELECT 1 FROM nowhere"), std::nullopt; };
    auto const faults = report({{"积分", difference}, {"坏的", broken}}).faults;
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0], "积分：H1 差 1 分");

    books->write_now([](Database& db) { db.script("UPDATE numbers SET last = 2; UPDATE ledger SET at = 0 WHERE seq = 2"); });
    auto const both = report(storage::derived_checks());
    ASSERT_EQ(both.faults.size(), 2U);
    EXPECT_EQ(both.ledger.bad_seq, 2);
    EXPECT_EQ(both.faults[1], "编号：C1 的编号只发到 2，账本里已有 3");
}

} // namespace
} // namespace storage_tests
