#pragma once

#include "governance/points.hpp"
#include "workflow/rule_book.hpp"

/// Guards and effects of points entries. Internal to governance/.
namespace governance::points {

using workflow::ParamType;
using workflow::Values;
using workflow::Verdict;
using Ask = workflow::Asking<PointsEntry>;
using Do = workflow::Doing<PointsEntry>;
using Book = workflow::RuleBook<PointsEntry>;

Book const& rules();

void add_recording(Book& book);
void add_audit(Book& book);

/// A deduction on a household or a resident: warned about first. Source: domain.md 6.4.
bool is_personal_deduction(PointsEntry const& entry);

} // namespace governance::points
