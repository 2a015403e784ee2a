#include "storage/spool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

namespace storage {
namespace {

class SpoolTest : public testing::Test {
protected:
    SpoolTest()
    {
        std::string folder = (std::filesystem::temp_directory_path() / "yiqi-spool-XXXXXX").string();
        if (!mkdtemp(folder.data()))
            throw std::runtime_error("cannot make a folder");
        folder_ = folder;
        reopen();
    }
    ~SpoolTest() override
    {
        spool_.reset();
        std::filesystem::remove_all(folder_);
    }
    void reopen(SpoolLimits limits = {})
    {
        spool_.reset();
        spool_ = std::make_unique<Spool>("sqlite:" + (folder_ / "spool").string(), limits);
    }
    void put(SpooledCallback const& callback)
    {
        std::promise<void> done;
        spool_->put(callback, [&](std::exception_ptr const& failure) {
            EXPECT_FALSE(failure);
            done.set_value();
        });
        done.get_future().wait();
    }
    static SpooledCallback callback(std::int64_t order)
    {
        SpooledCallback made;
        made.order = order;
        made.channel = "fake/door";
        made.method = "POST";
        made.query = "a=b%20c";
        made.content_type = "text/xml";
        made.body = "body " + std::to_string(order);
        made.received_at = governance::Instant{std::chrono::microseconds(1'790'000'000'000'000)};
        return made;
    }
    [[nodiscard]] std::vector<std::int64_t> orders() const
    {
        std::vector<std::int64_t> found;
        for (auto const& waiting : spool_->waiting(0, 100))
            found.push_back(waiting.order);
        return found;
    }

    std::filesystem::path folder_;
    std::unique_ptr<Spool> spool_;
};

TEST_F(SpoolTest, KeepsCallbacksInOrderOverARestart)
{
    for (auto const order : {3, 1, 2})
        put(callback(order));
    EXPECT_EQ(spool_->size(), 3U);
    reopen();
    EXPECT_EQ(spool_->size(), 3U);
    EXPECT_THAT(orders(), testing::ElementsAre(1, 2, 3));
    EXPECT_EQ(spool_->last_order(), 3);
    auto const first = spool_->waiting(0, 1).front();
    EXPECT_EQ(first.channel, "fake/door");
    EXPECT_EQ(first.method, "POST");
    EXPECT_EQ(first.query, "a=b%20c");
    EXPECT_EQ(first.content_type, "text/xml");
    EXPECT_EQ(first.body, "body 1");
    EXPECT_EQ(first.received_at, callback(1).received_at);
}

TEST_F(SpoolTest, KeepsAnyBytes)
{
    auto made = callback(1);
    for (int byte = 0; byte < 256; ++byte)
        made.body.push_back(static_cast<char>(byte));
    made.query = std::string("\0\xff", 2);
    put(made);
    reopen();
    EXPECT_EQ(spool_->waiting(0, 1).front().body, made.body);
    EXPECT_EQ(spool_->waiting(0, 1).front().query, made.query);
}

TEST_F(SpoolTest, ForgetsWhatIsInTheBooks)
{
    for (auto const order : {1, 2})
        put(callback(order));
    spool_->forget(1);
    reopen();
    EXPECT_THAT(orders(), testing::ElementsAre(2));
    EXPECT_EQ(spool_->size(), 1U);
}

TEST_F(SpoolTest, SetsAsideWithoutLosing)
{
    for (auto const order : {1, 2})
        put(callback(order));
    spool_->set_aside(2, "no such channel");
    reopen();
    EXPECT_THAT(orders(), testing::ElementsAre(1));
    EXPECT_EQ(spool_->set_aside_count(), 1);
    EXPECT_EQ(spool_->last_order(), 2) << "a place is never given twice";
}

TEST_F(SpoolTest, IsReadInPortions)
{
    for (auto const order : {1, 2, 5, 9})
        put(callback(order));
    auto const places = [&](std::int64_t after, std::int64_t limit) {
        std::vector<std::int64_t> found;
        for (auto const& waiting : spool_->waiting(after, limit))
            found.push_back(waiting.order);
        return found;
    };
    EXPECT_THAT(places(0, 2), testing::ElementsAre(1, 2));
    EXPECT_THAT(places(2, 2), testing::ElementsAre(5, 9));
    EXPECT_THAT(places(9, 2), testing::IsEmpty());
}

struct Bound {
    char const* name;
    SpoolLimits limits;
};
class SpoolBounds : public SpoolTest, public testing::WithParamInterface<Bound> {};

/// "body 1" with its query and content type is 21 bytes.
TEST_P(SpoolBounds, TakesNoMoreThanItsLimitsAlsoAfterARestart)
{
    reopen(GetParam().limits);
    put(callback(1));
    EXPECT_FALSE(spool_->full());
    put(callback(2));
    EXPECT_TRUE(spool_->full());
    auto const refused = [&] {
        try {
            spool_->put(callback(3), [](std::exception_ptr const&) { ADD_FAILURE() << "it was not taken"; });
        } catch (StoreError const& error) {
            return error.fault() == StoreFault::full;
        }
        return false;
    };
    EXPECT_TRUE(refused());
    reopen(GetParam().limits);
    EXPECT_TRUE(refused());
    spool_->forget(1);
    put(callback(3));
    EXPECT_THAT(orders(), testing::ElementsAre(2, 3));
}
INSTANTIATE_TEST_SUITE_P(Bounds, SpoolBounds, testing::Values(Bound{"callbacks", {2, 1'000'000}}, Bound{"bytes", {1'000, 2 * 21}}),
                         [](auto const& tested) { return tested.param.name; });

TEST_F(SpoolTest, TakesNothingWhenClosed)
{
    spool_->close();
    EXPECT_THROW(spool_->put(callback(1), [](std::exception_ptr const&) {}), StoreError);
    EXPECT_EQ(spool_->size(), 0U);
    EXPECT_NO_THROW(spool_->forget(1));
}

} // namespace
} // namespace storage
