#pragma once

#include "governance/proposal.hpp"
#include "workflow/rule_book.hpp"

/// Guards and effects of five_talks, one file a stage. Internal to governance/.
namespace governance::five_talks {

using workflow::Doing;
using workflow::ParamType;
using workflow::Values;
using workflow::Verdict;
using Ask = workflow::Asking<Proposal>;
using Do = workflow::Doing<Proposal>;
using Book = workflow::RuleBook<Proposal>;

Book const& rules();

void add_collecting(Book& book);
void add_review(Book& book);
void add_deliberation(Book& book);
void add_vote(Book& book);
void add_publicity(Book& book);
void add_execution(Book& book);
void add_evaluation(Book& book);

} // namespace governance::five_talks
