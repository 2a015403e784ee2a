#pragma once

#include "governance/report.hpp"
#include "perform/scene.hpp"

#include <string>

/// Reports in words.
namespace commands {

/// Chinese name of the report's subcategory, as in "电梯故障/困人".
std::string category_text(Scene const& scene, governance::Case const& report);
/// The place as groups and pages may show it: the building or hamlet, else the grid or community (domain.md 14.1).
std::string open_place(Scene const& scene, governance::Case const& report);
/// The place as the reporter and who handles it see it: everything that was said.
std::string full_place(Scene const& scene, governance::Case const& report);
/// Title that names kind and place and may be shown wherever the report may be known of; says nothing for a confidential one.
std::string case_title(Scene const& scene, governance::Case const& report);
/// Who has it, in words: a department, or the level.
std::string handler_text(Scene const& scene, governance::Case const& report);
/// Name of a department or unit by its id, or the id.
std::string unit_text(Scene const& scene, std::string const& unit);
/// "3天", "5小时", "20分钟", rounded down, at least a minute.
std::string span_text(std::chrono::microseconds span);
/// A time limit as people say it: "4个工作小时" for 240 working minutes.
std::string limit_text(governance::workflow::Period const& limit);
/// Where it stands, for its reporter and those who handle it.
std::string case_status(Scene const& scene, governance::Case const& report);

} // namespace commands
