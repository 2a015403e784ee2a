#include "bot/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <optional>
#include <random>

namespace bot {
namespace {

using namespace std::chrono_literals;
using storage::StoreError;
using storage::StoreFault;

std::exception_ptr failure(StoreFault fault)
{
    return std::make_exception_ptr(StoreError(fault, "as the test says"));
}

/// A store that does its work when the test says so, as a writer thread would: a batch at a time, callbacks after it.
class SteppedStore : public storage::Store {
public:
    void write(Work work, Done done) override
    {
        std::lock_guard const lock(mutex_);
        if (closed)
            throw StoreError(StoreFault::unreachable, "closed");
        queue_.push_back({std::move(work), std::move(done)});
        changed_.notify_all();
    }
    void read(Work work, Done done) override { write(std::move(work), std::move(done)); }
    void close() override { closed = true; }
    [[nodiscard]] Statistics statistics() const override { return {}; }

    std::size_t waiting()
    {
        std::lock_guard const lock(mutex_);
        return queue_.size();
    }
    /// Waits until something is in the queue.
    void wait()
    {
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(changed_.wait_for(lock, 10s, [this] { return !queue_.empty(); }));
    }
    /// Runs all that waits; with `away` nothing can be begun.
    void run(std::optional<StoreFault> away = std::nullopt)
    {
        std::deque<std::pair<Work, Done>> batch;
        {
            std::lock_guard const lock(mutex_);
            batch.swap(queue_);
        }
        std::vector<std::exception_ptr> failures;
        for (auto& [work, done] : batch) {
            std::exception_ptr thrown = away ? failure(*away) : nullptr;
            try {
                if (!away)
                    work(database());
            } catch (...) {
                thrown = std::current_exception();
            }
            failures.push_back(thrown);
        }
        for (std::size_t i = 0; i < batch.size(); ++i)
            batch[i].second(failures[i]);
    }
    std::atomic<bool> closed{false};

private:
    /// The units of these tests do not look at it.
    static storage::Database& database()
    {
        class None : public storage::Database {
        public:
            std::int64_t run(std::string_view, std::initializer_list<storage::Bind>) override { throw std::logic_error("no database"); }
            storage::Cursor query(std::string_view, std::initializer_list<storage::Bind>) override
            {
                throw std::logic_error("no database");
            }
            void script(std::string_view) override { throw std::logic_error("no database"); }
            bool has_table(std::string_view) override { return false; }
            std::vector<std::string> tables() override { return {}; }
            std::string damage() override { return {}; }
        };
        static None none;
        return none;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<Work, Done>> queue_;
};

struct Books {
    std::vector<std::int64_t> performed;
    std::vector<std::int64_t> refused;
    int holds = 0;
};

class TestUnit : public Intake::Unit {
public:
    TestUnit(std::int64_t order, Books& books, std::exception_ptr fault = nullptr) : Unit(order), books_(books), fault_(std::move(fault)) {}
    void work(storage::Database&) override
    {
        if (fault_)
            std::rethrow_exception(fault_);
        done_ = true;
    }
    void ended(std::exception_ptr failure) override
    {
        EXPECT_EQ(ends_++, 0) << "a unit ends once";
        EXPECT_EQ(done_, !failure);
        (failure ? books_.refused : books_.performed).push_back(order());
    }
    void held(StoreFault) override { ++books_.holds; }

private:
    Books& books_;
    std::exception_ptr fault_;
    bool done_ = false;
    int ends_ = 0;
};

class IntakeTest : public testing::Test {
protected:
    void submit(std::int64_t order, std::exception_ptr fault = nullptr)
    {
        intake_.submit(std::make_shared<TestUnit>(order, books_, std::move(fault)));
    }

