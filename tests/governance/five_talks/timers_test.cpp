#include "governance/five_talks/bench.hpp"

#include <algorithm>

/// What the clock does to a proposal: reminders, extensions, escalations, ends.
namespace {

using namespace five_talks_test;
using namespace governance::trigger;

std::map<std::pair<std::string, int>, std::string> armed(Step<Proposal> const& step)
{
    std::map<std::pair<std::string, int>, std::string> all;
    for (auto const& firing : step.arm)
        all[{firing.timer, firing.percent}] = demo::text(firing.due);
    return all;
}

result<Step<Proposal>> fires(Bench& bench, std::string const& timer, int percent, char const* when, std::function<void(Request&)> bend = {})
{
    bench.on(when);
    auto request = bench.request("", Actor::timer());
    if (bend)
        bend(request);
    auto step = fire(demo::definition("five_talks"), bench.proposal, timer, percent, request);
    if (step)
        bench.proposal = step->after;
    return step;
}

TEST(Timers, ScreeningRemindsAndEscalatesButNeverRejects)
{
    auto bench = in_state("collecting");
    bench.take(kEndorsed, Actor::timer());
    auto const due = armed(bench.last);
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-08T17:30:00");
    EXPECT_EQ(due.at({"screening", 100}), "2026-07-08T17:30:00");
    EXPECT_EQ(due.at({"screening", 50}), "2026-07-06T08:45:00") << "half of the 41.5 office hours that were left";
    EXPECT_EQ(due.size(), 3U);
    EXPECT_EQ(bench.last.cancel, std::vector<std::string>{"collect"});

    auto reminded = fires(bench, "screening", 50, "2026-07-06T08:45");
    ASSERT_TRUE(reminded);
    EXPECT_FALSE(reminded->moved);
    ASSERT_EQ(reminded->notices.size(), 1U);
    EXPECT_EQ(reminded->notices[0].id, "N-B05");
    EXPECT_EQ(reminded->notices[0].parameters.at("actors"), "committee");
    EXPECT_TRUE(reminded->told.empty());

    auto silent = fires(bench, "screening", 100, "2026-07-08T17:30");
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->after.state, "screening");
    EXPECT_EQ(silent->told, "street");
    EXPECT_TRUE(bench.proposal.flags.overdue && bench.proposal.flags.escalated);
    bench.with(kAccept, secretary(), member());
    EXPECT_FALSE(bench.proposal.flags.overdue || bench.proposal.flags.escalated);
}

TEST(Timers, CollectionIsExtendedOnceFromHalf)
{
    auto bench = in_state("collecting");
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-09T00:00:00");
    auto three = [](Request& request) { request.facts.endorsing_households = 3; };
    auto extended = fires(bench, "collect", 100, "2026-07-09T00:00", three);
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->transition, "extend_collection");
    EXPECT_FALSE(extended->moved);
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-16T00:00:00");
    EXPECT_EQ(armed(*extended).at({"collect", 100}), "2026-07-16T00:00:00");
    auto ended = fires(bench, "collect", 100, "2026-07-16T00:00", three);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->transition, "five_talks.5");
    EXPECT_EQ(bench.proposal.state, "expired");
    EXPECT_EQ(ended->notices[0].parameters.at("have"), "3");
    EXPECT_EQ(ended->notices[0].parameters.at("needed"), "5");
}

TEST(Timers, CollectionBelowHalfEndsAtOnce)
{
    auto bench = in_state("collecting");
    auto ended = fires(bench, "collect", 100, "2026-07-09T00:00", [](Request& request) { request.facts.endorsing_households = 2; });
    EXPECT_EQ(ended->transition, "five_talks.5");
}

TEST(Timers, ADraftIsDroppedSilently)
{
    auto bench = in_state("draft");
    auto dropped = fires(bench, "draft", 100, "2026-07-02T09:00");
    ASSERT_TRUE(dropped);
    ASSERT_EQ(dropped->follow_ups.size(), 1U);
    EXPECT_EQ(dropped->follow_ups[0].kind, workflow::FollowUp::Kind::drop_draft);
    EXPECT_TRUE(dropped->notices.empty());
}

