#include "governance/majority.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace governance {

namespace {

/// Beyond this a product with 4 or 10,000 could overflow; no community counts that far.
constexpr std::int64_t kLargestBase = 100'000'000'000'000;

std::int64_t half_up(std::int64_t numerator, std::int64_t denominator)
{
    return denominator == 0 ? 0 : (2 * numerator + denominator) / (2 * denominator);
}

} // namespace

result<std::int64_t> needed(Share share, std::int64_t base)
{
    if (base <= 0 || base > kLargestBase)
        return RefusalCode::empty_base;
    switch (share) {
    case Share::more_than_half: return base / 2 + 1;
    case Share::at_least_two_thirds: return (2 * base + 2) / 3;
    case Share::at_least_three_quarters: return (3 * base + 3) / 4;
    }
    return RefusalCode::empty_base;
}

bool satisfies(Share share, std::int64_t votes, std::int64_t base)
{
    auto const fewest = needed(share, base);
    return fewest && votes >= *fewest;
}

std::int64_t percent_rounded_up(std::int64_t n, int percent)
{
    return n <= 0 || percent <= 0 ? 0 : (std::min(n, kLargestBase) * percent + 99) / 100;
}

std::int64_t Tally::participating() const
{
    auto sum = votes_for + votes_against + abstain;
    for (auto const& [label, votes] : options)
        sum += votes;
    return sum;
}

char const* name(VoteOutcome outcome)
{
    switch (outcome) {
    case VoteOutcome::passed: return "passed";
    case VoteOutcome::not_passed: return "not_passed";
    case VoteOutcome::no_quorum: return "no_quorum";
    case VoteOutcome::runoff: return "runoff";
    }
    return "";
}

namespace {

bool adds_up(Tally const& tally)
{
    if (tally.votes_for < 0 || tally.votes_against < 0 || tally.abstain < 0)
        return false;
    if (std::any_of(tally.options.begin(), tally.options.end(), [](auto const& option) { return option.second < 0; }))
        return false;
    return tally.participating() <= tally.eligible;
}

std::vector<std::pair<std::string, std::int64_t>> best_first(Tally const& tally)
{
    std::vector<std::pair<std::string, std::int64_t>> order(tally.options.begin(), tally.options.end());
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
    return order;
}

void decide_options(VoteResult& result, Tally const& tally, bool is_runoff)
{
    auto const order = best_first(tally);
    if (order.front().second >= result.votes_needed) {
        result.outcome = VoteOutcome::passed;
        result.winner = order.front().first;
        return;
    }
    result.outcome = VoteOutcome::not_passed;
    if (is_runoff || order.size() < 2 || order[1].second == 0)
        return; // a tied run-off, or nobody to run against
    for (auto const& [label, votes] : order)
        if (votes >= order[1].second)
            result.runoff.push_back(label);
    // A run-off among the same options would only repeat the vote.
    if (result.runoff.size() < order.size() || order.size() == 2)
        result.outcome = VoteOutcome::runoff;
    else
        result.runoff.clear();
}

} // namespace

result<VoteResult> decide_vote(VoteRule const& rule, Tally const& tally, bool is_runoff)
{
    auto const quorum = needed(rule.quorum, tally.eligible);
    if (!quorum)
        return quorum.error();
    if (!adds_up(tally))
        return RefusalCode::tally_mismatch;
    VoteResult decided;
    decided.quorum_needed = *quorum;
    auto const present = tally.participating();
    if (present < *quorum)
        return decided;
    decided.votes_needed = *needed(rule.majority, rule.majority_of_eligible ? tally.eligible : present);
    if (tally.options.empty())
        decided.outcome = tally.votes_for >= decided.votes_needed ? VoteOutcome::passed : VoteOutcome::not_passed;
    else
        decide_options(decided, tally, is_runoff);
    return decided;
}

namespace {

constexpr std::array<std::pair<ScopeKind, char const*>, 5> kScopes{{{ScopeKind::building, "building"},
                                                                    {ScopeKind::grid, "grid"},
                                                                    {ScopeKind::estate, "estate"},
                                                                    {ScopeKind::village, "village"},
                                                                    {ScopeKind::community, "community"}}};

} // namespace

char const* name(ScopeKind kind)
{
    for (auto const& [value, text] : kScopes)
        if (value == kind)
            return text;
    return "";
}

bool parse(std::string const& text, ScopeKind& kind)
{
    for (auto const& [value, word] : kScopes)
        if (text == word) {
            kind = value;
            return true;
        }
    return false;
}

std::int64_t endorse_threshold(EndorseRule const& rule, ScopeKind scope, std::int64_t households)
{
    auto const base = rule.base.find(scope);
    auto const wanted = base == rule.base.end() ? rule.minimum : base->second;
    return std::max(rule.minimum, std::min(wanted, percent_rounded_up(households, rule.percent_cap)));
}

std::int64_t reopen_threshold(std::int64_t cap, std::int64_t endorse_needed)
{
    return std::min(cap, 2 * endorse_needed);
}

char const* name(EvaluationOutcome outcome)
{
    switch (outcome) {
    case EvaluationOutcome::closed: return "closed";
    case EvaluationOutcome::rework: return "rework";
    case EvaluationOutcome::not_enough_ratings: return "not_enough_ratings";
    }
    return "";
}

std::int64_t min_raters(EvaluationRule const& rule, std::int64_t scope_households)
{
    // At least one: a satisfaction of nobody cannot be told.
    return std::max<std::int64_t>(1, std::min(rule.min_raters, percent_rounded_up(scope_households, rule.min_raters_percent)));
}

EvaluationResult evaluate(EvaluationRule const& rule, Scores const& scores, std::int64_t scope_households)
{
    EvaluationResult result;
    result.min_raters = min_raters(rule, scope_households);
    result.average_hundredths = half_up(100 * scores.sum, scores.raters);
    result.satisfaction_hundredths = percent_hundredths(scores.satisfied, scores.raters);
    if (scores.raters < result.min_raters)
        return result;
    auto const pleased = 100 * scores.satisfied >= rule.satisfaction_percent * scores.raters;
    result.outcome = pleased ? EvaluationOutcome::closed : EvaluationOutcome::rework;
    return result;
}

std::int64_t percent_hundredths(std::int64_t part, std::int64_t whole)
{
    return half_up(10'000 * part, whole);
}

} // namespace governance
