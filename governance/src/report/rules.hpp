#pragma once

#include "governance/report.hpp"
#include "workflow/rule_book.hpp"

/// Guards and effects of reports. Internal to governance/.
namespace governance::report {

using workflow::ParamType;
using workflow::Values;
using workflow::Verdict;
using Ask = workflow::Asking<Case>;
using Do = workflow::Doing<Case>;
using Book = workflow::RuleBook<Case>;

Book const& rules();

void add_intake(Book& book);
void add_dispatch(Book& book);
void add_closing(Book& book);
void add_clocks(Book& book);

/// Starts the resident's clock from now.
void start_clock(Do& doing);

/// True for the handling person and for people of the handling department.
bool handles(Case const& report, workflow::Actor const& actor);

/// Reopening more often is the supervisor's business. Source: domain.md 8.4.
inline constexpr int kReopenMost = 2;

} // namespace governance::report