TEST(Timers, VotersAreRemindedOnceAtFourFifthsOfTheWindow)
{
    auto bench = in_state("deliberating");
    bench.on("2026-07-06T10:00").take(kOpenVote, member());
    auto const due = armed(bench.last);
    EXPECT_EQ(due.at({"voting", 100}), "2026-07-12T00:00:00");
    EXPECT_EQ(due.at({"voting", 80}), "2026-07-10T21:12:00") << "80 % of 134 hours";
    EXPECT_EQ(due.size(), 2U);
    auto reminded = fires(bench, "voting", 80, "2026-07-10T21:12");
    ASSERT_EQ(reminded->notices.size(), 1U);
    EXPECT_EQ(reminded->notices[0].id, "N-V02");
    EXPECT_EQ(reminded->notices[0].audiences, std::vector<std::string>{"voters_pending"});
    auto closed = fires(bench, "voting", 100, "2026-07-12T00:00");
    EXPECT_EQ(closed->transition, "five_talks.18");
}

TEST(Timers, AFiringOfAStateThatWasLeftDoesNothing)
{
    auto bench = in_state("screening");
    auto nothing = fires(bench, "collect", 100, "2026-07-09T00:00");
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->transition.empty());
    EXPECT_EQ(nothing->after, bench.proposal);
    auto unknown = fires(bench, "no such timer", 100, "2026-07-09T00:00");
    EXPECT_TRUE(unknown->transition.empty());
}

TEST(Timers, ObjectionWindowAndDisplayRunOnThroughAnObjection)
{
    auto bench = in_state("publicity");
    auto const published = *bench.proposal.publication;
    EXPECT_EQ(demo::text(published.objection_until), "2026-07-20T00:00:00");
    EXPECT_EQ(demo::text(published.display_until), "2026-07-28T00:00:00");
    bench.on("2026-07-13T09:00").take(kObject, neighbour());
    EXPECT_TRUE(bench.proposal.flags.frozen);
    EXPECT_EQ(bench.last.cancel, std::vector<std::string>{"objection_window"}) << "the display goes on";
    bench.on("2026-07-14T09:00").with(kDismissObjection, member(), supervision());
    EXPECT_EQ(*bench.proposal.publication, published) << "an objection dismissed does not start the window again";
    EXPECT_EQ(armed(bench.last).at({"objection_window", 100}), "2026-07-20T00:00:00");
    EXPECT_FALSE(bench.proposal.flags.frozen);
}

TEST(Timers, AnObjectionUpheldTakesTheDisplayDown)
{
    auto bench = in_state("objected");
    bench.take(kUpholdObjection, member());
    EXPECT_FALSE(bench.proposal.publication);
    EXPECT_TRUE(bench.proposal.objections.back().upheld);
    auto const& cancelled = bench.last.cancel;
    EXPECT_NE(std::find(cancelled.begin(), cancelled.end(), "display"), cancelled.end());
}

TEST(Timers, ProgressIsAskedForMonthlyAgainAfterEachReport)
{
    auto bench = in_state("executing");
    EXPECT_EQ(armed(bench.last).at({"progress", 100}), "2026-08-21T00:00:00");
    EXPECT_EQ(armed(bench.last).at({"plan_date", 100}), "2026-07-29T00:00:00");
    auto report = bench.on("2026-07-24T09:00").request(kProgress, owner());
    report.input.percent = 60;
    bench.take(report);
    EXPECT_EQ(armed(bench.last), (std::map<std::pair<std::string, int>, std::string>{{{"progress", 100}, "2026-08-25T00:00:00"}}));
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-29T00:00:00") << "progress does not move the plan's date";
    auto overdue = fires(bench, "plan_date", 100, "2026-07-29T00:00");
    EXPECT_TRUE(overdue->after.flags.overdue);
    EXPECT_EQ(overdue->notices[0].id, "N-E05");
    auto asked = fires(bench, "progress", 100, "2026-08-25T00:00");
    EXPECT_EQ(armed(*asked).at({"progress", 100}), "2026-09-26T00:00:00");
}

TEST(Timers, ASuspensionIsReviewedEveryThirtyDays)
{
    auto bench = in_state("suspended");
    EXPECT_EQ(armed(bench.last).at({"suspended_review", 100}), "2026-08-20T00:00:00");
    auto review = fires(bench, "suspended_review", 100, "2026-08-20T00:00");
    EXPECT_EQ(armed(*review).at({"suspended_review", 100}), "2026-09-20T00:00:00");
    EXPECT_EQ(review->notices[0].id, "N-B05");
}

