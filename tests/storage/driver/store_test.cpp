#include "drivers.hpp"

#include <atomic>
#include <thread>

namespace storage_tests {
namespace {

using storage::Database;
using storage::StoreFault;

class StoreContract : public DriverTest {};

TEST_P(StoreContract, AFailingUnitRollsBackAlone)
{
    open();
    HeldWriter held(*store_);
    auto first = queue(*store_, [](Database& db) { insert(db, 1); });
    auto thrower = queue(*store_, [](Database& db) {
        insert(db, 2);
        throw std::runtime_error("refused");
    });
    auto breaker = queue(*store_, [](Database& db) { insert(db, 3), insert(db, 1); });
    auto last = queue(*store_, [](Database& db) { insert(db, 4); });
    held.release();
    EXPECT_NO_THROW(first.get());
    EXPECT_THROW(thrower.get(), std::runtime_error);
    EXPECT_EQ(fault_of([&] { breaker.get(); }), StoreFault::constraint);
    EXPECT_NO_THROW(last.get());
    EXPECT_EQ(number(*store_, "SELECT SUM(id) FROM item"), 1 + 4);
    EXPECT_EQ(store_->statistics().failed_units, 2);
}

TEST_P(StoreContract, AUnitSeesWhatUnitsBeforeItWrote)
{
    open();
    HeldWriter held(*store_);
    auto writes = queue(*store_, [](Database& db) { insert(db, 1); });
    auto reads = queue(*store_, [](Database& db) { EXPECT_EQ(number(db, "SELECT COUNT(*) FROM item"), 1); });
    held.release();
    writes.get();
    reads.get();
}

TEST_P(StoreContract, ReadersSeeOnlyWhatWasCommitted)
{
    open();
    std::promise<void> written;
    std::promise<void> gate;
    auto done = queue(*store_, [&](Database& db) {
        insert(db, 1);
        written.set_value();
        gate.get_future().wait();
    });
    written.get_future().wait();
    EXPECT_EQ(items(), 0);
    gate.set_value();
    done.get();
    EXPECT_EQ(items(), 1);
}

TEST_P(StoreContract, AReadIsOneSnapshot)
{
    open();
    store_->read_now([&](Database& db) {
        EXPECT_EQ(number(db, "SELECT COUNT(*) FROM item"), 0);
        store_->write_now([](Database& other) { insert(other, 1); });
        EXPECT_EQ(number(db, "SELECT COUNT(*) FROM item"), 0);
    });
    EXPECT_EQ(items(), 1);
}

TEST_P(StoreContract, AReaderCannotWrite)
{
    open();
    EXPECT_TRUE(fault_of([&] { store_->read_now([](Database& db) { insert(db, 1); }); }).has_value());
    EXPECT_EQ(items(), 0);
}

TEST_P(StoreContract, DoneComesAfterTheCommitThatCoversIt)
{
    open();
    std::promise<std::int64_t> seen;
    store_->write([](Database& db) { insert(db, 1); },
                  [&](std::exception_ptr) {
                      store_->read([&](Database& db) { seen.set_value(number(db, "SELECT COUNT(*) FROM item")); },
                                   [](std::exception_ptr) {});
                  });
    EXPECT_EQ(seen.get_future().get(), 1);
}

TEST_P(StoreContract, CursorsLeftOpenEndWithTheirUnit)
{
    open();
    std::optional<storage::Cursor> kept;
    store_->write_now([&](Database& db) {
        insert(db, 1), insert(db, 2);
        kept.emplace(db.query("SELECT id FROM item"));
        EXPECT_TRUE(kept->next());
    });
    kept.reset();
    store_->write_now([](Database& db) { insert(db, 3); });
    EXPECT_EQ(items(), 3);
}

TEST_P(StoreContract, RefusesBeyondTheQueueLimitAndGoesOn)
{
    storage::StoreOptions options;
    options.queue_limit = 3;
    open(options);
    HeldWriter held(*store_);
    std::vector<std::future<void>> accepted;
    for (int id = 1; id <= 3; ++id)
        accepted.push_back(queue(*store_, [id](Database& db) { insert(db, id); }));
    std::atomic<bool> ran = false;
    auto refused = queue(*store_, [&](Database&) { ran = true; });
    EXPECT_EQ(store_->statistics().waiting, 3);
    EXPECT_EQ(refused.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "never answered from within write()";
    held.release();
    EXPECT_EQ(fault_of([&] { refused.get(); }), StoreFault::busy);
    for (auto& unit : accepted)
        EXPECT_NO_THROW(unit.get());
    EXPECT_FALSE(ran);
    EXPECT_NO_THROW(store_->write_now([](Database& db) { insert(db, 4); }));
    EXPECT_EQ(items(), 4);
}

TEST_P(StoreContract, CloseFinishesWhatWaitsAndRefusesTheRest)
{
    open();
    std::vector<std::future<void>> waiting;
    {
        HeldWriter held(*store_);
        for (int id = 1; id <= 5; ++id)
            waiting.push_back(queue(*store_, [id](Database& db) { insert(db, id); }));
    }
    store_->close();
    for (auto& unit : waiting)
        EXPECT_NO_THROW(unit.get());
    EXPECT_EQ(fault_of([&] { store_->write_now([](Database&) {}); }), StoreFault::unreachable);
    EXPECT_EQ(fault_of([&] { store_->read_now([](Database&) {}); }), StoreFault::unreachable);
    store_->close();
    open();
    EXPECT_EQ(items(), 5);
}

TEST_P(StoreContract, ManyWritersAndReadersAtOnce)
{
    open();
    constexpr int kThreads = 4;
    constexpr int kEach = 50;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([this, t] {
            for (int i = 0; i < kEach; ++i) {
                store_->write_now([id = t * kEach + i](Database& db) { insert(db, id); });
                EXPECT_GT(items(), 0);
            }
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(items(), kThreads * kEach);
    auto const statistics = store_->statistics();
    EXPECT_EQ(statistics.units, kThreads * kEach + 1) << "and the one that made the table";
    EXPECT_LE(statistics.commits, statistics.units);
}

YIQI_FOR_EVERY_DRIVER(StoreContract);

} // namespace
} // namespace storage_tests
