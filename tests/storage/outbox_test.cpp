#include "storage/outbox.hpp"

#include "storage/support.hpp"
#include "storage/time.hpp"

#include <gtest/gtest.h>

namespace storage_tests {
namespace {

using namespace std::chrono_literals;
using governance::CommunityId;
using storage::Database;
using storage::Delivery;
using storage::instant;
using storage::Lane;
using storage::MessageState;
using storage::Outbox;
using storage::OutboxMessage;
using storage::Recipient;
using storage::RecipientKind;

Recipient const kGroup{RecipientKind::group, "CG-G01"};
Recipient const kPerson{RecipientKind::person, "R0001"};

storage::NewMessage message(Recipient const& to, Lane lane = Lane::now, std::int64_t not_before = 0, std::string dedup_key = {})
{
    storage::NewMessage made;
    made.community = CommunityId("C1");
    made.recipient = to;
    made.channel = "wecom-app/main";
    made.notice = "N-V01";
    made.ref_no = governance::RefNo(12);
    made.lane = lane;
    made.payload = R"({"text":"表决开始"})";
    made.not_before = instant(not_before);
    made.created_at = instant(1);
    made.dedup_key = std::move(dedup_key);
    return made;
}

Delivery ended(Delivery::Kind kind, std::int64_t retry_at = 0)
{
    return {kind, instant(100), instant(retry_at), kind == Delivery::Kind::sent ? "" : "45009"};
}

/// Runs in one unit of work; times in microseconds.
class OutboxTest : public testing::Test {
protected:
    void with(std::function<void(Outbox&)> const& use)
    {
        books_->write_now([&](Database& db) {
            Outbox outbox(db);
            use(outbox);
        });
    }
    static std::vector<OutboxMessage> claim(Outbox& outbox, std::int64_t now, std::int64_t machine, std::int64_t limit = 10)
    {
        return outbox.claim(instant(now), instant(machine), 50us, limit);
    }
    static std::vector<std::int64_t> ids(std::vector<OutboxMessage> const& messages)
    {
        std::vector<std::int64_t> found;
        for (auto const& one : messages)
            found.push_back(one.id);
        return found;
    }
    using Ids = std::vector<std::int64_t>;

