#pragma once

#include "governance/ballot.hpp"
#include "governance/calendar.hpp"
#include "governance/matter.hpp"
#include "governance/router.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A proposal and everything small that belongs to it. Endorsements, ballots, comments and ratings are collections of the store and
/// reach the rules as counts (workflow::Facts). Source: domain.md 4.
namespace governance {

/// Decision of the two committees (stage 2).
struct Review {
    std::optional<ResolutionMode> mode;
    CostClass cost = CostClass::none;
    std::int64_t amount_fen = 0;      ///< a household's share when cost is apportioned, in fen
    std::vector<std::string> parties; ///< named parties; empty means all households in scope
    std::vector<PersonId> decided_by; ///< all who concurred
    std::string reason;               ///< of a return or rejection
    std::string reason_code;          ///< of a rejection
    std::string party_study;          ///< minutes of the party organisation's study, where the law asks for it
    std::optional<Instant> decided_at;
    bool second_review = false; ///< forced by residents; a supervision member must be present
    friend bool operator==(Review const&, Review const&) = default;
};

/// Democratic deliberation (stage 3).
struct Deliberation {
    std::optional<Instant> began_at;
    std::string minutes; ///< edited summary, as published
    std::optional<Instant> minutes_at;
    std::vector<std::string> signed_by; ///< parties that signed (consensus_multi_party)
    std::vector<std::string> declined_by;
    friend bool operator==(Deliberation const&, Deliberation const&) = default;
};

/// The resolution's display. Source: domain.md 3.6.
struct Publication {
    Instant posted_at{};
    Instant objection_until{};
    Instant display_until{};
    std::string text;
    friend bool operator==(Publication const&, Publication const&) = default;
};

struct Objection {
    PersonId person;
    HouseholdId household;
    std::string reason;
    Instant raised_at{};
    std::string answer; ///< empty while open
    std::optional<Instant> answered_at;
    bool upheld = false;
    std::vector<PersonId> answered_by;
    friend bool operator==(Objection const&, Objection const&) = default;
};

struct Milestone {
    LocalDate due;
    std::string text;
    friend bool operator==(Milestone const&, Milestone const&) = default;
};

struct Plan {
    std::string owner; ///< PersonId or UnitId of the responsible body, as the district's files name it
    std::int64_t budget_fen = 0;
    std::vector<Milestone> milestones; ///< ascending, at least one
    friend bool operator==(Plan const&, Plan const&) = default;
};

struct ProgressEntry {
    PersonId by;
    Instant at{};
    int percent = 0;
    std::string text;
    friend bool operator==(ProgressEntry const&, ProgressEntry const&) = default;
};

struct Execution {
    std::optional<Plan> plan;
    std::string body; ///< residents' own body that is responsible beside the owner, as in parking_committee; may be named later
    std::vector<ProgressEntry> progress; ///< the last kProgressKept entries; the journal of the store has all
    std::set<PersonId> reporters;        ///< everybody who ever reported progress; none of them may check
    int percent = 0;
    std::int64_t spent_fen = 0;
    int pictures = 0;
    std::optional<LocalDate> restart; ///< while suspended
    std::string stop_basis;           ///< decision of the body or the street's approval
    std::optional<PersonId> checked_by;
    std::string reason; ///< of the last suspension, stop or failed check
    friend bool operator==(Execution const&, Execution const&) = default;
};
inline constexpr std::size_t kProgressKept = 24;

/// How a closed proposal ended.
enum class ClosingResult { none, satisfied, not_enough_ratings, unsatisfied };
[[nodiscard]] char const* name(ClosingResult result);

struct Evaluation {
    int round = 0; ///< 1 for the first, 2 after rework; ratings belong to a round
    Scores scores; ///< of the last round that ended
    std::optional<EvaluationResult> result;
    std::string rework_report; ///< what was done
    int failures = 0;
    ClosingResult closing = ClosingResult::none;
    std::string closing_reason;
    friend bool operator==(Evaluation const&, Evaluation const&) = default;
};

struct Proposal : Matter {
    bool safety = false;               ///< safety-related: fast track by a committee member
    std::int64_t endorse_needed = 0;   ///< frozen when collecting begins
    std::int64_t scope_households = 0; ///< declared total of the scope, frozen with it; scope changes at acceptance
    Review review;
    Deliberation deliberation;
    std::vector<VotingRound> rounds; ///< in order; the last is the current one
    std::optional<Publication> publication;
    std::vector<Objection> objections;
    Execution execution;
    Evaluation evaluation;
    friend bool operator==(Proposal const&, Proposal const&) = default;
};

/// The matter an endorsement is asked for. Errors: wrong_state{state,expected}, not_bound, minor, not_in_scope, household_endorsed_already.
struct Endorsing {
    bool bound = true;
    bool adult = true;
    bool in_scope = true;
    bool household_endorsed = false;
};
[[nodiscard]] result<void> decide_endorsement(Proposal const& proposal, Endorsing const& endorsing);

/// One score 1..5 a household, from a household in scope, while evaluating.
/// Errors: wrong_state{state}, not_bound, not_in_scope, household_rated_already, out_of_range{item=score,min,max}.
struct Rating {
    bool bound = true;
    bool in_scope = true;
    bool household_rated = false;
    int score = 0;
};
[[nodiscard]] result<void> decide_rating(Proposal const& proposal, Rating const& rating);

/// A comment in the deliberation. Errors: wrong_state{state}, not_bound, text_too_short{min}, text_too_long{max}.
[[nodiscard]] result<void> decide_comment(Proposal const& proposal, bool bound, std::string const& text);

/// A named party's answer to its card (consensus_multi_party). Errors: wrong_state{state}, not_a_party{party}.
[[nodiscard]] result<Proposal> sign(Proposal const& before, std::string const& party, bool agrees);

/// Households that endorse after a merge: the union, each once.
[[nodiscard]] std::set<HouseholdId> unite(std::set<HouseholdId> const& master, std::set<HouseholdId> const& merged);

/// Number of code points of valid UTF-8 text.
[[nodiscard]] std::int64_t length_in_characters(std::string const& text);

} // namespace governance
