#include "governance/five_talks/refusals.hpp"

#include <algorithm>

/// One refused attempt for each guard of five_talks, and for what the engine itself refuses.
namespace {

using namespace five_talks_test;

class Refusals : public testing::TestWithParam<Refused> {};

TEST_P(Refusals, AreRefused)
{
    auto const& row = GetParam();
    auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    row.bend(request, bench.proposal);
    auto const step = advance(demo::definition("five_talks"), bench.proposal, request);
    ASSERT_FALSE(step) << step->transition;
    EXPECT_EQ(name(step.error().code), name(row.code));
    for (auto const& [key, value] : row.details)
        EXPECT_EQ(step.error().details.at(key), value) << key;
}

TEST(RefusedFacts, AMissingFactIsAFaultOfTheCaller)
{
    auto bench = in_state("collecting");
    auto request = bench.request(kEndorsed, Actor::timer());
    request.facts.endorsing_households.reset();
    EXPECT_THROW((void)advance(demo::definition("five_talks"), bench.proposal, request), std::logic_error);
}

TEST(RefusedFacts, AMatterStaysOnItsVersion)
{
    auto bench = in_state("collecting");
    auto newer = demo::definition("five_talks");
    newer.version = 2;
    EXPECT_THROW((void)advance(newer, bench.proposal, bench.request(kEndorsed, Actor::timer())), std::logic_error);
}

std::vector<Refused> everything()
{
    std::vector<Refused> all;
    for (auto const& part : {collecting(), review(), vote(), publicity(), execution()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

INSTANTIATE_TEST_SUITE_P(Table, Refusals, testing::ValuesIn(everything()), [](auto const& tc) { return std::string(tc.param.name); });

result<Step<Proposal>> attempt(Refused const& row, workflow::Definition const& definition)
{
    auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    row.bend(request, bench.proposal);
    return advance(definition, bench.proposal, request);
}

void drop(std::vector<workflow::Call>& guards, std::string const& name)
{
    std::erase_if(guards, [&](workflow::Call const& guard) { return guard.name == name; });
}

TEST(PartyStudy, IsAskedForTheBodiesThatTheDefinitionNames)
{
    auto definition = demo::definition("five_talks");
    for (auto& row : definition.transitions)
        for (auto& guard : row.guards)
            if (guard.name == "party_study")
                guard.params["modes"] = std::vector<std::string>{"household_vote"};
    auto bench = in_state("screening");
    auto request = bench.request(kAccept, secretary());
    request.concurring = {member()};
    EXPECT_EQ(advance(definition, bench.proposal, request).error().code, RefusalCode::party_study_missing);
    request.input.party_study = "支部研究纪要 2026-3";
    auto const accepted = advance(definition, bench.proposal, request);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->after.review.party_study, "支部研究纪要 2026-3");
}

/// Takes each guard out of the definition: some row of the table must notice.
TEST(RefusedGuards, EachIsRefusedSomewhereInTheTable)
{
    auto const& whole = demo::definition("five_talks");
    std::set<std::string> names;
    for (auto const& row : whole.transitions)
        for (auto const& guard : row.guards)
            names.insert(guard.name);
    // These tell the candidates of one trigger apart: transitions_test and timers_test take every side of them.
    // party_study asks about bodies that are not built yet: PartyStudy below.
    for (auto const* elsewhere : {"outcome_is", "evaluation_is", "party_study"})
        EXPECT_EQ(names.erase(elsewhere), 1U);
    EXPECT_GT(names.size(), 35U);
    for (auto const& name : names) {
        auto without = whole;
        for (auto& row : without.transitions)
            drop(row.guards, name);
        auto const table = everything();
        EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](Refused const& row) {
            try {
                auto const step = attempt(row, without);
                return step.has_value() || step.error() != attempt(row, whole).error();
            } catch (std::exception const&) {
                return true; // an effect met what the guard would have kept away
            }
        })) << name;
    }
}

} // namespace
