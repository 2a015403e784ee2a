#pragma once

#include "governance/result.hpp"
#include "governance/workflow/period.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Clocks of reports. Source: domain.md 8.2, 8.4; figures in sla.csv of the district.
namespace governance {

enum class Urgency { normal, urgent, critical };
[[nodiscard]] char const* name(Urgency urgency);
[[nodiscard]] std::optional<Urgency> parse_urgency(std::string const& text);

/// Time limits of one kind of case.
struct SlaRow {
    workflow::Period accept;
    workflow::Period verify;
    workflow::Period inform;
    workflow::Period dispatch;
    workflow::Period sign;
    workflow::Period resolve;
    std::vector<int> remind_at = {50, 80, 100};
};

/// Rows by "critical", "urgent", "normal", "normal_complex".
struct SlaTable {
    std::map<std::string, SlaRow> rows;
    [[nodiscard]] SlaRow const& row(Urgency urgency, bool complex) const;
};
/// The figures of domain.md 8.4.
[[nodiscard]] SlaTable default_sla();
/// One line of sla.csv, column name to cell. On failure the name of the faulty column is in `fault`.
[[nodiscard]] std::optional<SlaRow> parse_sla_row(std::map<std::string, std::string> const& cells, std::string& fault);

} // namespace governance
