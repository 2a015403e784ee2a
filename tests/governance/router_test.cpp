#include "governance/router.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace {

using namespace governance;
using Mode = ResolutionMode;

struct RouteCase {
    char const* name;
    RouterQuestion question;
    Mode first;
    std::vector<Mode> also;
    std::vector<Mode> never;
};
class Router : public testing::TestWithParam<RouteCase> {};

RouterQuestion about(CommunityKind kind, MatterClass matter_class, std::function<void(RouterQuestion&)> const& bend = {})
{
    RouterQuestion question;
    question.community = kind;
    question.matter_class = matter_class;
    if (bend)
        bend(question);
    return question;
}

TEST_P(Router, NamesTheBodies)
{
    auto const modes = allowed_modes(GetParam().question);
    ASSERT_TRUE(modes);
    EXPECT_EQ(name(modes->front()), std::string(name(GetParam().first)));
    auto allows = [&](Mode mode) { return std::find(modes->begin(), modes->end(), mode) != modes->end(); };
    for (auto const mode : GetParam().also)
        EXPECT_TRUE(allows(mode)) << name(mode);
    for (auto const mode : GetParam().never)
        EXPECT_FALSE(allows(mode)) << name(mode);
}

constexpr auto kVillage = CommunityKind::village;
constexpr auto kUrban = CommunityKind::urban_community;
INSTANTIATE_TEST_SUITE_P(
    Table, Router,
    testing::Values(RouteCase{"everyday_village",
                              about(kVillage, MatterClass::everyday),
                              Mode::household_vote,
                              {Mode::committee_decision, Mode::consensus_multi_party, Mode::villagers_assembly},
                              {Mode::owners_meeting}},
                    RouteCase{"owners_meeting_there",
                              about(kUrban, MatterClass::everyday, [](auto& q) { q.has_owners_meeting = true; }),
                              Mode::committee_decision,
                              {Mode::owners_meeting},
                              {Mode::household_vote}},
                    RouteCase{"common_parts", about(kUrban, MatterClass::common_parts), Mode::owners_meeting, {}, {Mode::household_vote}},
                    RouteCase{"money_raised",
                              about(kVillage, MatterClass::everyday, [](auto& q) { q.cost = CostClass::apportioned; }),
                              Mode::villagers_representatives,
                              {Mode::consensus_multi_party},
                              {Mode::household_vote, Mode::committee_decision}},
                    RouteCase{"property_touched",
                              about(kUrban, MatterClass::everyday, [](auto& q) { q.private_property_touched = true; }),
                              Mode::residents_representatives,
                              {},
                              {Mode::committee_decision}},
                    RouteCase{"land_touched",
                              about(kVillage, MatterClass::everyday, [](auto& q) { q.land_touched = true; }),
                              Mode::collective_assembly,
                              {},
                              {Mode::villagers_assembly}},
                    RouteCase{"village_charter_not_delegable",
                              about(kVillage, MatterClass::charter),
                              Mode::villagers_assembly,
                              {},
                              {Mode::villagers_representatives}},
                    RouteCase{"residents_pact_delegable",
                              about(kUrban, MatterClass::charter),
                              Mode::residents_assembly,
                              {Mode::residents_representatives},
                              {}},
                    RouteCase{"village_works",
                              about(kVillage, MatterClass::village_works),
                              Mode::villagers_assembly,
                              {Mode::villagers_representatives},
                              {Mode::household_vote}},
                    RouteCase{"group_affairs", about(kVillage, MatterClass::group_affairs), Mode::villager_group, {}, {}},
                    RouteCase{"collective_economy",
                              about(kVillage, MatterClass::collective_economy),
                              Mode::collective_assembly,
                              {},
                              {Mode::villagers_assembly}},
                    RouteCase{
                        "flat_to_shop", about(kUrban, MatterClass::flat_to_shop), Mode::consensus_multi_party, {}, {Mode::owners_meeting}}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(RouterLimits, OpenNoVoteAboutPeople)
{
    for (auto const topic :
         {RefusedTopic::guilt_or_expulsion, RefusedTopic::benefit_exclusion, RefusedTopic::private_data, RefusedTopic::fine}) {
        auto question = about(kVillage, MatterClass::everyday);
        question.refused_topic = topic;
        EXPECT_EQ(allowed_modes(question).error(), (Refusal{RefusalCode::refused_topic, {{"topic", name(topic)}}}));
        EXPECT_EQ(parse_refused_topic(name(topic)), topic);
    }
}

TEST(RouterWords, ReadBack)
{
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(parse_resolution_mode(name(static_cast<Mode>(i))), static_cast<Mode>(i));
        EXPECT_EQ(parse_matter_class(name(static_cast<MatterClass>(i))), static_cast<MatterClass>(i));
    }
    EXPECT_EQ(parse_resolution_mode("by_lot"), std::nullopt);
    EXPECT_EQ(parse_cost_class("apportioned"), CostClass::apportioned);
}

} // namespace