    Books books_;
    SteppedStore store_;
    Intake intake_{store_, alarm_, 5, {1ms, 4ms}};
    Alarm alarm_; ///< ends before what it calls
};

TEST_F(IntakeTest, PassesThroughWhileTheStoreWorks)
{
    submit(1);
    submit(2);
    store_.run();
    EXPECT_THAT(books_.performed, testing::ElementsAre(1, 2));
    EXPECT_EQ(intake_.held_count(), 0U);
}

TEST_F(IntakeTest, WaitsWhileTheStoreIsAwayAndKeepsTheOrder)
{
    for (auto const fault : {StoreFault::busy, StoreFault::full, StoreFault::unreachable, StoreFault::corrupt}) {
        books_ = {};
        submit(1);
        submit(2);
        store_.run(fault);
        submit(3);
        EXPECT_EQ(intake_.held_count(), 3U);
        store_.wait(); // the first is tried again, alone
        EXPECT_EQ(store_.waiting(), 1U);
        store_.run(fault);
        store_.wait();
        store_.run();
        EXPECT_THAT(books_.performed, testing::ElementsAre(1));
        store_.run();
        EXPECT_THAT(books_.performed, testing::ElementsAre(1, 2, 3));
        EXPECT_TRUE(books_.refused.empty());
        EXPECT_EQ(intake_.held_count(), 0U);
        EXPECT_GE(books_.holds, 4);
    }
}

/// The store comes back between two batches: what was queued behind a failed one must not overtake it.
TEST_F(IntakeTest, NothingOvertakesInTheQueue)
{
    submit(1);
    store_.run(StoreFault::busy);
    store_.wait();
    // 1 is with the store again; 2 comes while 1 waits.
    submit(2);
    store_.run();
    store_.run();
    EXPECT_THAT(books_.performed, testing::ElementsAre(1, 2));

    books_ = {};
    submit(4);
    store_.run(StoreFault::busy);
    store_.wait();
    submit(3); // an older one that was slow on its way
    store_.run();
    while (books_.performed.size() < 2) {
        store_.wait();
        store_.run();
    }
    EXPECT_EQ(intake_.held_count(), 0U);
}

TEST_F(IntakeTest, FaultsOfTheUnitItselfEndItAndStopNobody)
{
    submit(1, failure(StoreFault::constraint));
    submit(2, std::make_exception_ptr(std::runtime_error("a bug")));
    submit(3, failure(StoreFault::other));
    submit(4);
    store_.run();
    EXPECT_THAT(books_.refused, testing::ElementsAre(1, 2, 3));
    EXPECT_THAT(books_.performed, testing::ElementsAre(4));
}

/// A bug in the first that waits does not hold up those behind it.
TEST_F(IntakeTest, ABugAtTheHeadLetsTheOthersGo)
{
    submit(1, std::make_exception_ptr(std::runtime_error("a bug")));
    submit(2);
    store_.run(StoreFault::unreachable);
    store_.wait();
    store_.run();
    store_.run();
    EXPECT_THAT(books_.refused, testing::ElementsAre(1));
    EXPECT_THAT(books_.performed, testing::ElementsAre(2));
}

TEST_F(IntakeTest, RefusesBeyondItsLimit)
{
    for (std::int64_t order = 1; order <= 5; ++order)
        submit(order);
    store_.run(StoreFault::busy);
    submit(6);
    EXPECT_THAT(books_.refused, testing::ElementsAre(6));
    EXPECT_EQ(intake_.held_count(), 5U);
}

TEST_F(IntakeTest, AClosedStoreLosesNothingThatWaits)
{
    submit(1);
    submit(2);
    store_.run(StoreFault::busy);
    store_.close();
    submit(3);
    EXPECT_EQ(intake_.held_count(), 3U);
    EXPECT_TRUE(books_.refused.empty());
}

/// Random stalls: all are performed, once, in their order.
TEST_F(IntakeTest, AnyStallsKeepOrder)
{
    std::mt19937_64 random(20260701);
    for (int round = 0; round < 50; ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        Books books;
        std::optional<Alarm> alarm(std::in_place);
        Intake intake(store_, *alarm, 1000, {1ms, 1ms});
        std::vector<std::int64_t> all;
        for (std::int64_t order = 1; order <= 40; ++order) {
            all.push_back(order);
            intake.submit(std::make_shared<TestUnit>(order, books));
            if (random() % 3 == 0)
                store_.run(random() % 2 == 0 ? std::optional(StoreFault::busy) : std::nullopt);
        }
        while (books.performed.size() < all.size()) {
            if (store_.waiting() == 0)
                store_.wait();
            store_.run(random() % 4 == 0 ? std::optional(StoreFault::unreachable) : std::nullopt);
        }
        EXPECT_EQ(books.performed, all);
        alarm.reset();
    }
}

} // namespace
} // namespace bot
