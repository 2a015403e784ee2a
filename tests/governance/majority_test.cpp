#include "governance/majority.hpp"

#include "governance/demo.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace governance;

TEST(Majority, TableOfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    ASSERT_EQ(vectors.at("quorum_table").size(), 22U);
    for (auto const& row : vectors.at("quorum_table")) {
        auto const n = row.at("n").get<std::int64_t>();
        EXPECT_EQ(*needed(Share::more_than_half, n), row.at("more_than_half")) << n;
        EXPECT_EQ(*needed(Share::at_least_two_thirds, n), row.at("at_least_two_thirds")) << n;
        EXPECT_EQ(*needed(Share::at_least_three_quarters, n), row.at("at_least_three_quarters")) << n;
    }
}

TEST(Majority, IsTheSmallestNumberThatSatisfiesTheFraction)
{
    struct Fraction {
        Share share;
        std::int64_t parts;
        std::int64_t of;
        bool strict;
    };
    for (auto const& [share, parts, of, strict] :
         {Fraction{Share::more_than_half, 1, 2, true}, Fraction{Share::at_least_two_thirds, 2, 3, false},
          Fraction{Share::at_least_three_quarters, 3, 4, false}})
        for (std::int64_t n = 1; n <= 1201; ++n) {
            auto holds = [&](std::int64_t x) { return strict ? of * x > parts * n : of * x >= parts * n; };
            auto const fewest = *needed(share, n);
            EXPECT_TRUE(holds(fewest)) << n;
            EXPECT_FALSE(holds(fewest - 1)) << n;
            EXPECT_TRUE(satisfies(share, fewest, n));
            EXPECT_FALSE(satisfies(share, fewest - 1, n));
        }
}

TEST(Majority, RefusesAnEmptyBase)
{
    for (auto const base : {std::int64_t{0}, std::int64_t{-3}, std::int64_t{4'000'000'000'000'000'000}})
        EXPECT_EQ(needed(Share::more_than_half, base).error().code, RefusalCode::empty_base);
}

TEST(Majority, MeetingsOfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    auto const& village = vectors.at("village_assembly");
    EXPECT_EQ(*needed(Share::more_than_half, village.at("adults")), village.at("adults_needed"));
    EXPECT_EQ(*needed(Share::at_least_two_thirds, village.at("households")), village.at("household_reps_needed"));
    for (auto const& one : village.at("cases")) {
        if (one.contains("votes_for")) {
            EXPECT_EQ(satisfies(Share::more_than_half, one.at("votes_for"), one.at("present_adults")), one.at("passed").get<bool>());
        } else if (one.contains("present_adults")) {
            EXPECT_EQ(satisfies(Share::more_than_half, one.at("present_adults"), village.at("adults")), one.at("quorum").get<bool>());
        } else {
            EXPECT_EQ(satisfies(Share::at_least_two_thirds, one.at("present_household_reps"), village.at("households")),
                      one.at("quorum").get<bool>());
        }
    }
    for (auto const& one : vectors.at("residents_representatives_meeting"))
        EXPECT_EQ(*needed(Share::at_least_two_thirds, one.at("members")), one.at("quorum"));
}

TEST(EndorseThreshold, OfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    ASSERT_EQ(vectors.at("endorse_threshold").size(), 8U);
    for (auto const& row : vectors.at("endorse_threshold")) {
        ScopeKind kind{};
        ASSERT_TRUE(parse(row.at("scope").get<std::string>(), kind));
        EXPECT_EQ(endorse_threshold(EndorseRule{}, kind, row.at("households")), row.at("needed")) << row.dump();
    }
}

TEST(HouseholdVote, OfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    int checked = 0;
    for (auto const& row : vectors.at("household_vote")) {
        SCOPED_TRACE(row.dump());
        if (row.contains("quorum")) {
            EXPECT_EQ(*needed(Share::more_than_half, row.at("roll_households")), row.at("quorum"));
        }
        if (!row.contains("participating"))
            continue;
        auto const present = row.at("participating").get<std::int64_t>();
        auto const in_favour = row.at("for").get<std::int64_t>();
        auto const abstain = row.value("abstain", std::int64_t{0});
        auto const decided = decide_vote(VoteRule{}, Tally{64, in_favour, present - in_favour - abstain, abstain, {}});
        auto const outcome = decided->outcome == VoteOutcome::passed ? std::string("publicity") : std::string(name(decided->outcome));
        EXPECT_EQ(outcome, row.at("result"));
        ++checked;
    }
    EXPECT_EQ(checked, 5);
}

