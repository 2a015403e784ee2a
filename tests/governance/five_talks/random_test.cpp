#include "governance/five_talks/bench.hpp"

#include <algorithm>
#include <random>

/// Random command sequences: whatever is tried, in whatever order, a matter never ends where nobody can go on.
namespace {

using namespace five_talks_test;
using namespace governance::trigger;

class Dice {
public:
    explicit Dice(std::uint64_t seed) : rng_(seed) {}
    std::uint64_t below(std::uint64_t n) { return rng_() % n; }
    bool one_in(std::uint64_t n) { return below(n) == 0; }

private:
    std::mt19937_64 rng_;
};

Actor any_actor(Dice& dice)
{
    switch (dice.below(8)) {
    case 0: return author();
    case 1: return neighbour();
    case 2: return secretary();
    case 3: return member();
    case 4: return owner();
    case 5: return supervision();
    case 6: return supervisor();
    default: return Actor::timer();
    }
}

void shake(Request& request, Dice& dice)
{
    auto& facts = request.facts;
    facts.endorsing_households = static_cast<std::int64_t>(dice.below(8));
    auto const votes = static_cast<std::int64_t>(dice.below(65));
    auto const in_favour = static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(votes) + 1));
    facts.tally = Tally{64, in_favour, votes - in_favour, 0, {}};
    auto const raters = static_cast<std::int64_t>(dice.below(9));
    facts.scores = Scores{raters, 3 * raters, static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(raters) + 1))};
    facts.reopen_supporters = static_cast<std::int64_t>(dice.below(12));
    request.input.percent = dice.one_in(2) ? 100 : static_cast<int>(dice.below(110));
    auto const today = std::chrono::floor<std::chrono::days>(demo::calendar().zone.local(request.now));
    request.input.milestones = std::vector<Milestone>{{LocalDate{today + std::chrono::days{20}}, "完成"}};
    request.input.restart = LocalDate{today + std::chrono::days{9}};
    if (dice.one_in(4))
        request.input.reason.reset();
    if (dice.one_in(4))
        request.input.text = "换一个说法：夜间使用升降杆";
    for (auto const& other : {member(), supervision()})
        if (!dice.one_in(3))
            request.concurring.push_back(other);
}

void holds(workflow::Definition const& definition, Proposal const& before, Step<Proposal> const& step)
{
    auto const& after = step.opened ? *step.opened : step.after;
    auto const* state = definition.find_state(after.state);
    ASSERT_NE(state, nullptr) << after.state;
    if (!state->terminal) {
        auto const exits = std::any_of(definition.transitions.begin(), definition.transitions.end(), [&](auto const& row) {
            return row.target != after.state && std::find(row.sources.begin(), row.sources.end(), after.state) != row.sources.end();
        });
        EXPECT_TRUE(exits) << after.state;
    } else {
        EXPECT_FALSE(after.deadline);
    }
    EXPECT_EQ(after.definition_version, definition.version);
    EXPECT_GE(step.after.execution.percent, 0);
    EXPECT_LE(step.after.execution.percent, 100);
    EXPECT_LE(step.after.evaluation.failures, 2);
    EXPECT_GE(step.after.rounds.size(), before.rounds.size()) << "votes are never taken away";
    EXPECT_GE(step.after.objections.size(), before.objections.size()) << "nothing is edited away";
    for (auto const& round : step.after.rounds)
        if (round.result && round.result->outcome == VoteOutcome::passed) {
            EXPECT_GT(2 * round.tally->votes_for, round.tally->participating());
        }
    for (auto const& firing : step.arm)
        EXPECT_FALSE(firing.timer.empty());
}

/// Mostly one that fits the state.
std::string some_trigger(workflow::Definition const& definition, std::string const& state, std::vector<std::string> const& triggers,
                         Dice& dice)
{
    std::vector<std::string> fitting;
    auto const source = state.empty() ? std::string(workflow::kNoState) : state;
    for (auto const& row : definition.transitions)
        if (std::find(row.sources.begin(), row.sources.end(), source) != row.sources.end())
            fitting.push_back(row.trigger);
    if (fitting.empty() || dice.one_in(6))
        return triggers[dice.below(triggers.size())];
    // Ways out are taken less often, so that the walk also comes far.
    static std::set<std::string> const detours{kWithdraw, kMerge,  kTransfer,        kReturn, kReject,
                                               kRevise,   kObject, kUpholdObjection, kStop,   kNoAction};
    auto chosen = fitting[dice.below(fitting.size())];
    while (detours.contains(chosen) && !dice.one_in(6))
        chosen = fitting[dice.below(fitting.size())];
    return chosen;
}

TEST(RandomCommands, NeverLeaveAStateWithoutExits)
{
    auto const& definition = demo::definition("five_talks");
    auto const names = five_talks_vocabulary().triggers;
    std::vector<std::string> const triggers{names.begin(), names.end()};
    std::map<std::string, int> visited;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        Dice dice(seed);
        Bench bench;
        for (int i = 0; i < 1500; ++i) {
            bench.now += std::chrono::hours{dice.below(60)};
            auto const* state = definition.find_state(bench.proposal.state);
            if (state && state->terminal && dice.one_in(8))
                bench.proposal = blank(); // not every end can be reopened
            auto request = bench.request(some_trigger(definition, bench.proposal.state, triggers, dice), any_actor(dice));
            shake(request, dice);
            auto const before = bench.proposal;
            auto const step = advance(definition, bench.proposal, request);
            if (!step) {
                EXPECT_EQ(bench.proposal, before);
                EXPECT_NE(name(step.error().code), "unknown");
                continue;
            }
            holds(definition, before, *step);
            bench.proposal = step->opened ? *step->opened : step->after;
            ++visited[bench.proposal.state];
        }
    }
    for (auto const& state : definition.states)
        EXPECT_GT(visited[state.id], 0) << "the walk never got to " << state.id;
}

} // namespace
