#pragma once

#include "governance/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace governance {

/// Kinds of nodes of the organisation tree. Source: domain.md 1.1, 2.1.
enum class UnitType { city, district, street, urban_community, village, estate, grid, building, hamlet, department };

std::string_view name(UnitType type);
std::optional<UnitType> unit_type(std::string_view name);

/// A node of the tree. Totals are the declared ones; legal counts use them or a complete roll, never a sample (domain.md 3.3).
struct Unit {
    UnitId id;
    UnitType type = UnitType::grid;
    std::string name;
    UnitId parent;         ///< in the administrative tree; empty for the root
    UnitId estate;         ///< of a building: the estate it belongs to beside its grid; else empty
    CommunityId community; ///< the community it lies in, or its own id for a community; empty above
    std::vector<std::string> aliases;
    std::int64_t households = 0; ///< declared; 0: not declared
    std::int64_t adults = 0;     ///< declared; 0: not declared
    bool roll_complete = false;  ///< the household roll is meant to be complete here
    bool owners_committee = false;
    std::string label; ///< of a building: what residents call it ("3"); else empty
    std::string road;  ///< of a building by the road: its road; else empty
    std::string road_no;
    std::int64_t stairwells = 0;
    std::int64_t floors = 0;
};

/// The organisation tree of one street, as a value. Lookups are by id; unknown ids answer as "nowhere".
class Organisation {
public:
    Organisation() = default;
    /// Errors: a unit that names an unknown parent keeps no place in the tree; importers check that before.
    explicit Organisation(std::vector<Unit> units);

    [[nodiscard]] std::vector<Unit> const& units() const { return units_; }
    [[nodiscard]] Unit const* find(UnitId const& id) const;
    /// The unit of that official name or alias, longest name first; null when none.
    [[nodiscard]] Unit const* named(std::string_view name) const;
    /// True when `inner` is `outer` or lies below it, through the administrative tree or, for a building, through its estate. Source:
    /// domain.md 2.1.
    [[nodiscard]] bool within(UnitId const& inner, UnitId const& outer) const;
    /// The nearest ancestor-or-self of that type; null when none.
    [[nodiscard]] Unit const* ancestor(UnitId const& id, UnitType type) const;
    [[nodiscard]] CommunityId community_of(UnitId const& id) const;
    /// Grids whose groups hear notices about `scope`: a building's grid, all grids of an estate, itself. Source: domain.md 13.2.
    [[nodiscard]] std::vector<Unit const*> grids_for(UnitId const& scope) const;
    /// Declared households of a scope. An estate without a total of its own has the sum of its grids; 0 when nothing is declared.
    [[nodiscard]] std::int64_t declared_households(UnitId const& scope) const;
    [[nodiscard]] std::vector<Unit const*> communities() const;

private:
    std::vector<Unit> units_;
    std::unordered_map<UnitId, std::size_t> index_;
};

/// Text id of a community as a node of the tree, and back.
UnitId unit_of(CommunityId const& community);
CommunityId community_from(UnitId const& unit);

} // namespace governance
