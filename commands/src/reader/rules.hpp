#pragma once

#include "reader/view.hpp"

#include <optional>
#include <vector>

/// The parts of the trigger policy (domain.md 15.4). Each function answers "does this apply, and what follows": nothing means it does not.
namespace commands::reader {

using Readings = std::vector<Reading>;
using Verdict = std::optional<Readings>;

// rule_noise.cpp
[[nodiscard]] Verdict not_a_message(View const& v);     // T1
[[nodiscard]] Verdict orders_to_the_bot(View const& v); // T4
[[nodiscard]] Verdict other_meaning(View const& v);     // T6

// rule_danger.cpp
[[nodiscard]] Verdict danger_here_and_now(View const& v); // T2
[[nodiscard]] Verdict danger_elsewhere(View const& v);    // T3

// rule_answers.cpp
[[nodiscard]] Verdict pending_answer(View const& v); // T5

// rule_commands.cpp
[[nodiscard]] Verdict explicit_command(View const& v); // T7
[[nodiscard]] Verdict sunshine_session(View const& v); // T15

// rule_votes.cpp
[[nodiscard]] Verdict qualified_vote(View const& v);   // T8
[[nodiscard]] Verdict talk_about_vote(View const& v);  // T9
[[nodiscard]] Verdict vote_with_number(View const& v); // T10, T11, T13 with a number
[[nodiscard]] Verdict bare_choice(View const& v);      // T12
[[nodiscard]] Verdict weak_word(View const& v);        // T13

// rule_matters.cpp
[[nodiscard]] Verdict known_matter(View const& v); // T16 with a number
// rule_services.cpp
[[nodiscard]] Verdict own_services(View const& v);   // T16 without
[[nodiscard]] Verdict direct_service(View const& v); // T20

// rule_soft.cpp
[[nodiscard]] Verdict defect(View const& v);   // T17
[[nodiscard]] Verdict new_idea(View const& v); // T18
[[nodiscard]] Verdict quarrel(View const& v);  // T19

/// Applies the whole policy, typo repair (T14) included.
[[nodiscard]] Result apply_policy(View const& v);

// What several rules share.

/// One reading as a verdict.
[[nodiscard]] inline Verdict one(Reading r)
{
    return Readings{std::move(r)};
}
[[nodiscard]] inline Verdict one(std::optional<Reading> r)
{
    return r ? Verdict(Readings{std::move(*r)}) : std::nullopt;
}
[[nodiscard]] inline Verdict nothing()
{
    return Readings{ignored()};
}

/// report.create of the whole text; clarify `address` where a place is needed and none is named. `cut` is left out of the text.
[[nodiscard]] Reading report_of(View const& v, std::vector<Span> cut);
/// News, the past, a drill, a joke ... outweigh here and now (here_and_now.cpp).
[[nodiscard]] bool not_here_and_now(View const& v);
/// A danger to life is told of, and it is here and now.
[[nodiscard]] bool danger_is_here(View const& v);
/// What speaks for here and now less what speaks against it; 0 when nothing is said.
[[nodiscard]] int here_and_now(View const& v);
/// A command about a matter with a number; `strict` when the words must stand next to each other (T7).
[[nodiscard]] std::optional<Reading> matter_command(View const& v, Number const& ref, bool strict);
/// Service books and services without a number.
[[nodiscard]] std::optional<Reading> service_command(View const& v, bool keyword_first);
[[nodiscard]] std::optional<Reading> mediation_of(View const& v, Mode mode, std::vector<Span> cut);

} // namespace commands::reader
