#pragma once

#include "governance/report.hpp"
#include "perform/turn.hpp"

#include <optional>

/// A report before it has a number.
namespace commands {

/// A report from a reading: kind, urgency, place, community. Without a community when neither the words nor the writer tell one.
governance::Case report_from(Turn const& turn, reader::Reading const& reading);
/// The open report of the same kind at the same place, at most 72 hours old (domain.md 8.3, row 6).
std::optional<governance::Case> same_open_report(Scene const& scene, governance::Case const& fresh);
/// Asks the person for the place of a report that has none; the next message of theirs gives it.
void await_place(Scene const& scene, governance::Case const& report, governance::PersonId const& person);

} // namespace commands
