#pragma once

#include "governance/ranking.hpp"
#include "perform/scene.hpp"

#include <chrono>
#include <string>
#include <vector>

/// Points totals of those who are compared.
namespace commands {

/// Points of every grid (or village) of the street in the months `from` to `to`: class sums within their maxima, plus adjustments.
std::vector<governance::Standing> unit_standings(Scene const& scene, governance::SubjectType type, std::chrono::year_month from,
                                                 std::chrono::year_month to);
/// Year score of a household: base, its own entries and those of its members. Source: domain.md 6.1, 6.5.
governance::Points household_score(Scene const& scene, governance::CommunityId const& community, governance::HouseholdId const& household,
                                   int year);
/// Points that a household may redeem now.
governance::Points household_spendable(Scene const& scene, governance::CommunityId const& community,
                                       governance::HouseholdId const& household);
/// Year scores of all households of a community, with their consent to be shown.
std::vector<governance::Standing> household_standings(Scene const& scene, governance::CommunityId const& community, int year);
/// A resident's own points in the months `from` to `to`.
governance::Points resident_points(Scene const& scene, governance::CommunityId const& community, governance::PersonId const& person,
                                   std::chrono::year_month from, std::chrono::year_month to);
/// True when the household agreed to be shown by name in rankings (setting rank_consent/HOUSEHOLD).
bool consents_to_ranking(Scene const& scene, governance::CommunityId const& community, std::string const& household);

} // namespace commands
