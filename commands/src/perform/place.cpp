#include "perform/place.hpp"

#include <array>

namespace commands {
namespace {

using governance::Unit;
using governance::UnitId;
using governance::UnitType;

/// Building with that label within a unit; by road and number where the address gives them.
Unit const* building(governance::Organisation const& organisation, reader::Address const& address, UnitId const& around)
{
    for (auto const& unit : organisation.units()) {
        if (unit.type != UnitType::building)
            continue;
        bool const by_road = !address.road.empty() && unit.road == address.road && unit.road_no == address.road_no;
        auto const& label = address.building.empty() && !address.buildings.empty() ? address.buildings.front() : address.building;
        bool const by_label =
            !label.empty() && unit.label == label && !around.empty() && organisation.within(unit.id, around) && unit.road.empty();
        if (by_road || by_label)
            return &unit;
    }
    return nullptr;
}

/// A grid by its name, or by its ordinal within an estate or community: "1" around 江南水都小区 is 江南水都第一网格.
UnitId grid_named(governance::Organisation const& organisation, std::string const& name, UnitId const& around)
{
    if (auto const* unit = organisation.named(name))
        return unit->id;
    static constexpr std::array<char const*, 9> kOrdinals{"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (name.size() != 1 || name.front() < '1' || name.front() > '9')
        return {};
    auto const ordinal = std::string{"第"} + kOrdinals[static_cast<std::size_t>(name.front() - '1')] + "网格";
    for (auto const* grid : organisation.grids_for(around))
        if (grid->name.find(ordinal) != std::string::npos)
            return grid->id;
    return {};
}

UnitId named(governance::Organisation const& organisation, std::initializer_list<std::string const*> names)
{
    for (auto const* text : names)
        if (!text->empty())
            if (auto const* unit = organisation.named(*text))
                return unit->id;
    return {};
}

/// The estate or village that a message without one means: the group's, else the writer's.
UnitId surroundings(Turn const& turn)
{
    auto const& organisation = turn.scene.world.organisation;
    if (turn.group) {
        // A grid of an estate: its buildings tell the estate.
        for (auto const& unit : organisation.units())
            if (unit.type == UnitType::building && !unit.estate.empty() && organisation.within(unit.id, turn.group->scope))
                return unit.estate;
        return turn.group->scope;
    }
    if (auto const* estate = organisation.ancestor(turn.actor.home, UnitType::estate))
        return estate->id;
    return governance::unit_of(turn.actor.community);
}

} // namespace

UnitId unit_at(Turn const& turn, reader::Address const& address)
{
    auto const& organisation = turn.scene.world.organisation;
    if (address.relative == "home" && !turn.actor.home.empty())
        return turn.actor.home;
    auto const around = named(organisation, {&address.site, &address.hamlet, &address.estate, &address.village});
    if (auto const* found = building(organisation, address, around.empty() ? surroundings(turn) : around))
        return found->id;
    if (!address.grid.empty())
        if (auto grid = grid_named(organisation, address.grid, around.empty() ? surroundings(turn) : around); !grid.empty())
            return grid;
    return around;
}

UnitId scope_for(Turn const& turn, reader::Reading const& reading)
{
    auto const& organisation = turn.scene.world.organisation;
    UnitId at = turn.actor.home;
    if (auto const* address = reading.args.address())
        if (auto said = unit_at(turn, *address); !said.empty())
            at = said;
    auto of_type = [&](UnitType type) -> UnitId {
        auto const* unit = organisation.ancestor(at, type);
        return unit == nullptr ? UnitId{} : unit->id;
    };
    auto const scope = reading.args.text("scope");
    UnitId chosen;
    if (scope == "building")
        chosen = of_type(UnitType::building);
    else if (scope == "grid")
        chosen = of_type(UnitType::grid);
    else if (scope == "estate")
        chosen = of_type(UnitType::estate);
    else if (scope == "community" || scope == "village")
        chosen = governance::unit_of(turn.community());
    if (!chosen.empty())
        return chosen;
    if (turn.group && turn.group->kind == "grid" && (turn.actor.home.empty() || organisation.within(turn.actor.home, turn.group->scope)))
        return turn.group->scope;
    if (auto grid = of_type(UnitType::grid); !grid.empty())
        return grid;
    return turn.group ? turn.group->scope : governance::unit_of(turn.community());
}

std::string address_text(reader::Address const& address)
{
    std::string out = address.estate + address.site + address.village + address.hamlet + address.road;
    auto add = [&](std::string const& value, char const* suffix) {
        if (!value.empty())
            out += value + suffix;
    };
    add(address.road_no, "号");
    add(address.house_no, "号");
    for (auto const& building : address.buildings)
        add(building, "栋");
    add(address.building, "栋");
    add(address.unit, "单元");
    add(address.room, "");
    add(address.floor, "楼");
    add(address.grid, "");
    add(address.landmark, "");
    if (address.relative == "home" && out.empty())
        out = "家里";
    return out;
}

std::string public_place(Turn const& turn, reader::Address const& address)
{
    auto shown = address;
    shown.unit.clear();
    shown.room.clear();
    shown.floor.clear();
    shown.house_no.clear();
    shown.relative.clear();
    auto text = address_text(shown);
    if (text.empty())
        if (auto const* unit = turn.scene.world.organisation.find(unit_at(turn, address)))
            text = unit->name;
    return text;
}

} // namespace commands
