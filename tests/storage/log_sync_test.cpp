#include "sqlite/log_sync.hpp"

#include "sqlite/sqlite_store.hpp"
#include "storage/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

namespace storage_tests {
namespace {

using storage::Database;
using storage::StoreFault;
using storage::sqlite::LogSync;
using storage::sqlite::SqliteStore;
using testing::ElementsAre;
using testing::IsEmpty;

/// A disk whose every sync begins when it is asked for and ends when the test lets it.
class Disk {
public:
    void sync()
    {
        begun_.release();
        let_.acquire();
        if (broken_)
            throw storage::StoreError(StoreFault::unreachable, "disk");
    }
    void wait_until_asked() { begun_.acquire(); }
    bool asked() { return begun_.try_acquire(); }
    void let(std::ptrdiff_t syncs = 1) { let_.release(syncs); }
    void break_down() { broken_ = true; }

private:
    std::counting_semaphore<> begun_{0};
    std::counting_semaphore<> let_{0};
    std::atomic<bool> broken_ = false;
};

class Syncing : public testing::Test {
protected:
    Disk disk;
    std::counting_semaphore<> ended{0};
    LogSync log{[this] { disk.sync(); }, [this] { ended.release(); }};
};

TEST_F(Syncing, ATicketIsDurableWhenItsSyncHasEnded)
{
    auto const ticket = log.begin();
    disk.wait_until_asked();
    EXPECT_LT(log.durable(), ticket);
    EXPECT_TRUE(log.busy());
    disk.let();
    ended.acquire();
    EXPECT_EQ(log.durable(), ticket);
    EXPECT_FALSE(log.busy());
}

TEST_F(Syncing, ASyncUnderWayCoversNothingThatCameLater)
{
    auto const first = log.begin();
    disk.wait_until_asked();
    log.begin();
    auto const last = log.begin();
    disk.let();
    ended.acquire();
    EXPECT_EQ(log.durable(), first);
    disk.wait_until_asked(); // one for both
    disk.let();
    ended.acquire();
    EXPECT_EQ(log.durable(), last);
    EXPECT_EQ(log.count(), 2);
}

TEST_F(Syncing, MaySyncOnTheSpot)
{
    disk.let();
    auto const ticket = log.here();
    EXPECT_EQ(log.durable(), ticket);
    EXPECT_EQ(log.count(), 1);
    EXPECT_FALSE(log.busy());
}

TEST_F(Syncing, AFailureIsForGood)
{
    disk.break_down();
    auto const ticket = log.begin();
    disk.let();
    log.wait();
    EXPECT_LT(log.durable(), ticket);
    EXPECT_NE(log.failure(), nullptr);
    auto const later = log.begin();
    log.wait();
    EXPECT_LT(log.durable(), later) << "a later sync says nothing about what was lost";
    EXPECT_EQ(log.count(), 0);
}

TEST_F(Syncing, ClosingSyncsWhatIsWanted)
{
    auto const ticket = log.begin();
    std::thread closing([this] { log.close(); });
    disk.let();
    closing.join();
    EXPECT_EQ(log.durable(), ticket);
}

/// A real store on a disk that the test holds. What was answered is noted by name, with "!" when it failed.
class StoreOnDisk : public testing::Test {
protected:
    StoreOnDisk()
    {
        storage::StoreOptions options;
        options.url = "sqlite:" + (folder / "held.db").string();
        options.log_bytes = 0;
        options.batch_limit = 4;
        store = std::make_unique<SqliteStore>(options, [this] { disk.sync(); });
        disk.let();
        store->write_now([](Database& db) { db.script("CREATE TABLE item (id BIGINT PRIMARY KEY)"); });
        disk.wait_until_asked();
    }
    ~StoreOnDisk() override
    {
        disk.let(100);
        store.reset();
    }
    void write(std::string const& name, storage::Store::Work work)
    {
        store->write(std::move(work), [this, name](std::exception_ptr const& failure) {
            {
                std::lock_guard const lock(mutex);
                names.push_back(failure ? name + "!" : name);
            }
            answered.release();
        });
    }
    void insert(std::int64_t id)
    {
        write(std::to_string(id), [id](Database& db) { db.run("INSERT INTO item (id) VALUES ($1)", {id}); });
    }
    void look(std::string const& name)
    {
        write(name, [](Database& db) { number(db, "SELECT COUNT(*) FROM item"); });
    }
    /// Two units in one batch: the disk is asked, and the writer goes on.
    void insert_together(std::int64_t first, std::int64_t second)
    {
        {
            HeldWriter const held(*store);
            insert(first);
            insert(second);
        }
        disk.wait_until_asked();
    }
    /// Waits until so many more are answered.
    void wait_for(int units)
    {
        for (int i = 0; i < units; ++i)
            answered.acquire();
    }
    std::vector<std::string> said()
    {
        std::lock_guard const lock(mutex);
        return names;
    }
    /// Returns when the writer has run what was queued, whatever the disk does: a reader sees it.
    void wait_until_run(std::int64_t rows)
    {
        while (number(*store, "SELECT COUNT(*) FROM item") < rows)
            std::this_thread::yield();
    }