TEST(Timers, RunOffThenATiedRunOffGoesBackToDeliberation)
{
    auto bench = in_state("deliberating");
    auto open = bench.on("2026-07-06T10:00").request(kOpenVote, member());
    open.input.options = {"东门", "西门", "北门"};
    bench.take(open);
    auto first = fires(bench, "voting", 100, "2026-07-12T00:00", [](Request& request) {
        request.facts.tally = Tally{64, 0, 0, 1, {{"东门", 15}, {"西门", 14}, {"北门", 8}}};
    });
    ASSERT_TRUE(first);
    EXPECT_EQ(first->transition, "run_off");
    EXPECT_EQ(bench.proposal.state, "voting");
    ASSERT_EQ(bench.proposal.rounds.size(), 2U);
    EXPECT_EQ(bench.proposal.rounds[1].options, (std::vector<std::string>{"东门", "西门"}));
    EXPECT_TRUE(bench.proposal.rounds[1].is_runoff);
    EXPECT_EQ(armed(*first).at({"voting", 100}), "2026-07-18T00:00:00");
    EXPECT_EQ(demo::text(*bench.proposal.deadline), "2026-07-18T00:00:00");
    auto second = fires(bench, "voting", 100, "2026-07-18T00:00", [](Request& request) {
        request.facts.tally = Tally{64, 0, 0, 0, {{"东门", 20}, {"西门", 20}}};
    });
    ASSERT_TRUE(second);
    EXPECT_EQ(second->transition, "five_talks.19");
    bench.take(kDeliberateAgain, member());
    EXPECT_EQ(bench.proposal.state, "deliberating");
}

TEST(Timers, AnExtensionKeepsTheRoundAndCountsOnce)
{
    auto bench = in_state("no_quorum");
    bench.take(kExtendVote, member());
    ASSERT_EQ(bench.proposal.rounds.size(), 1U);
    EXPECT_TRUE(bench.proposal.rounds[0].extended);
    EXPECT_FALSE(bench.proposal.rounds[0].closed_at);
    EXPECT_EQ(armed(bench.last).at({"voting", 100}), "2026-07-20T00:00:00");
    EXPECT_EQ(bench.last.follow_ups[0].kind, workflow::FollowUp::Kind::keep_ballots);
    auto again = fires(bench, "voting", 100, "2026-07-20T00:00", [](Request& request) { request.facts.tally = Tally{64, 30, 0, 0, {}}; });
    EXPECT_EQ(again->transition, "five_talks.20");
    auto refused = advance(demo::definition("five_talks"), bench.proposal, bench.request(kExtendVote, member()));
    EXPECT_EQ(refused.error().code, RefusalCode::extension_used);
}

TEST(Timers, TheSecondFailureGoesToTheSupervisor)
{
    auto bench = in_state("rework");
    EXPECT_EQ(bench.proposal.evaluation.failures, 1);
    bench.take(kReworkDone, member());
    EXPECT_EQ(bench.proposal.evaluation.round, 2);
    auto failed = fires(bench, "evaluation", 100, "2026-08-14T00:00", [](Request& request) { request.facts.scores = Scores{6, 12, 2}; });
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->transition, "five_talks.36");
    EXPECT_EQ(failed->told, "supervisor");
    EXPECT_TRUE(bench.proposal.flags.supervised);
    bench.take(kSecondFailure, supervisor());
    EXPECT_EQ(bench.proposal.state, "closed");
    EXPECT_EQ(bench.proposal.evaluation.closing, ClosingResult::unsatisfied);
}

TEST(Timers, TooFewRatingsCloseWithoutAScore)
{
    auto bench = in_state("evaluating");
    auto closed = fires(bench, "evaluation", 100, "2026-08-06T00:00", [](Request& request) { request.facts.scores = Scores{2, 10, 2}; });
    EXPECT_EQ(closed->transition, "five_talks.35");
    EXPECT_EQ(bench.proposal.evaluation.closing, ClosingResult::not_enough_ratings);
    EXPECT_TRUE(closed->follow_ups.empty()) << "no points without a result";
}

TEST(Timers, AFurtherObjectionIsHeardWhileOneIsOpen)
{
    auto bench = in_state("objected");
    bench.take(kObject, author());
    EXPECT_EQ(bench.proposal.state, "objected");
    EXPECT_EQ(bench.last.transition, "further_objection");
    ASSERT_EQ(bench.proposal.objections.size(), 2U);
    bench.with(kDismissObjection, member(), supervision());
    for (auto const& objection : bench.proposal.objections)
        EXPECT_TRUE(objection.answered_at && !objection.upheld);
}

} // namespace
