#include "sqlite/flusher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace storage_tests {
namespace {

using storage::sqlite::Flusher;
using storage::sqlite::Unit;
using testing::ElementsAre;
using testing::IsEmpty;

/// A disk whose every sync begins when it is asked and ends when the test lets it.
class Flushing : public testing::Test {
protected:
    void sync()
    {
        begun.release();
        let.acquire();
        if (broken)
            throw std::runtime_error("disk");
    }

    /// Units of these names. Each writes its name when it is answered, with "!" when it failed.
    std::vector<Unit> units(std::initializer_list<char const*> names)
    {
        std::vector<Unit> made;
        for (std::string const name : names)
            made.push_back({nullptr, [this, name](std::exception_ptr const& failure) { note(failure ? name + "!" : name); }, nullptr});
        return made;
    }

    void answer(std::vector<Unit>& answered)
    {
        for (Unit& unit : answered)
            unit.done(unit.failure);
    }

    void note(std::string const& name)
    {
        std::lock_guard const lock(mutex);
        said_.push_back(name);
    }

    std::vector<std::string> said()
    {
        std::lock_guard const lock(mutex);
        return said_;
    }

    std::counting_semaphore<> begun{0};
    std::counting_semaphore<> let{0};
    bool broken = false;
    std::mutex mutex;
    std::vector<std::string> said_;
    Flusher flusher{[this] { sync(); }, [this](std::vector<Unit>& answered) { answer(answered); }};
};

TEST_F(Flushing, AnswersABatchOnlyAfterItsSync)
{
    flusher.take(units({"a", "b"}), true);
    begun.acquire();
    EXPECT_THAT(said(), IsEmpty());
    EXPECT_FALSE(flusher.resting());
    let.release();
    flusher.wait();
    EXPECT_THAT(said(), ElementsAre("a", "b"));
    EXPECT_TRUE(flusher.resting());
    EXPECT_EQ(flusher.syncs(), 1);
}

TEST_F(Flushing, ASyncThatHadBegunCoversNothingThatCameLater)
{
    flusher.take(units({"a", "b"}), true);
    begun.acquire();
    flusher.take(units({"c"}), true);
    flusher.take(units({"d", "e"}), true);
    let.release();
    begun.acquire(); // of the second sync, which covers both
    EXPECT_THAT(said(), ElementsAre("a", "b"));
    let.release();
    flusher.wait();
    EXPECT_THAT(said(), ElementsAre("a", "b", "c", "d", "e"));
    EXPECT_EQ(flusher.syncs(), 2);
}

/// A repeated callback changes nothing, and its stored reply may be of a commit that is not on the disk yet.
TEST_F(Flushing, WhatChangedNothingIsNotAnsweredBeforeWhatItMayHaveRead)
{
    flusher.take(units({"a", "b"}), true);
    begun.acquire();
    flusher.take(units({"repeat of a"}), false);
    EXPECT_THAT(said(), IsEmpty());
    let.release();
    flusher.wait();
    EXPECT_THAT(said(), ElementsAre("a", "b", "repeat of a"));
    EXPECT_EQ(flusher.syncs(), 1);
}

TEST_F(Flushing, WhatChangedNothingIsAnsweredAtOnceWhileTheDiskRests)
{
    flusher.take(units({"a", "b", "c"}), false);
    EXPECT_THAT(said(), ElementsAre("a", "b", "c"));
    EXPECT_EQ(flusher.syncs(), 0);
}

TEST_F(Flushing, AUnitThatCameAloneIsSyncedOnTheSpot)
{
    let.release();
    flusher.take(units({"a"}), true);
    EXPECT_THAT(said(), ElementsAre("a"));
    EXPECT_EQ(flusher.syncs(), 1);
}

TEST_F(Flushing, AFailedSyncFailsWhatItWasForAndEverythingAfter)
{
    broken = true;
    flusher.take(units({"a", "b"}), true);
    begun.acquire();
    flusher.take(units({"c"}), true);
    EXPECT_EQ(flusher.failure(), nullptr);
    let.release();
    flusher.wait();
    EXPECT_THAT(said(), ElementsAre("a!", "b!", "c!"));
    EXPECT_NE(flusher.failure(), nullptr);
    flusher.take(units({"d"}), true);
    EXPECT_THAT(said(), ElementsAre("a!", "b!", "c!", "d!"));
    EXPECT_EQ(flusher.syncs(), 0) << "a later sync says nothing about what was lost";
}

TEST_F(Flushing, AFailureOfAUnitIsItsOwn)
{
    auto batch = units({"a", "b"});
    batch.front().failure = std::make_exception_ptr(std::runtime_error("refused"));
    let.release();
    flusher.take(std::move(batch), true);
    flusher.wait();
    EXPECT_THAT(said(), ElementsAre("a!", "b"));
}

TEST_F(Flushing, ClosingAnswersWhatWaits)
{
    flusher.take(units({"a", "b"}), true);
    begun.acquire();
    flusher.take(units({"c", "d"}), true);
    std::thread closing([this] { flusher.close(); });
    let.release(2);
    closing.join();
    EXPECT_THAT(said(), ElementsAre("a", "b", "c", "d"));
}

} // namespace
} // namespace storage_tests
