#include "governance/ballot.hpp"

#include "governance/demo.hpp"
#include "governance/proposal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

namespace {

using namespace governance;

VotingRound round_of(std::int64_t eligible, std::vector<std::string> options = {})
{
    VotingRound round;
    round.eligible = eligible;
    round.options = std::move(options);
    round.opens_at = demo::at("2026-07-06T10:00");
    round.closes_at = demo::at("2026-07-12T00:00");
    return round;
}

Membership member_of(char const* household)
{
    Membership membership;
    membership.eligible = true;
    membership.elector = household;
    return membership;
}

struct VoteCase {
    char const* name;
    char const* at = "2026-07-08T09:00";
    BallotChoice choice = {BallotKind::votes_for, ""};
    std::vector<std::string> options = {};
    std::function<void(Membership&)> bend = {};
    std::optional<RefusalCode> refused = {};
};
class Deciding : public testing::TestWithParam<VoteCase> {};

TEST_P(Deciding, OneBallot)
{
    auto const& one = GetParam();
    auto membership = member_of("HH060");
    if (one.bend)
        one.bend(membership);
    auto const cast =
        decide(round_of(64, one.options), Ballot{PersonId("u0167"), one.choice, BallotMeans::chat}, membership, demo::at(one.at));
    if (one.refused) {
        ASSERT_FALSE(cast);
        EXPECT_EQ(name(cast.error().code), name(*one.refused));
    } else {
        ASSERT_TRUE(cast) << name(cast.error().code);
        EXPECT_EQ(cast->choice, one.choice);
    }
}

void paper(Membership& membership)
{
    membership.standing = Membership::Standing{PersonId("u0167"), {}, BallotMeans::paper};
}

using Code = RefusalCode;
INSTANTIATE_TEST_SUITE_P(
    Table, Deciding,
    testing::Values(
        VoteCase{"counts"}, VoteCase{"last_moment", "2026-07-11T23:59:59"},
        VoteCase{"at_close", "2026-07-12T00:00", {}, {}, {}, Code::voting_closed},
        VoteCase{"before_opening", "2026-07-06T09:59", {}, {}, {}, Code::voting_not_open},
        VoteCase{"from_elsewhere", "2026-07-08T09:00", {}, {}, [](Membership& m) { m.eligible = false; }, Code::not_in_electorate},
        VoteCase{"a_child", "2026-07-08T09:00", {}, {}, [](Membership& m) { m.bound_adult = false; }, Code::minor},
        VoteCase{"option_where_none", "2026-07-08T09:00", {BallotKind::option, "东门"}, {}, {}, Code::choice_expected},
        VoteCase{"option", "2026-07-08T09:00", {BallotKind::option, "东门"}, {"东门", "西门"}},
        VoteCase{"abstain_among_options", "2026-07-08T09:00", {BallotKind::abstain, ""}, {"东门", "西门"}},
        VoteCase{"for_among_options", "2026-07-08T09:00", {BallotKind::votes_for, ""}, {"东门", "西门"}, {}, Code::option_expected},
        VoteCase{"unknown_option", "2026-07-08T09:00", {BallotKind::option, "南门"}, {"东门", "西门"}, {}, Code::option_unknown},
        VoteCase{"paper_stands", "2026-07-08T09:00", {}, {}, paper, Code::paper_ballot_stands}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Ballot, OfAnotherMemberReplacesAndSaysWhose)
{
    auto membership = member_of("HH060");
    membership.standing = Membership::Standing{PersonId("u0167"), {BallotKind::votes_for, ""}, BallotMeans::chat};
    auto const round = round_of(64);
    auto const now = demo::at("2026-07-08T09:00");
    auto const other = decide(round, Ballot{PersonId("u0168"), {BallotKind::votes_against, ""}, BallotMeans::chat}, membership, now);
    ASSERT_TRUE(other);
    EXPECT_TRUE(other->changes);
    EXPECT_EQ(other->replaced_person, PersonId("u0167"));
    auto const own = decide(round, Ballot{PersonId("u0167"), {BallotKind::abstain, ""}, BallotMeans::chat}, membership, now);
    EXPECT_TRUE(own->changes);
    EXPECT_FALSE(own->replaced_person);
}

TEST(Ballot, MayBeWithdrawnWhileOpen)
{
    auto membership = member_of("HH060");
    auto const now = demo::at("2026-07-08T09:00");
    EXPECT_EQ(decide_withdrawal(round_of(64), PersonId("u0167"), membership, now).error().code, RefusalCode::no_ballot);
    membership.standing = Membership::Standing{PersonId("u0167"), {}, BallotMeans::chat};
    EXPECT_TRUE(decide_withdrawal(round_of(64), PersonId("u0167"), membership, now));
    EXPECT_EQ(decide_withdrawal(round_of(64), PersonId("u0167"), membership, demo::at("2026-07-12T00:00")).error().code,
              RefusalCode::voting_closed);
    paper(membership);
    EXPECT_EQ(decide_withdrawal(round_of(64), PersonId("u0167"), membership, now).error().code, RefusalCode::paper_ballot_stands);
}

BallotRecord record(char const* elector, BallotKind kind, BallotMeans means = BallotMeans::chat, bool withdrawn = false)
{
    return {elector, {kind, ""}, means, withdrawn};
}

TEST(Counting, TakesTheLastValidBallotOfEachElector)
{
    auto const tally =
        count(round_of(10), {record("A", BallotKind::votes_for), record("B", BallotKind::votes_for), record("A", BallotKind::votes_against),
                             record("C", BallotKind::abstain), record("C", BallotKind::abstain, BallotMeans::chat, true),
                             record("D", BallotKind::votes_against, BallotMeans::paper), record("D", BallotKind::votes_for)});
    EXPECT_EQ(tally, (Tally{10, 1, 2, 0, {}})) << "a signed paper ballot beats a chat ballot, before or after";
}

TEST(Counting, RunningTalliesOfSmallElectoratesStayHidden)
{
    auto const open = demo::at("2026-07-08T09:00");
    EXPECT_FALSE(may_show_tally(round_of(19), open));
    EXPECT_TRUE(may_show_tally(round_of(20), open));
    EXPECT_TRUE(may_show_tally(round_of(19), demo::at("2026-07-12T00:00")));
    EXPECT_EQ(turnout_hundredths(Tally{64, 20, 11, 1, {}}), 5000);
    EXPECT_EQ(turnout_hundredths(Tally{}), 0);
}

TEST(Counting, ClosesEarlyOnlyWhenAllHaveVoted)
{
    auto const open = demo::at("2026-07-08T09:00");
    EXPECT_FALSE(may_close(round_of(3), Tally{3, 2, 0, 0, {}}, open));
    EXPECT_TRUE(may_close(round_of(3), Tally{3, 2, 0, 1, {}}, open));
    EXPECT_TRUE(may_close(round_of(3), Tally{3, 0, 0, 0, {}}, demo::at("2026-07-12T00:00")));
    EXPECT_FALSE(may_close(round_of(0), Tally{}, open));
}

/// No order in which different electors vote changes a result, and the sums hold.
TEST(CountingProperty, OrderOfElectorsDoesNotMatter)
{
    auto const seed = 20260706U;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    for (int trial = 0; trial < 200; ++trial) {
        auto const electors = 1 + rng() % 40;
        std::vector<BallotRecord> ballots;
        for (std::uint64_t i = 0; i < electors; ++i) {
            BallotRecord one = record("", static_cast<BallotKind>(rng() % 3), BallotMeans::chat, rng() % 7 == 0);
            one.elector = "H" + std::to_string(i);
            ballots.push_back(one);
        }
        auto const round = round_of(static_cast<std::int64_t>(electors + rng() % 5));
        auto const tally = count(round, ballots);
        auto const before = outcome(round, tally);
        for (std::size_t i = ballots.size(); i > 1; --i)
            std::swap(ballots[i - 1], ballots[rng() % i]);
        EXPECT_EQ(count(round, ballots), tally);
        EXPECT_EQ(*outcome(round, count(round, ballots)), *before);
        EXPECT_LE(tally.participating(), tally.eligible);
        auto const withdrawn = std::count_if(ballots.begin(), ballots.end(), [](auto const& one) { return one.withdrawn; });
        EXPECT_EQ(tally.participating() + withdrawn, static_cast<std::int64_t>(electors));
        if (before->outcome == VoteOutcome::passed) {
            EXPECT_GT(2 * tally.votes_for, tally.participating());
        }
    }
}

TEST(MergingProperty, UnitesEndorsementsAsASet)
{
    auto const seed = 4711U;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 rng(seed);
    for (int trial = 0; trial < 200; ++trial) {
        std::set<HouseholdId> a;
        std::set<HouseholdId> b;
        std::set<HouseholdId> both;
        for (int i = 0; i < 30; ++i) {
            HouseholdId const household("HH" + std::to_string(rng() % 20));
            auto& side = rng() % 2 == 0 ? a : b;
            side.insert(household);
            both.insert(household);
        }
        EXPECT_EQ(unite(a, b), both);
        EXPECT_EQ(unite(b, a), both);
        EXPECT_EQ(unite(both, a), both);
    }
}

} // namespace
