#pragma once

#include "governance/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// Exact arithmetic of quorums and majorities. Source: domain.md 3.4, 4.2. Never floats.
namespace governance {

/// How much of a base is enough.
enum class Share {
    more_than_half,          ///< 过半数: 2x > n
    at_least_two_thirds,     ///< 三分之二以上: 3x >= 2n
    at_least_three_quarters, ///< 四分之三以上: 4x >= 3n
};

/// Fewest votes (or hundredths of a square metre) that satisfy `share` of `base`. Errors: empty_base when base <= 0 or above 10^15.
[[nodiscard]] result<std::int64_t> needed(Share share, std::int64_t base);
/// False for an empty base.
[[nodiscard]] bool satisfies(Share share, std::int64_t votes, std::int64_t base);
/// Smallest integer x with 100 x >= percent * n. Both >= 0.
[[nodiscard]] std::int64_t percent_rounded_up(std::int64_t n, int percent);

/// Counts of one vote over eligible units (households or persons). Abstentions count as taking part, not as in favour.
struct Tally {
    std::int64_t eligible = 0;
    std::int64_t votes_for = 0;
    std::int64_t votes_against = 0;
    std::int64_t abstain = 0;
    std::map<std::string, std::int64_t> options; ///< votes by option label, for votes among options

    [[nodiscard]] std::int64_t participating() const;
    friend bool operator==(Tally const&, Tally const&) = default;
};

enum class VoteOutcome { passed, not_passed, no_quorum, runoff };
[[nodiscard]] char const* name(VoteOutcome outcome);

/// What a body demands. `majority_of_eligible`: the majority is counted against all eligible (committee decisions), else against those
/// taking part.
struct VoteRule {
    Share quorum = Share::more_than_half;
    Share majority = Share::more_than_half;
    bool majority_of_eligible = false;
};

struct VoteResult {
    VoteOutcome outcome = VoteOutcome::no_quorum;
    std::int64_t quorum_needed = 0;
    std::int64_t votes_needed = 0;   ///< 0 without quorum
    std::string winner;              ///< the winning option, of votes among options that passed
    std::vector<std::string> runoff; ///< the options of the run-off, best first, when outcome is runoff
    friend bool operator==(VoteResult const&, VoteResult const&) = default;
};

/// Outcome of a vote: of yes/no when `tally.options` is empty, else among options. A tie is not a majority. Among options the one above the
/// majority wins; else one run-off between the first two (options tied for the second place all enter it: none is dropped by chance);
/// in a run-off (`is_runoff`) no majority is not_passed.
/// Errors: empty_base when nobody is eligible; tally_mismatch when counts are negative or more than eligible.
[[nodiscard]] result<VoteResult> decide_vote(VoteRule const& rule, Tally const& tally, bool is_runoff = false);

/// Size classes of a proposal's scope. A hamlet or resettlement site counts as a grid (rural grid = one natural village, domain.md 2.1).
enum class ScopeKind { building, grid, estate, village, community };
[[nodiscard]] char const* name(ScopeKind kind);
[[nodiscard]] bool parse(std::string const& text, ScopeKind& kind);

/// Households whose endorsement sends a proposal to review. Source: domain.md 4.2; places may change every number.
struct EndorseRule {
    std::map<ScopeKind, std::int64_t> base = {
        {ScopeKind::building, 3}, {ScopeKind::grid, 5}, {ScopeKind::estate, 10}, {ScopeKind::village, 10}, {ScopeKind::community, 20}};
    int percent_cap = 10; ///< never more than this share of the households in scope, rounded up
    std::int64_t minimum = 2;
};
[[nodiscard]] std::int64_t endorse_threshold(EndorseRule const& rule, ScopeKind scope, std::int64_t households);
/// Households that force a second review: the smaller of `cap` (20) and twice the endorsement threshold.
[[nodiscard]] std::int64_t reopen_threshold(std::int64_t cap, std::int64_t endorse_needed);

/// Scores 1..5 of households, as counts.
struct Scores {
    std::int64_t raters = 0;
    std::int64_t sum = 0;
    std::int64_t satisfied = 0; ///< scores >= 3
    friend bool operator==(Scores const&, Scores const&) = default;
};
enum class EvaluationOutcome { closed, rework, not_enough_ratings };
[[nodiscard]] char const* name(EvaluationOutcome outcome);

struct EvaluationRule {
    std::int64_t min_raters = 5;
    int min_raters_percent = 10; ///< of the households in scope, rounded up; the smaller counts
    int satisfaction_percent = 80;
};
struct EvaluationResult {
    EvaluationOutcome outcome = EvaluationOutcome::not_enough_ratings;
    std::int64_t min_raters = 0;
    std::int64_t average_hundredths = 0;      ///< rounded half up; 0 without raters
    std::int64_t satisfaction_hundredths = 0; ///< percent in hundredths, rounded half up; 8000 is 80 %
    friend bool operator==(EvaluationResult const&, EvaluationResult const&) = default;
};
[[nodiscard]] EvaluationResult evaluate(EvaluationRule const& rule, Scores const& scores, std::int64_t scope_households);
[[nodiscard]] std::int64_t min_raters(EvaluationRule const& rule, std::int64_t scope_households);

/// part/whole in hundredths of a percent, rounded half up: (190, 200) is 9500. 0 when whole is 0.
[[nodiscard]] std::int64_t percent_hundredths(std::int64_t part, std::int64_t whole);

} // namespace governance
