#pragma once

#include "governance/calendar.hpp"
#include "governance/workflow/definition.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <vector>

/// The demo district's files, as the tests of the rules need them.
namespace demo {

nlohmann::json json(std::string const& file);
/// Cells by column name, a map per line.
std::vector<std::map<std::string, std::string>> csv(std::string const& file);
std::set<std::string> notice_ids();
std::set<std::string> actor_words();
governance::WorkCalendar const& calendar();
/// Local wall-clock time of Asia/Shanghai, "2026-07-01T09:00:00" (seconds may be left out).
governance::Instant at(std::string const& text);
/// The same way back.
std::string text(governance::Instant instant);
governance::LocalDate day(std::string const& text);

/// The shipped definition, checked against the demo's notices and actor words.
governance::workflow::Definition const& definition(std::string const& id);

} // namespace demo
