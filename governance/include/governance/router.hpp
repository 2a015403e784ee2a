#pragma once

#include "governance/result.hpp"

#include <optional>
#include <string>
#include <vector>

/// matter_router: which body may decide what. Source: domain.md 5.1, 4.3.
namespace governance {

enum class ResolutionMode {
    committee_decision,
    consensus_multi_party,
    household_vote,
    residents_representatives,
    residents_assembly,
    villagers_representatives,
    villagers_assembly,
    villager_group,
    owners_meeting,
    collective_assembly,
};
[[nodiscard]] char const* name(ResolutionMode mode);
[[nodiscard]] std::optional<ResolutionMode> parse_resolution_mode(std::string const& text);

enum class CommunityKind { urban_community, village };

/// Classes of 5.1. `everyday` is what a resident's proposal is until somebody says otherwise: common space or small works.
enum class MatterClass {
    everyday,
    committee_report,   ///< annual report of the committee, evaluation of members
    charter,            ///< self-government charter, village rules, residents' pact
    village_works,      ///< planning, missed-work allowances, money of the collective, fund raising, targeted help
    important_interest, ///< other important interests of all
    group_affairs,      ///< of a villagers' group
    collective_economy, ///< land, homesteads, compensation, membership, profit
    common_parts,       ///< common parts, property company, maintenance fund, management pact
    flat_to_shop,       ///< consent of all interested owners
    urgent_common_repair,
};
[[nodiscard]] char const* name(MatterClass matter_class);
[[nodiscard]] std::optional<MatterClass> parse_matter_class(std::string const& text);

enum class CostClass { none, in_budget, apportioned };
[[nodiscard]] char const* name(CostClass cost);
[[nodiscard]] std::optional<CostClass> parse_cost_class(std::string const& text);

/// Topics on which no vote is opened at all. Source: domain.md 5.1, "Limits".
enum class RefusedTopic { guilt_or_expulsion, benefit_exclusion, private_data, fine };
[[nodiscard]] char const* name(RefusedTopic topic);
[[nodiscard]] std::optional<RefusedTopic> parse_refused_topic(std::string const& text);

struct RouterQuestion {
    CommunityKind community = CommunityKind::urban_community;
    MatterClass matter_class = MatterClass::everyday;
    CostClass cost = CostClass::none;
    bool has_owners_meeting = false;   ///< the estate of the scope has one
    bool common_parts_touched = false; ///< common parts of an estate, in the sense of Civil Code 278
    bool private_property_touched = false;
    bool land_touched = false;
    std::optional<RefusedTopic> refused_topic;
};

/// Bodies that may decide, the first being the default; stricter bodies are always among them.
/// Errors: refused_topic{topic}.
[[nodiscard]] result<std::vector<ResolutionMode>> allowed_modes(RouterQuestion const& question);
/// True for modes whose procedures this program runs; the others are refused with mode_comes_later.
[[nodiscard]] bool is_built(ResolutionMode mode);
/// Actor word of whom to turn to for a mode that is not built: "committee", "owners_committee", "party_branch".
[[nodiscard]] char const* contact_for(ResolutionMode mode);
/// A household vote binds nobody by law; where it concerns common space of an estate the question must say 意向征集.
[[nodiscard]] bool is_advisory(ResolutionMode mode);

} // namespace governance
