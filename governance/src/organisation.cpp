#include "governance/organisation.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace governance {
namespace {

constexpr std::array<std::pair<UnitType, std::string_view>, 10> kTypeNames{{
    {UnitType::city, "city"},
    {UnitType::district, "district"},
    {UnitType::street, "street"},
    {UnitType::urban_community, "urban_community"},
    {UnitType::village, "village"},
    {UnitType::estate, "estate"},
    {UnitType::grid, "grid"},
    {UnitType::building, "building"},
    {UnitType::hamlet, "hamlet"},
    {UnitType::department, "department"},
}};

// The tree is shallow; the bound only guards against a cycle in a faulty import.
constexpr int kDeepest = 16;

} // namespace

std::string_view name(UnitType type)
{
    for (auto const& [value, text] : kTypeNames)
        if (value == type)
            return text;
    return "";
}

std::optional<UnitType> unit_type(std::string_view text)
{
    for (auto const& [value, known] : kTypeNames)
        if (known == text)
            return value;
    return std::nullopt;
}

Organisation::Organisation(std::vector<Unit> units) : units_(std::move(units))
{
    index_.reserve(units_.size());
    for (std::size_t i = 0; i < units_.size(); ++i)
        index_.emplace(units_[i].id, i);
}

Unit const* Organisation::find(UnitId const& id) const
{
    auto const found = index_.find(id);
    return found == index_.end() ? nullptr : &units_[found->second];
}

Unit const* Organisation::named(std::string_view text) const
{
    for (auto const& unit : units_)
        if (unit.name == text || unit.id.str() == text)
            return &unit;
    for (auto const& unit : units_)
        if (std::find(unit.aliases.begin(), unit.aliases.end(), text) != unit.aliases.end())
            return &unit;
    return nullptr;
}

bool Organisation::within(UnitId const& inner, UnitId const& outer) const
{
    auto const* unit = find(inner);
    for (int depth = 0; unit != nullptr && depth < kDeepest; ++depth) {
        if (unit->id == outer || (!unit->estate.empty() && unit->estate == outer))
            return true;
        unit = find(unit->parent);
    }
    return false;
}

Unit const* Organisation::ancestor(UnitId const& id, UnitType type) const
{
    auto const* unit = find(id);
    for (int depth = 0; unit != nullptr && depth < kDeepest; ++depth) {
        if (unit->type == type)
            return unit;
        if (type == UnitType::estate && !unit->estate.empty())
            return find(unit->estate);
        unit = find(unit->parent);
    }
    return nullptr;
}

CommunityId Organisation::community_of(UnitId const& id) const
{
    auto const* unit = find(id);
    return unit == nullptr ? CommunityId{} : unit->community;
}

std::vector<Unit const*> Organisation::grids_for(UnitId const& scope) const
{
    std::vector<Unit const*> grids;
    auto const* unit = find(scope);
    if (unit == nullptr)
        return grids;
    auto add = [&](Unit const* grid) {
        if (grid != nullptr && std::find(grids.begin(), grids.end(), grid) == grids.end())
            grids.push_back(grid);
    };
    if (unit->type == UnitType::estate) {
        for (auto const& building : units_)
            if (building.estate == scope)
                add(ancestor(building.id, UnitType::grid));
        return grids;
    }
    if (auto const* grid = ancestor(scope, UnitType::grid)) {
        add(grid);
        return grids;
    }
    for (auto const& candidate : units_)
        if (candidate.type == UnitType::grid && within(candidate.id, scope))
            add(&candidate);
    return grids;
}

std::int64_t Organisation::declared_households(UnitId const& scope) const
{
    auto const* unit = find(scope);
    if (unit == nullptr)
        return 0;
    if (unit->households > 0 || unit->type != UnitType::estate)
        return unit->households;
    std::int64_t sum = 0;
    for (auto const* grid : grids_for(scope))
        sum += grid->households;
    return sum;
}

std::vector<Unit const*> Organisation::communities() const
{
    std::vector<Unit const*> found;
    for (auto const& unit : units_)
        if (unit.type == UnitType::urban_community || unit.type == UnitType::village)
            found.push_back(&unit);
    return found;
}

UnitId unit_of(CommunityId const& community)
{
    return UnitId{community.str()};
}

CommunityId community_from(UnitId const& unit)
{
    return CommunityId{unit.str()};
}

} // namespace governance
