#include "governance/five_talks/bench.hpp"

/// The parking barrier of the demo district, as data/demo/README.md walks through it.
namespace {

using namespace five_talks_test;
using namespace governance::trigger;

TEST(ParkingBarrier, IsWalkedThrough)
{
    Bench bench;
    bench.take(kCreate, author());
    EXPECT_EQ(bench.proposal.endorse_needed, 5);
    EXPECT_EQ(bench.last.notices[0].parameters.at("have"), "1");

    EXPECT_TRUE(decide_endorsement(bench.proposal, {}));
    Endorsing again;
    again.household_endorsed = true;
    EXPECT_EQ(decide_endorsement(bench.proposal, again).error().code, RefusalCode::household_endorsed_already);
    bench.take(kEndorsed, Actor::timer());
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-08T17:30:00");

    bench.on("2026-07-02T10:00");
    auto accept = bench.request(kAccept, secretary());
    accept.input.mode = ResolutionMode::household_vote;
    accept.input.scope = UnitId("G12");
    accept.input.scope_kind = ScopeKind::grid;
    accept.input.scope_households = 64;
    accept.input.cost = CostClass::in_budget;
    EXPECT_EQ(advance(demo::definition("five_talks"), bench.proposal, accept).error().code, RefusalCode::needs_second_person);
    accept.concurring = {member()};
    bench.take(accept);
    EXPECT_EQ(bench.proposal.review.decided_by, (std::vector<PersonId>{PersonId("s-v201"), PersonId("s-v202")}));
    EXPECT_TRUE(decide_comment(bench.proposal, true, "我没车，装了对我没用"));

    bench.on("2026-07-06T10:00");
    auto open = bench.request(kOpenVote, member());
    open.input.days = 5;
    bench.take(open);
    auto const& round = bench.proposal.rounds.back();
    EXPECT_EQ(round.question, "是否同意：聚居点入口装升降杆");
    EXPECT_EQ(demo::text(round.closes_at), "2026-07-12T00:00:00");
    EXPECT_EQ(round.eligible, 64);
    EXPECT_EQ(bench.last.follow_ups[0].kind, workflow::FollowUp::Kind::freeze_electorate);

    bench.on("2026-07-12T00:00").take(kCloseVote, Actor::timer());
    EXPECT_EQ(bench.proposal.state, "publicity");
    EXPECT_EQ(bench.proposal.rounds.back().result->quorum_needed, 33);
    EXPECT_EQ(bench.proposal.rounds.back().result->votes_needed, 21);

    bench.on("2026-07-13T09:00").take(kObject, neighbour());
    bench.on("2026-07-14T09:00").with(kDismissObjection, member(), supervision());
    bench.on("2026-07-20T09:00").take(kStart, secretary());
    auto progress = bench.on("2026-07-24T09:00").request(kProgress, owner());
    progress.input.percent = 60;
    bench.take(progress);
    bench.on("2026-07-28T09:00").take(kClaimCompletion, owner());
    EXPECT_EQ(bench.proposal.execution.percent, 100);
    bench.on("2026-07-29T09:00").take(kCheckPassed, supervision());
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-08-06T00:00:00");
    Rating rating;
    rating.score = 5;
    EXPECT_TRUE(decide_rating(bench.proposal, rating));
    rating.household_rated = true;
    EXPECT_EQ(decide_rating(bench.proposal, rating).error().code, RefusalCode::household_rated_already);
    bench.on("2026-08-06T00:00").take(kEvaluationEnds, Actor::timer());
    EXPECT_EQ(bench.proposal.state, "closed");
    EXPECT_EQ(bench.proposal.evaluation.closing, ClosingResult::satisfied);
    ASSERT_EQ(bench.last.follow_ups.size(), 1U);
    EXPECT_EQ(bench.last.follow_ups[0].target_kind, "HA-02");
}

TEST(Reopening, OpensANewNumberLinkedToTheOld)
{
    auto bench = in_state("rejected");
    bench.on("2026-07-20T09:00");
    auto const before = bench.proposal;
    bench.take(kReopen, neighbour());
    ASSERT_TRUE(bench.last.opened);
    auto const& fresh = *bench.last.opened;
    EXPECT_TRUE(fresh.no.empty());
    EXPECT_EQ(fresh.state, "collecting");
    EXPECT_TRUE(fresh.review.second_review) << "forces a second review with the supervision committee present";
    EXPECT_EQ(fresh.links, (std::vector<MatterLink>{{LinkKind::reopened_from, RefNo(1)}}));
    EXPECT_EQ(demo::text(*fresh.deadline), "2026-07-28T00:00:00");
    EXPECT_EQ(bench.proposal.state, "rejected") << "the old number stays as it ended";
    EXPECT_EQ(bench.proposal.state_since, before.state_since);
    EXPECT_EQ(bench.proposal.links.back().kind, LinkKind::reopened_as);
    EXPECT_EQ(bench.last.follow_ups[0].kind, workflow::FollowUp::Kind::take_over_supporters);
}

TEST(Reopening, AfterAYearNeedsNoSupport)
{
    auto bench = in_state("rejected");
    auto request = bench.on("2027-07-03T00:00").request(kReopen, neighbour());
    request.facts.reopen_supporters = 1;
    EXPECT_TRUE(advance(demo::definition("five_talks"), bench.proposal, request));
    request.now = demo::at("2027-07-02T23:59");
    EXPECT_FALSE(advance(demo::definition("five_talks"), bench.proposal, request));
}

TEST(Reopening, NamesTheHouseholdsNeeded)
{
    auto const bench = in_state("rejected");
    EXPECT_EQ(reopen_threshold(demo::definition("five_talks"), bench.proposal), 10);
    EXPECT_EQ(bench.last.notices[0].parameters.at("reopen_needed"), "10");
}

TEST(SecondReview, NeedsTwoMembersAndASupervisionMember)
{
    auto bench = in_state("screening");
    bench.proposal.review.second_review = true;
    auto request = bench.request(kAccept, secretary());
    request.concurring = {member()};
    EXPECT_EQ(advance(demo::definition("five_talks"), bench.proposal, request).error().details.at("roles"), "supervision");
    request.concurring.push_back(supervision());
    EXPECT_TRUE(advance(demo::definition("five_talks"), bench.proposal, request));
}

TEST(Safety, ACommitteeMemberMayPresentIt)
{
    auto bench = in_state("collecting");
    bench.proposal.safety = true;
    bench.take(kFastTrack, member());
    EXPECT_EQ(bench.proposal.state, "screening");
}

TEST(Safety, AnEmergencyMeasureNeedNotWait)
{
    auto bench = in_state("publicity");
    bench.proposal.safety = true;
    auto request = bench.request(kStart, secretary());
    request.input.emergency = "外墙随时会掉落";
    EXPECT_TRUE(advance(demo::definition("five_talks"), bench.proposal, request));
}

TEST(Consensus, ADecliningPartyMayStillSign)
{
    auto bench = in_state("deliberating");
    bench.proposal.review.mode = ResolutionMode::consensus_multi_party;
    bench.proposal.review.parties = {"物业", "3号楼"};
    auto const once = sign(bench.proposal, "物业", false);
    ASSERT_TRUE(once);
    EXPECT_EQ(once->deliberation.declined_by, std::vector<std::string>{"物业"});
    auto const changed = sign(*once, "物业", true);
    EXPECT_EQ(changed->deliberation.signed_by, std::vector<std::string>{"物业"});
    EXPECT_TRUE(changed->deliberation.declined_by.empty());
    EXPECT_EQ(sign(bench.proposal, "路人", true).error().code, RefusalCode::not_a_party);
}

struct WordCase {
    char const* word;
    char const* state;
    char const* trigger;
};

TEST(Words, MeanWhatTheStateMakesOfThem)
{
    for (auto const& [word, state, meant] :
         {WordCase{"publish", "deliberating", kPublishConsensus}, WordCase{"publish", "voting", kCloseVote},
          WordCase{"publish", "objected", kDismissObjection}, WordCase{"deliberate", "objected", kUpholdObjection},
          WordCase{"deliberate", "not_passed", kDeliberateAgain}, WordCase{"execute", "publicity", kStart},
          WordCase{"execute", "suspended", kResume}, WordCase{"execute", "checking", kCheckFailed},
          WordCase{"evaluate", "checking", kCheckPassed}, WordCase{"evaluate", "rework", kReworkDone},
          WordCase{"vote", "screening", kOpenVote}, WordCase{"close", "rework", kSecondFailure},
          WordCase{"review", "collecting", kFastTrack}})
        EXPECT_EQ(trigger_of_stage(word, state), meant) << word << " in " << state;
    EXPECT_EQ(trigger_of_stage("dance", "voting"), std::nullopt);
    EXPECT_EQ(trigger_of_review("return", "deliberating"), kRevise);
    EXPECT_EQ(trigger_of_review("return", "screening"), kReturn);
}

} // namespace