    Books books_;
};

TEST_F(OutboxTest, ClaimGivesWhatWasPut)
{
    with([](Outbox& outbox) {
        EXPECT_EQ(outbox.put(message(kGroup)), 1);
        auto const claimed = claim(outbox, 10, 10);
        ASSERT_EQ(claimed.size(), 1U);
        EXPECT_EQ(claimed[0].community.str(), "C1");
        EXPECT_EQ(claimed[0].recipient, kGroup);
        EXPECT_EQ(claimed[0].channel, "wecom-app/main");
        EXPECT_EQ(claimed[0].notice, "N-V01");
        EXPECT_EQ(claimed[0].ref_no.value(), 12);
        EXPECT_EQ(claimed[0].payload, R"({"text":"表决开始"})");
        EXPECT_FALSE(claimed[0].may_have_been_sent);
        EXPECT_TRUE(claim(outbox, 10, 10).empty()) << "claimed once";
        EXPECT_TRUE(outbox.finish(claimed[0], ended(Delivery::Kind::sent)));
        EXPECT_FALSE(outbox.finish(claimed[0], ended(Delivery::Kind::dead))) << "ended once";
        EXPECT_EQ(outbox.find(CommunityId("C1"), 1)->state, MessageState::sent);
    });
}

TEST_F(OutboxTest, ADedupKeyCountsOnce)
{
    with([](Outbox& outbox) {
        EXPECT_EQ(outbox.put(message(kGroup, Lane::now, 0, "digest/07-01")), 1);
        EXPECT_EQ(outbox.put(message(kGroup, Lane::now, 0, "digest/07-01")), std::nullopt);
        EXPECT_EQ(outbox.put(message(kGroup)), 2);
        EXPECT_EQ(outbox.put(message(kGroup)), 3) << "no key: no limit";
        auto other = message(kGroup, Lane::now, 0, "digest/07-01");
        other.community = CommunityId("C2");
        EXPECT_EQ(outbox.put(other), 1);
    });
}

TEST_F(OutboxTest, OldestFirstPerRecipientAndLane)
{
    with([](Outbox& outbox) {
        outbox.put(message(kGroup));                    // 1
        outbox.put(message(kGroup));                    // 2: behind 1
        outbox.put(message(kPerson));                   // 3
        outbox.put(message(kGroup, Lane::critical));    // 4: passes 1
        outbox.put(message(kGroup, Lane::digest, 500)); // 5: not yet
        outbox.put(message(kGroup, Lane::digest));      // 6: what is held back holds up nobody
        auto const first = claim(outbox, 10, 10);
        EXPECT_EQ(ids(first), (Ids{4, 1, 3, 6})) << "most urgent first";
        EXPECT_TRUE(outbox.finish(first[1], ended(Delivery::Kind::retry, 40)));
        EXPECT_TRUE(claim(outbox, 10, 39).empty()) << "2 waits for 1";
        EXPECT_EQ(ids(claim(outbox, 10, 40)), Ids{1});
        EXPECT_TRUE(outbox.finish(*outbox.find(CommunityId("C1"), 1), ended(Delivery::Kind::dead)));
        EXPECT_EQ(ids(claim(outbox, 10, 40)), Ids{2}) << "a dead letter holds up nobody";
        EXPECT_EQ(ids(claim(outbox, 500, 41)), Ids{5});
    });
}

TEST_F(OutboxTest, ClaimsAtMostTheLimit)
{
    with([](Outbox& outbox) {
        for (int n = 1; n <= 5; ++n)
            outbox.put(message({RecipientKind::person, "R" + std::to_string(n)}));
        EXPECT_EQ(ids(claim(outbox, 10, 10, 2)), (Ids{1, 2}));
        EXPECT_EQ(ids(claim(outbox, 10, 10, 2)), (Ids{3, 4}));
    });
}

TEST_F(OutboxTest, AClaimThatLapsedComesBackFlagged)
{
    OutboxMessage lost;
    with([&](Outbox& outbox) {
        outbox.put(message(kGroup));
        lost = claim(outbox, 10, 10).at(0);
    });
    books_.reopen(); // the pump that held it is gone
    with([&](Outbox& outbox) {
        EXPECT_TRUE(claim(outbox, 10, 59).empty()) << "the lease still runs";
        auto const again = claim(outbox, 10, 60);
        ASSERT_EQ(ids(again), Ids{1});
        EXPECT_TRUE(again[0].may_have_been_sent);
        EXPECT_EQ(again[0].attempts, 1) << "so that a message that kills its sender ends too";
        EXPECT_FALSE(outbox.finish(lost, ended(Delivery::Kind::sent))) << "the first holder is too late";
        EXPECT_TRUE(outbox.finish(again[0], ended(Delivery::Kind::sent)));
    });
}

TEST_F(OutboxTest, PostponingCountsNoAttempt)
{
    with([](Outbox& outbox) {
        outbox.put(message(kGroup));
        EXPECT_TRUE(outbox.finish(claim(outbox, 10, 10).at(0), ended(Delivery::Kind::postpone, 20)));
        auto const second = claim(outbox, 10, 20);
        EXPECT_EQ(second.at(0).attempts, 0);
        EXPECT_TRUE(outbox.finish(second[0], ended(Delivery::Kind::retry, 30)));
        auto const third = claim(outbox, 10, 30);
        EXPECT_EQ(third.at(0).attempts, 1);
        EXPECT_EQ(third[0].last_error, "45009");
        EXPECT_FALSE(third[0].may_have_been_sent);
    });
}

TEST_F(OutboxTest, DeadLettersAreListedAndResent)
{
    with([](Outbox& outbox) {
        outbox.put(message(kGroup));
        outbox.put(message(kPerson));
        for (auto const& claimed : claim(outbox, 10, 10))
            outbox.finish(claimed, ended(Delivery::Kind::dead));
        EXPECT_EQ(outbox.counts(instant(10)).dead, 2);
        EXPECT_EQ(ids(outbox.dead(CommunityId("C1"), 0, 10)), (Ids{1, 2}));
        EXPECT_EQ(ids(outbox.dead(CommunityId("C1"), 1, 10)), Ids{2});
        EXPECT_TRUE(outbox.dead(CommunityId("C2"), 0, 10).empty());
        EXPECT_TRUE(outbox.resend(CommunityId("C1"), 2, instant(20)));
        EXPECT_FALSE(outbox.resend(CommunityId("C1"), 2, instant(20)));
        EXPECT_EQ(ids(claim(outbox, 20, 20)), Ids{2});
    });
}

TEST_F(OutboxTest, DigestsMergeWhatWaits)
{
    with([](Outbox& outbox) {
        outbox.put(message(kGroup, Lane::digest, 500));
        outbox.put(message(kGroup, Lane::digest, 500));
        outbox.put(message(kPerson, Lane::digest, 500));
        auto const parts = outbox.waiting(CommunityId("C1"), kGroup, Lane::digest, 10);
        EXPECT_EQ(ids(parts), (Ids{1, 2}));
        EXPECT_EQ(outbox.merge(parts, message(kGroup, Lane::now, 0, "evening")), 4);
        EXPECT_EQ(outbox.find(CommunityId("C1"), 1)->state, MessageState::merged);
        EXPECT_EQ(ids(claim(outbox, 500, 10)), (Ids{4, 3})) << "the parts are not sent again";
        outbox.put(message(kGroup, Lane::digest, 600));
        EXPECT_EQ(outbox.merge(outbox.waiting(CommunityId("C1"), kGroup, Lane::digest, 10), message(kGroup, Lane::now, 0, "evening")),
                  std::nullopt);
        EXPECT_EQ(outbox.find(CommunityId("C1"), 5)->state, MessageState::waiting) << "not swallowed by a digest that is gone";
    });
}

TEST_F(OutboxTest, HoldingMovesTheTime)
{
    with([](Outbox& outbox) {
        outbox.put(message(kGroup));
        EXPECT_TRUE(outbox.hold(CommunityId("C1"), 1, instant(500)));
        EXPECT_TRUE(claim(outbox, 499, 10).empty());
        EXPECT_EQ(ids(claim(outbox, 500, 10)), Ids{1});
        EXPECT_FALSE(outbox.hold(CommunityId("C1"), 1, instant(600))) << "claimed already";
    });
}

TEST_F(OutboxTest, CountsForMetricsAndBudgets)
{
    with([](Outbox& outbox) {
        EXPECT_EQ(outbox.counts(instant(10)).oldest_due, std::nullopt);
        auto early = message(kGroup);
        early.created_at = instant(7);
        outbox.put(early);
        outbox.put(message(kGroup, Lane::critical, 5));
        outbox.put(message(kGroup, Lane::now, 500));
        auto other = message(kPerson);
        other.channel = "";
        other.created_at = instant(8);
        outbox.put(other);
        auto const counts = outbox.counts(instant(10));
        EXPECT_EQ(counts.oldest_due, instant(5));
        ASSERT_EQ(counts.pending.size(), 2U);
        EXPECT_EQ(counts.pending[0].channel, "");
        EXPECT_EQ(counts.pending[1].messages, 3);
        for (auto const& claimed : claim(outbox, 10, 10))
            outbox.finish(claimed, ended(Delivery::Kind::sent));
        EXPECT_EQ(outbox.sent_since(CommunityId("C1"), kGroup, instant(100)), 1) << "critical ones do not count";
        EXPECT_EQ(outbox.sent_since(CommunityId("C1"), kGroup, instant(101)), 0);
        EXPECT_EQ(outbox.counts(instant(10)).pending.size(), 1U);
    });
}

TEST_F(OutboxTest, PurgeKeepsTheLastSoThatNoIdComesTwice)
{
    with([](Outbox& outbox) {
        for (int n = 1; n <= 3; ++n)
            outbox.put(message({RecipientKind::person, "R" + std::to_string(n)}));
        for (auto const& claimed : claim(outbox, 10, 10))
            outbox.finish(claimed, ended(Delivery::Kind::sent));
        EXPECT_EQ(outbox.purge(instant(100)), 0);
        EXPECT_EQ(outbox.purge(instant(101)), 2);
        EXPECT_EQ(outbox.put(message(kGroup)), 4);
    });
}

} // namespace
} // namespace storage_tests
