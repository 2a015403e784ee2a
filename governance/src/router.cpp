#include "governance/router.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace governance {

namespace {

template <class Value, std::size_t N>
char const* word_of(std::array<std::pair<Value, char const*>, N> const& words, Value value)
{
    auto const found = std::find_if(words.begin(), words.end(), [&](auto const& word) { return word.first == value; });
    return found == words.end() ? "" : found->second;
}

template <class Value, std::size_t N>
std::optional<Value> value_of(std::array<std::pair<Value, char const*>, N> const& words, std::string const& text)
{
    auto const found = std::find_if(words.begin(), words.end(), [&](auto const& word) { return text == word.second; });
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

using Mode = ResolutionMode;
constexpr std::array<std::pair<Mode, char const*>, 10> kModes{{{Mode::committee_decision, "committee_decision"},
                                                               {Mode::consensus_multi_party, "consensus_multi_party"},
                                                               {Mode::household_vote, "household_vote"},
                                                               {Mode::residents_representatives, "residents_representatives"},
                                                               {Mode::residents_assembly, "residents_assembly"},
                                                               {Mode::villagers_representatives, "villagers_representatives"},
                                                               {Mode::villagers_assembly, "villagers_assembly"},
                                                               {Mode::villager_group, "villager_group"},
                                                               {Mode::owners_meeting, "owners_meeting"},
                                                               {Mode::collective_assembly, "collective_assembly"}}};
constexpr std::array<std::pair<MatterClass, char const*>, 10> kClasses{{{MatterClass::everyday, "everyday"},
                                                                        {MatterClass::committee_report, "committee_report"},
                                                                        {MatterClass::charter, "charter"},
                                                                        {MatterClass::village_works, "village_works"},
                                                                        {MatterClass::important_interest, "important_interest"},
                                                                        {MatterClass::group_affairs, "group_affairs"},
                                                                        {MatterClass::collective_economy, "collective_economy"},
                                                                        {MatterClass::common_parts, "common_parts"},
                                                                        {MatterClass::flat_to_shop, "flat_to_shop"},
                                                                        {MatterClass::urgent_common_repair, "urgent_common_repair"}}};
constexpr std::array<std::pair<CostClass, char const*>, 3> kCosts{
    {{CostClass::none, "none"}, {CostClass::in_budget, "in_budget"}, {CostClass::apportioned, "apportioned"}}};
constexpr std::array<std::pair<RefusedTopic, char const*>, 4> kTopics{{{RefusedTopic::guilt_or_expulsion, "guilt_or_expulsion"},
                                                                       {RefusedTopic::benefit_exclusion, "benefit_exclusion"},
                                                                       {RefusedTopic::private_data, "private_data"},
                                                                       {RefusedTopic::fine, "fine"}}};

using Modes = std::vector<Mode>;

Modes assembly(CommunityKind kind)
{
    return kind == CommunityKind::village ? Modes{Mode::villagers_assembly} : Modes{Mode::residents_assembly};
}

Modes representatives_first(CommunityKind kind)
{
    return kind == CommunityKind::village ? Modes{Mode::villagers_representatives, Mode::villagers_assembly}
                                          : Modes{Mode::residents_representatives, Mode::residents_assembly};
}

/// What a resident's proposal is until somebody says otherwise: the class follows from money, land and common parts.
Modes everyday(RouterQuestion const& question)
{
    if (question.land_touched)
        return {question.community == CommunityKind::village ? Mode::collective_assembly : Mode::residents_assembly};
    if (question.common_parts_touched && question.has_owners_meeting)
        return {Mode::owners_meeting};
    if (question.cost == CostClass::apportioned || question.private_property_touched) {
        // Who pays or whose property is touched must agree; a few named parties may sign, otherwise a legal body decides.
        auto modes = representatives_first(question.community);
        modes.push_back(Mode::consensus_multi_party);
        return modes;
    }
    Modes modes;
    if (!question.has_owners_meeting)
        modes.push_back(Mode::household_vote);
    modes.insert(modes.end(), {Mode::committee_decision, Mode::consensus_multi_party});
    for (auto mode : representatives_first(question.community))
        modes.push_back(mode);
    if (question.has_owners_meeting)
        modes.push_back(Mode::owners_meeting);
    return modes;
}

Modes by_class(RouterQuestion const& question)
{
    bool const village = question.community == CommunityKind::village;
    switch (question.matter_class) {
    case MatterClass::everyday: return everyday(question);
    case MatterClass::charter:
        return village ? assembly(question.community) : Modes{Mode::residents_assembly, Mode::residents_representatives};
    case MatterClass::committee_report:
        return village ? Modes{Mode::villagers_assembly, Mode::villagers_representatives}
                       : Modes{Mode::residents_assembly, Mode::residents_representatives};
    case MatterClass::village_works:
        return village ? Modes{Mode::villagers_assembly, Mode::villagers_representatives} : representatives_first(question.community);
    case MatterClass::important_interest: {
        auto modes = representatives_first(question.community);
        std::reverse(modes.begin(), modes.end());
        return modes;
    }
    case MatterClass::group_affairs: return village ? Modes{Mode::villager_group} : representatives_first(question.community);
    case MatterClass::collective_economy: return {Mode::collective_assembly};
    case MatterClass::common_parts: return {Mode::owners_meeting};
    case MatterClass::flat_to_shop: return {Mode::consensus_multi_party}; // every interested owner signs: not a majority vote
    case MatterClass::urgent_common_repair: return {Mode::owners_meeting};
    }
    return {};
}

} // namespace

char const* name(ResolutionMode mode)
{
    return word_of(kModes, mode);
}
std::optional<ResolutionMode> parse_resolution_mode(std::string const& text)
{
    return value_of(kModes, text);
}
char const* name(MatterClass matter_class)
{
    return word_of(kClasses, matter_class);
}
std::optional<MatterClass> parse_matter_class(std::string const& text)
{
    return value_of(kClasses, text);
}
char const* name(CostClass cost)
{
    return word_of(kCosts, cost);
}
std::optional<CostClass> parse_cost_class(std::string const& text)
{
    return value_of(kCosts, text);
}
char const* name(RefusedTopic topic)
{
    return word_of(kTopics, topic);
}
std::optional<RefusedTopic> parse_refused_topic(std::string const& text)
{
    return value_of(kTopics, text);
}

result<std::vector<ResolutionMode>> allowed_modes(RouterQuestion const& question)
{
    if (question.refused_topic)
        return Refusal{RefusalCode::refused_topic, {{"topic", name(*question.refused_topic)}}};
    return by_class(question);
}

bool is_built(ResolutionMode mode)
{
    return mode == Mode::household_vote || mode == Mode::committee_decision || mode == Mode::consensus_multi_party;
}

char const* contact_for(ResolutionMode mode)
{
    switch (mode) {
    case Mode::owners_meeting: return "owners_committee";
    case Mode::collective_assembly: return "party_branch";
    default: return "committee";
    }
}

bool is_advisory(ResolutionMode mode)
{
    return mode == Mode::household_vote;
}

} // namespace governance