TEST(Evaluation, OfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json");
    ASSERT_EQ(vectors.at("evaluation").size(), 7U);
    for (auto const& row : vectors.at("evaluation")) {
        SCOPED_TRACE(row.dump());
        Scores scores;
        for (auto const score : row.at("scores").get<std::vector<int>>()) {
            ++scores.raters;
            scores.sum += score;
            scores.satisfied += score >= 3 ? 1 : 0;
        }
        auto const result = evaluate(EvaluationRule{}, scores, row.at("scope_households"));
        EXPECT_EQ(name(result.outcome), row.at("result"));
        EXPECT_EQ(result.min_raters, row.at("min_raters"));
        if (row.contains("average")) {
            EXPECT_EQ(result.average_hundredths, std::llround(row.at("average").get<double>() * 100));
        }
        if (row.contains("satisfaction")) {
            EXPECT_EQ(result.satisfaction_hundredths, std::llround(row.at("satisfaction").get<double>() * 100));
        }
    }
}

struct OptionCase {
    char const* name;
    std::map<std::string, std::int64_t> options;
    std::int64_t abstain;
    bool is_runoff;
    VoteOutcome outcome;
    std::string winner;
    std::vector<std::string> runoff;
};
class Options : public testing::TestWithParam<OptionCase> {};

TEST_P(Options, AreDecided)
{
    auto const& one = GetParam();
    Tally tally;
    tally.eligible = 30;
    tally.abstain = one.abstain;
    tally.options = one.options;
    auto const decided = decide_vote(VoteRule{}, tally, one.is_runoff);
    ASSERT_TRUE(decided);
    EXPECT_EQ(decided->outcome, one.outcome);
    EXPECT_EQ(decided->winner, one.winner);
    EXPECT_EQ(decided->runoff, one.runoff);
}
using Names = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(
    Table, Options,
    testing::Values(
        OptionCase{"above_half_wins", {{"A", 9}, {"B", 7}}, 0, false, VoteOutcome::passed, "A", {}},
        OptionCase{"half_is_not_enough", {{"A", 8}, {"B", 8}}, 0, false, VoteOutcome::runoff, "", Names{"A", "B"}},
        OptionCase{"abstentions_count_as_present", {{"A", 8}, {"B", 5}}, 4, false, VoteOutcome::runoff, "", Names{"A", "B"}},
        OptionCase{"first_two_of_three", {{"A", 5}, {"B", 4}, {"C", 7}}, 0, false, VoteOutcome::runoff, "", Names{"C", "A"}},
        OptionCase{
            "tied_for_second_all_enter", {{"A", 6}, {"B", 5}, {"C", 5}, {"D", 1}}, 0, false, VoteOutcome::runoff, "", Names{"A", "B", "C"}},
        OptionCase{"all_tied_would_only_repeat", {{"A", 6}, {"B", 6}, {"C", 6}}, 0, false, VoteOutcome::not_passed, "", {}},
        OptionCase{"tied_runoff_fails", {{"A", 8}, {"B", 8}}, 0, true, VoteOutcome::not_passed, "", {}},
        OptionCase{"runoff_decides", {{"A", 9}, {"B", 8}}, 0, true, VoteOutcome::passed, "A", {}},
        OptionCase{"nobody_to_run_against", {{"A", 8}, {"B", 0}}, 9, false, VoteOutcome::not_passed, "", {}},
        OptionCase{"no_quorum", {{"A", 10}, {"B", 5}}, 0, false, VoteOutcome::no_quorum, "", {}}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Vote, CommitteeMajorityIsOfAllMembers)
{
    VoteRule const committee{Share::more_than_half, Share::more_than_half, true};
    EXPECT_EQ(decide_vote(committee, Tally{9, 4, 1, 0, {}})->outcome, VoteOutcome::not_passed);
    EXPECT_EQ(decide_vote(committee, Tally{9, 5, 0, 0, {}})->outcome, VoteOutcome::passed);
    EXPECT_EQ(decide_vote(committee, Tally{9, 4, 0, 0, {}})->outcome, VoteOutcome::no_quorum);
}

TEST(Vote, RefusesCountsThatDoNotAddUp)
{
    EXPECT_EQ(decide_vote(VoteRule{}, Tally{3, 2, 2, 0, {}}).error().code, RefusalCode::tally_mismatch);
    EXPECT_EQ(decide_vote(VoteRule{}, Tally{3, -1, 2, 0, {}}).error().code, RefusalCode::tally_mismatch);
    EXPECT_EQ(decide_vote(VoteRule{}, Tally{0, 0, 0, 0, {}}).error().code, RefusalCode::empty_base);
}

TEST(ReopenThreshold, IsTheSmallerOfTwentyAndTwiceTheEndorsements)
{
    EXPECT_EQ(reopen_threshold(20, 5), 10);
    EXPECT_EQ(reopen_threshold(20, 10), 20);
    EXPECT_EQ(reopen_threshold(20, 20), 20);
}
