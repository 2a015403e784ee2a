#pragma once

#include "perform/turn.hpp"

#include <string>

namespace commands {

/// The unit that a new matter concerns: the size class that was said, around the place that was said, else the group's unit when the writer
/// lives there, else the writer's grid.
governance::UnitId scope_for(Turn const& turn, reader::Reading const& reading);
/// The unit (building, hamlet, grid ...) that an address names, as near as it says; the group's estate and the writer's home fill what is
/// left out. Empty when nothing in it is known.
governance::UnitId unit_at(Turn const& turn, reader::Address const& address);
/// The address in words, with everything that was said.
std::string address_text(reader::Address const& address);
/// The address as groups and public pages may show it: no unit, no flat (domain.md 14.1).
std::string public_place(Turn const& turn, reader::Address const& address);

} // namespace commands
