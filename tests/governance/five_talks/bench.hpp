#pragma once

#include "governance/demo.hpp"
#include "governance/five_talks.hpp"

#include <gtest/gtest.h>

#include <functional>

/// Proposals in any state, reached by real steps.
namespace five_talks_test {

using namespace governance;
using workflow::Actor;
using workflow::Request;
using workflow::Step;

inline Actor someone(char const* person, std::set<std::string> words, char const* household = "")
{
    Actor actor;
    actor.person = PersonId(person);
    actor.household = HouseholdId(household);
    actor.words = std::move(words);
    return actor;
}
inline Actor author()
{
    return someone("u0150", {"resident", "resident in scope"}, "HH054");
}
inline Actor neighbour()
{
    return someone("u0167", {"resident", "resident in scope"}, "HH060");
}
inline Actor secretary()
{
    return someone("s-v201", {"committee"});
}
inline Actor member()
{
    return someone("s-v202", {"committee"});
}
inline Actor owner()
{
    return someone("s-v203", {"committee"});
}
inline Actor supervision()
{
    return someone("s-v205", {"supervision"});
}
inline Actor supervisor()
{
    return someone("s-st09", {"supervisor"});
}

inline Proposal blank()
{
    Proposal proposal;
    proposal.no = RefNo(1);
    proposal.community = CommunityId("V2");
    proposal.title = "聚居点入口装升降杆";
    proposal.text = "聚居点入口装升降杆，外来车太多";
    proposal.author = PersonId("u0150");
    proposal.author_household = HouseholdId("HH054");
    proposal.scope = UnitId("G12");
    proposal.scope_kind = ScopeKind::grid;
    return proposal;
}

/// A request that fits its trigger; tests bend one thing of it.
inline Request fitting(std::string const& trigger, Actor actor, Instant now)
{
    Request request;
    request.trigger = trigger;
    request.actor = std::move(actor);
    request.now = now;
    request.surroundings.calendar = &demo::calendar();
    request.facts.muted = false;
    request.facts.scope_households = 64;
    request.facts.endorsing_households = 5;
    request.facts.community_kind = CommunityKind::village;
    request.facts.has_owners_meeting = false;
    request.facts.roll_rows = 64;
    request.facts.electorate = 64;
    request.facts.plan_owner_fits = true;
    request.facts.tally = Tally{64, 26, 11, 3, {}};
    request.facts.scores = Scores{5, 19, 4};
    request.facts.speakers = 6;
    request.facts.speakers_for_revision = 2;
    request.facts.reopen_supporters = 10;
    request.facts.target = workflow::TargetView{RefNo(2), "five_talks", "collecting", true, true, false, "", now};
    auto& input = request.input;
    input.reason = "理由说明";
    input.answer = "已在公告栏贴出并逐户通知";
    input.minutes = "多数邻居同意安装";
    input.result = "已更换配件";
    input.plan_owner = "s-v203";
    input.budget_fen = 800'000;
    input.milestones = std::vector<Milestone>{{demo::day("2026-07-28"), "装好"}};
    input.spent_fen = 760'000;
    input.pictures = 1;
    input.restart = demo::day("2026-12-01");
    input.basis = "街道批准";
    input.reason_code = "out_of_scope";
    input.merge_target = RefNo(2);
    input.transfer_target = "report";
    return request;
}

/// One proposal and its clock.
struct Bench {
    Proposal proposal = blank();
    Instant now = demo::at("2026-07-01T09:00");
    Step<Proposal> last;

    Request request(std::string const& trigger, Actor actor) const { return fitting(trigger, std::move(actor), now); }

    /// Performs; a refusal fails the test.
    Bench& take(Request const& asked)
    {
        auto step = advance(demo::definition("five_talks"), proposal, asked);
        if (!step) {
            ADD_FAILURE() << asked.trigger << " in " << proposal.state << " refused: " << name(step.error().code);
            return *this;
        }
        last = *step;
        proposal = last.after;
        return *this;
    }
    Bench& take(std::string const& trigger, Actor actor) { return take(request(trigger, std::move(actor))); }
    Bench& with(std::string const& trigger, Actor actor, Actor second)
    {
        auto asked = request(trigger, std::move(actor));
        asked.concurring = {std::move(second)};
        return take(asked);
    }
    Bench& on(char const* when)
    {
        now = demo::at(when);
        return *this;
    }
};

/// A proposal that went the usual way to `state`. The dates are those of the parking-barrier story of the demo district.
inline Bench in_state(std::string const& state)
{
    using namespace trigger;
    Bench bench;
    auto reached = [&] { return bench.proposal.state == state; };
    if (state == "draft")
        return bench.take(kDetect, author());
    bench.take(kCreate, author());
    if (state == "expired")
        return bench.on("2026-07-09T00:00").take([&] {
            auto asked = bench.request(kCollectionEnds, Actor::timer());
            asked.facts.endorsing_households = 1;
            return asked;
        }());
    if (reached())
        return bench;
    bench.take(kEndorsed, Actor::timer()).on("2026-07-02T10:00");
    if (reached())
        return bench;
    if (state == "returned")
        return bench.take(kReturn, member());
    if (state == "rejected")
        return bench.with(kReject, secretary(), member());
    bench.with(kAccept, secretary(), member());
    if (reached())
        return bench;
    bench.on("2026-07-06T10:00").take(kOpenVote, member());
    if (reached())
        return bench;
    auto close = bench.on("2026-07-12T00:00").request(kCloseVote, Actor::timer());
    if (state == "no_quorum")
        close.facts.tally = Tally{64, 30, 2, 0, {}};
    if (state == "not_passed" || state == "stopped")
        close.facts.tally = Tally{64, 20, 18, 2, {}};
    bench.take(close);
    if (reached())
        return bench;
    if (state == "stopped")
        return bench.on("2026-07-28T00:00").take(kNoAction, Actor::timer());
    if (state == "objected")
        return bench.on("2026-07-13T09:00").take(kObject, neighbour());
    bench.on("2026-07-20T09:00").take(kStart, secretary());
    if (reached())
        return bench;
    if (state == "suspended")
        return bench.take(kSuspend, secretary());
    bench.on("2026-07-28T09:00").take(kClaimCompletion, owner());
    if (reached())
        return bench;
    bench.on("2026-07-29T09:00").take(kCheckPassed, supervision());
    if (reached())
        return bench;
    auto end = bench.on("2026-08-06T00:00").request(kEvaluationEnds, Actor::timer());
    if (state == "rework")
        end.facts.scores = Scores{6, 17, 3};
    return bench.take(end);
}

} // namespace five_talks_test