    TempFolder folder;
    Disk disk;
    std::counting_semaphore<> answered{0};
    std::mutex mutex;
    std::vector<std::string> names;
    std::unique_ptr<SqliteStore> store;
};

TEST_F(StoreOnDisk, NobodyIsAnsweredBeforeTheDisk)
{
    insert(1);
    disk.wait_until_asked();
    wait_until_run(1);
    EXPECT_THAT(said(), IsEmpty());
    disk.let();
    wait_for(1);
    EXPECT_THAT(said(), ElementsAre("1"));
}

TEST_F(StoreOnDisk, TheWriterGoesOnWhileTheDiskWorks)
{
    insert_together(1, 2);
    for (int id = 3; id <= 10; ++id)
        insert(id);
    wait_until_run(10); // in batches of four at most: all are committed, and the disk has not moved
    EXPECT_THAT(said(), IsEmpty());
    disk.let();
    wait_for(2);
    disk.wait_until_asked();
    EXPECT_THAT(said(), ElementsAre("1", "2"));
    disk.let();
    wait_for(8);
    EXPECT_THAT(said(), ElementsAre("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
    EXPECT_EQ(store->statistics().syncs, 1 + 2) << "one made the table, one was under way, one covered the rest";
}

/// A repeated callback changes nothing, and its stored reply may be of a commit that is not on the disk yet.
TEST_F(StoreOnDisk, WhatChangedNothingIsNotAnsweredBeforeWhatItMayHaveRead)
{
    insert_together(1, 2);
    look("repeat");
    insert(3);
    wait_until_run(3);
    EXPECT_THAT(said(), IsEmpty());
    disk.let(100);
    wait_for(4);
    EXPECT_THAT(said(), ElementsAre("1", "2", "repeat", "3"));
}

TEST_F(StoreOnDisk, WhatChangedNothingIsAnsweredAtOnceWhenAllBeforeItIs)
{
    look("a");
    wait_for(1);
    EXPECT_FALSE(disk.asked());
    EXPECT_THAT(said(), ElementsAre("a"));
}

TEST_F(StoreOnDisk, AfterAFailedSyncNothingIsAcknowledged)
{
    disk.break_down();
    insert_together(1, 2);
    insert(3);
    wait_until_run(3);
    disk.let();
    wait_for(3);
    insert(4);
    look("look");
    wait_for(2);
    EXPECT_THAT(said(), ElementsAre("1!", "2!", "3!", "4!", "look!"));
    EXPECT_EQ(number(*store, "SELECT COUNT(*) FROM item"), 3) << "4 did not run";
}

TEST_F(StoreOnDisk, ClosingAnswersEverybody)
{
    insert_together(1, 2);
    insert(3);
    disk.let(100);
    store->close();
    EXPECT_THAT(said(), ElementsAre("1", "2", "3"));
}

} // namespace
} // namespace storage_tests
