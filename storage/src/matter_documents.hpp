#pragma once

#include "document.hpp"

#include "governance/points.hpp"
#include "governance/proposal.hpp"
#include "governance/report.hpp"

// Fields of the documents, by name. A name once written stays; a member may only be added.
namespace governance {

template <class A>
void fields(A& a, MatterFlags& v)
{
    a("overdue", v.overdue);
    a("supervised", v.supervised);
    a("confidential", v.confidential);
    a("frozen", v.frozen);
    a("escalated", v.escalated);
}

template <class A>
void fields(A& a, MatterLink& v)
{
    a("kind", v.kind);
    a("no", v.no);
}

/// Of the base only what has no column of its own.
template <class A>
void matter_fields(A& a, Matter& v)
{
    a("text", v.text);
    a("address", v.address);
    a("co_authors", v.co_authors);
    a("scope_kind", v.scope_kind);
    a("flags", v.flags);
    a("links", v.links);
    a("used_once", v.used_once);
    a("rung", v.rung);
}

template <class A>
void fields(A& a, Tally& v)
{
    a("eligible", v.eligible);
    a("for", v.votes_for);
    a("against", v.votes_against);
    a("abstain", v.abstain);
    a("options", v.options);
}

template <class A>
void fields(A& a, VoteResult& v)
{
    a("outcome", v.outcome);
    a("quorum_needed", v.quorum_needed);
    a("votes_needed", v.votes_needed);
    a("winner", v.winner);
    a("runoff", v.runoff);
}

template <class A>
void fields(A& a, VotingRound& v)
{
    a("number", v.number);
    a("mode", v.mode);
    a("unit", v.unit);
    a("question", v.question);
    a("options", v.options);
    a("eligible", v.eligible);
    a("rule_set", v.rule_set);
    a("opens_at", v.opens_at);
    a("closes_at", v.closes_at);
    a("extended", v.extended);
    a("is_runoff", v.is_runoff);
    a("closed_at", v.closed_at);
    a("tally", v.tally);
    a("result", v.result);
}

template <class A>
void fields(A& a, Review& v)
{
    a("mode", v.mode);
    a("cost", v.cost);
    a("amount_fen", v.amount_fen);
    a("parties", v.parties);
    a("decided_by", v.decided_by);
    a("reason", v.reason);
    a("reason_code", v.reason_code);
    a("party_study", v.party_study);
    a("decided_at", v.decided_at);
    a("second_review", v.second_review);
}

template <class A>
void fields(A& a, Deliberation& v)
{
    a("began_at", v.began_at);
    a("minutes", v.minutes);
    a("minutes_at", v.minutes_at);
    a("signed_by", v.signed_by);
    a("declined_by", v.declined_by);
}

template <class A>
void fields(A& a, Publication& v)
{
    a("posted_at", v.posted_at);
    a("objection_until", v.objection_until);
    a("display_until", v.display_until);
    a("text", v.text);
}

template <class A>
void fields(A& a, Objection& v)
{
    a("person", v.person);
    a("household", v.household);
    a("reason", v.reason);
    a("raised_at", v.raised_at);
    a("answer", v.answer);
    a("answered_at", v.answered_at);
    a("upheld", v.upheld);
    a("answered_by", v.answered_by);
}

template <class A>
void fields(A& a, Milestone& v)
{
    a("due", v.due);
    a("text", v.text);
}

template <class A>
void fields(A& a, Plan& v)
{
    a("owner", v.owner);
    a("budget_fen", v.budget_fen);
    a("milestones", v.milestones);
}

template <class A>
void fields(A& a, ProgressEntry& v)
{
    a("by", v.by);
    a("at", v.at);
    a("percent", v.percent);
    a("text", v.text);
}

template <class A>
void fields(A& a, Execution& v)
{
    a("plan", v.plan);
    a("body", v.body);
    a("progress", v.progress);
    a("reporters", v.reporters);
    a("percent", v.percent);
    a("spent_fen", v.spent_fen);
    a("pictures", v.pictures);
    a("restart", v.restart);
    a("stop_basis", v.stop_basis);
    a("checked_by", v.checked_by);
    a("reason", v.reason);
}

template <class A>
void fields(A& a, Scores& v)
{
    a("raters", v.raters);
    a("sum", v.sum);
    a("satisfied", v.satisfied);
}

template <class A>
void fields(A& a, EvaluationResult& v)
{
    a("outcome", v.outcome);
    a("min_raters", v.min_raters);
    a("average_hundredths", v.average_hundredths);
    a("satisfaction_hundredths", v.satisfaction_hundredths);
}

template <class A>
void fields(A& a, Evaluation& v)
{
    a("round", v.round);
    a("scores", v.scores);
    a("result", v.result);
    a("rework_report", v.rework_report);
    a("failures", v.failures);
    a("closing", v.closing);
    a("closing_reason", v.closing_reason);
}

template <class A>
void fields(A& a, Proposal& v)
{
    matter_fields(a, v);
    a("safety", v.safety);
    a("endorse_needed", v.endorse_needed);
    a("scope_households", v.scope_households);
    a("review", v.review);
    a("deliberation", v.deliberation);
    a("rounds", v.rounds);
    a("publication", v.publication);
    a("objections", v.objections);
    a("execution", v.execution);
    a("evaluation", v.evaluation);
}

template <class A>
void fields(A& a, Case& v)
{
    matter_fields(a, v);
    a("category", v.category);
    a("subcategory", v.subcategory);
    a("urgency", v.urgency);
    a("complex", v.complex);
    a("anonymous", v.anonymous);
    a("source", v.source);
    a("foreign_id", v.foreign_id);
    a("first_level", v.first_level);
    a("level", v.level);
    a("resolve_due", v.resolve_due);
    a("original_due", v.original_due);
    a("paused_at", v.paused_at);
    a("accepted_by", v.accepted_by);
    a("handler", v.handler);
    a("handler_unit", v.handler_unit);
    a("co_units", v.co_units);
    a("designated", v.designated);
    a("named_unit", v.named_unit);
    a("dispatched_at", v.dispatched_at);
    a("signed_at", v.signed_at);
    a("pictures", v.pictures);
    a("visit_note", v.visit_note);
    a("reason", v.reason);
    a("result", v.result);
    a("cause", v.cause);
    a("due_text", v.due_text);
    a("extensions", v.extensions);
    a("reopened", v.reopened);
    a("stars", v.stars);
    a("closed_at", v.closed_at);
    a("checked_by", v.checked_by);
    a("master", v.master);
}

} // namespace governance
