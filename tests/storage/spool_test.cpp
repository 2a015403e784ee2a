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
    void reopen()
    {
        spool_.reset();
        spool_ = std::make_unique<Spool>("sqlite:" + (folder_ / "spool").string());
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
        for (auto const& waiting : spool_->waiting())
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
    auto const first = spool_->waiting().front();
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
    EXPECT_EQ(spool_->waiting().front().body, made.body);
    EXPECT_EQ(spool_->waiting().front().query, made.query);
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

TEST_F(SpoolTest, TakesNothingWhenClosed)
{
    spool_->close();
    EXPECT_THROW(spool_->put(callback(1), [](std::exception_ptr const&) {}), StoreError);
    EXPECT_NO_THROW(spool_->forget(1));
}

} // namespace
} // namespace storage
