#include "five_talks/rules.hpp"

#include <algorithm>

/// Stage 5: residents judge the result. Source: domain.md 4.2, 4.4 rows 34-38.
namespace governance::five_talks {

using namespace workflow;

namespace {

EvaluationRule rule_of(Values const& params)
{
    return {integer(params, "raters"), static_cast<int>(integer(params, "raters_percent")),
            static_cast<int>(integer(params, "satisfaction"))};
}

EvaluationResult judged(Proposal const& proposal, Facts const& facts, Values const& params)
{
    return evaluate(rule_of(params), fact(facts.scores, "scores"), facts.scope_households.value_or(proposal.scope_households));
}

Verdict evaluation_over(Ask const& asking, Values const&)
{
    auto const& deadline = asking.before.deadline;
    if (deadline && asking.now() < *deadline)
        return Refusal{RefusalCode::evaluation_still_open, {{"until", seconds_text(*deadline)}}};
    return std::nullopt;
}

Verdict evaluation_is(Ask const& asking, Values const& params)
{
    auto const& wanted = list(params, "outcomes");
    auto const* outcome = name(judged(asking.before, asking.facts(), params).outcome);
    if (std::find(wanted.begin(), wanted.end(), outcome) != wanted.end())
        return std::nullopt;
    return Refusal{RefusalCode::outcome_differs, {{"outcome", outcome}}};
}

Verdict first_failure(Ask const& asking, Values const&)
{
    return asking.before.evaluation.failures < 2 ? Verdict{} : Verdict{RefusalCode::rework_used_up};
}

Verdict second_failure(Ask const& asking, Values const&)
{
    return asking.before.evaluation.failures >= 2 ? Verdict{} : Verdict{RefusalCode::no_second_failure};
}

void call_evaluation(Do& doing, Values const&)
{
    auto& evaluation = doing.after().evaluation;
    ++evaluation.round;
    evaluation.rework_report = doing.input().result.value_or(evaluation.rework_report);
    doing.step.follow_ups.push_back({FollowUp::Kind::call_evaluation, {}, {}});
}

void end_evaluation(Do& doing, Values const& params)
{
    auto& evaluation = doing.after().evaluation;
    evaluation.scores = *doing.facts().scores;
    evaluation.result = judged(doing.before, doing.facts(), params);
    switch (evaluation.result->outcome) {
    case EvaluationOutcome::closed: evaluation.closing = ClosingResult::satisfied; break;
    case EvaluationOutcome::not_enough_ratings: evaluation.closing = ClosingResult::not_enough_ratings; break;
    case EvaluationOutcome::rework: ++evaluation.failures; break;
    }
    // The second failure goes to the supervisor.
    if (evaluation.failures >= 2) {
        doing.after().flags.supervised = true;
        doing.step.told = "supervisor";
    }
    doing.parameters["raters"] = decimal(evaluation.scores.raters);
    doing.parameters["average_hundredths"] = decimal(evaluation.result->average_hundredths);
    doing.parameters["satisfaction_hundredths"] = decimal(evaluation.result->satisfaction_hundredths);
    doing.parameters["outcome"] = name(evaluation.result->outcome);
}

void close_unsatisfied(Do& doing, Values const&)
{
    auto& evaluation = doing.after().evaluation;
    evaluation.closing = ClosingResult::unsatisfied;
    evaluation.closing_reason = doing.input().reason.value_or("");
    doing.parameters["outcome"] = name(evaluation.closing);
}

/// A proposal that was adopted and satisfied earns its author points. Source: domain.md 4.5.
void award_author(Do& doing, Values const& params)
{
    if (doing.after().evaluation.closing == ClosingResult::satisfied)
        doing.step.follow_ups.push_back({FollowUp::Kind::award_points, {}, text(params, "item")});
}

} // namespace

void add_evaluation(Book& book)
{
    ParamSpecs const figures{{"raters", {ParamType::integer, true}},
                             {"raters_percent", {ParamType::integer, true}},
                             {"satisfaction", {ParamType::integer, true}}};
    auto with_outcomes = figures;
    with_outcomes["outcomes"] = {ParamType::list, true};
    book.guards["evaluation_over"] = {{}, evaluation_over};
    book.guards["evaluation_is"] = {with_outcomes, evaluation_is, false, true};
    book.guards["first_failure"] = {{}, first_failure};
    book.guards["second_failure"] = {{}, second_failure};
    book.effects["call_evaluation"] = {{}, call_evaluation};
    book.effects["end_evaluation"] = {figures, end_evaluation};
    book.effects["close_unsatisfied"] = {{}, close_unsatisfied};
    book.effects["award_author"] = {{{"item", {ParamType::text, true}}}, award_author};
}

} // namespace governance::five_talks
