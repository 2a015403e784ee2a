#pragma once

#include "governance/report.hpp"
#include "perform/turn.hpp"

#include <string>

/// Danger to life: what is said at once, and who is called. Source: domain.md 8.5.
namespace commands {

/// True when the reading tells of danger to life.
bool is_critical(Scene const& scene, reader::Reading const& reading);

/// Says at once, in the chat where it was written: the place as understood, the number to call, what to do. `place` may be empty.
void answer_danger(Turn& turn, governance::Case const& report, std::string const& place);

/// Calls the leader, the worker and the committees' work group.
void alarm_staff(Scene const& scene, governance::Case const& report, std::string const& occasion);
/// The alarm as a group of officials reads it: kind and place, nothing more.
std::string open_alarm(Scene const& scene, governance::Case const& report);
/// One notice to the grids around, without the group it was reported in, which has it from the answer.
void warn_neighbours(Turn const& turn, governance::Case const& report);

} // namespace commands
