#include "perform/standings.hpp"

#include "storage/district.hpp"
#include "storage/people.hpp"
#include "storage/points.hpp"
#include "storage/settings.hpp"

#include <map>

namespace commands {
namespace {

using governance::CommunityId;
using governance::HouseholdId;
using governance::LedgerLine;
using governance::Points;
using governance::Standing;
using governance::SubjectType;
using governance::UnitType;

constexpr auto kBase = Points::whole(100);
constexpr std::string_view kAdjustments = "X";

/// A sum that left the range of points is a broken book; it is shown as nothing rather than as a wrong figure.
Points sum_or_none(governance::result<Points> const& sum)
{
    return sum.has_value() ? *sum : Points{};
}

std::vector<LedgerLine> household_lines(Scene const& scene, CommunityId const& community, HouseholdId const& household)
{
    std::vector<LedgerLine> lines;
    auto add = [&](SubjectType type, std::string const& subject) {
        for (auto const& posted : storage::posted_lines(scene.db, community, type, subject))
            lines.push_back(posted.line);
    };
    add(SubjectType::household, household.str());
    for (auto const& member : storage::members(scene.db, community, household))
        add(SubjectType::resident, member.person.str());
    return lines;
}

} // namespace

bool consents_to_ranking(Scene const& scene, CommunityId const& community, std::string const& household)
{
    return storage::Settings{scene.db}.get(community, "rank_consent/" + household) == "yes";
}

std::vector<Standing> unit_standings(Scene const& scene, SubjectType type, std::chrono::year_month from, std::chrono::year_month to)
{
    auto const maxima = storage::read_class_maxima(storage::district_file(scene.db, "points_classes.json"));
    auto const then = scene.world.calendar.zone.start_of(to / std::chrono::last);
    std::map<std::string, std::map<std::string, Points>> by_subject;
    for (auto const* community : scene.world.organisation.communities())
        for (auto const& posted : storage::posted_in(scene.db, governance::community_from(community->id), type, from, to)) {
            if (posted.line.state == "appealed")
                continue;
            auto const* item = scene.world.catalogue.find(posted.item, then);
            auto const code = item == nullptr ? posted.item.substr(0, posted.item.find('-')) : item->class_code;
            auto& sum = by_subject[posted.subject][code];
            sum = sum_or_none(checked_add(sum, posted.line.delta));
        }
    std::vector<Standing> standings;
    for (auto const& unit : scene.world.organisation.units()) {
        if (unit.type != (type == SubjectType::village ? UnitType::village : UnitType::grid))
            continue;
        auto classes = by_subject[unit.id.str()];
        auto const adjustments = classes[std::string{kAdjustments}];
        classes.erase(std::string{kAdjustments});
        standings.push_back({unit.id.str(), sum_or_none(governance::class_score(classes, maxima, adjustments)), true});
    }
    return standings;
}

Points household_score(Scene const& scene, CommunityId const& community, HouseholdId const& household, int year)
{
    return sum_or_none(governance::score(household_lines(scene, community, household), year, kBase));
}

Points household_spendable(Scene const& scene, CommunityId const& community, HouseholdId const& household)
{
    return sum_or_none(governance::spendable(household_lines(scene, community, household), {}, scene.world.calendar, scene.now));
}

std::vector<Standing> household_standings(Scene const& scene, CommunityId const& community, int year)
{
    std::vector<Standing> standings;
    for (auto const& household : storage::households_of(scene.db, community))
        standings.push_back({household.id.str(), household_score(scene, community, household.id, year),
                             consents_to_ranking(scene, community, household.id.str())});
    return standings;
}

Points resident_points(Scene const& scene, CommunityId const& community, governance::PersonId const& person, std::chrono::year_month from,
                       std::chrono::year_month to)
{
    Points sum;
    for (auto const& posted : storage::posted_lines(scene.db, community, SubjectType::resident, person.str()))
        if (posted.month >= from && posted.month <= to && posted.line.state != "appealed")
            sum = sum_or_none(checked_add(sum, posted.line.delta));
    return sum;
}

} // namespace commands
