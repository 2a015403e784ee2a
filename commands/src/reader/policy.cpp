#include "reader/rules.hpp"

#include <array>

namespace commands::reader {

namespace {

struct Rule {
    std::string_view name;
    Verdict (*apply)(View const&);
};

/// The trigger policy of domain.md 15.4: the first rule that applies decides. T14 stands in apply_policy, T21 is what is left.
constexpr std::array kBeforeRepair{
    Rule{"T1", not_a_message},   Rule{"T2", danger_here_and_now}, Rule{"T3", danger_elsewhere}, Rule{"T4", orders_to_the_bot},
    Rule{"T5", pending_answer},  Rule{"T6", other_meaning},       Rule{"T7", explicit_command}, Rule{"T8", qualified_vote},
    Rule{"T9", talk_about_vote}, Rule{"T10", vote_with_number},   Rule{"T12", bare_choice},     Rule{"T13", weak_word},
};
constexpr std::array kAfterRepair{
    Rule{"T15", sunshine_session}, Rule{"T16", known_matter}, Rule{"T16", own_services},   Rule{"T19", quarrel},
    Rule{"T17", defect},           Rule{"T18", new_idea},     Rule{"T20", direct_service},
};

template <class Rules>
std::optional<Result> first_of(Rules const& rules, View const& v)
{
    for (auto const& rule : rules)
        if (auto verdict = rule.apply(v))
            return Result{std::move(*verdict), rule.name, v.s.damaged};
    return std::nullopt;
}

/// Rules that make a command of a mended word. Danger and noise were judged on the text as written.
constexpr std::array kOnMended{
    Rule{"T14", explicit_command},
    Rule{"T14", qualified_vote},
    Rule{"T14", talk_about_vote},
    Rule{"T14", vote_with_number},
};

/// T14: understood only after the word was mended by its sound; never executed directly.
std::optional<Result> mended(View const& v)
{
    if (!v.s.repaired)
        return std::nullopt;
    View const again(*v.s.repaired, v.c, v.lexicon, v.places);
    auto result = first_of(kOnMended, again);
    if (!result || result->ignored())
        return std::nullopt;
    for (auto& r : result->readings)
        if (r.mode == Mode::execute)
            r.mode = Mode::confirm;
    return result;
}

} // namespace

Result apply_policy(View const& v)
{
    if (v.s.damaged && !v.s.danger)
        return Result{{ignored()}, "T1", true}; // a person has to look; nothing is guessed from broken text
    if (auto result = first_of(kBeforeRepair, v))
        return std::move(*result);
    if (auto result = mended(v))
        return std::move(*result);
    if (auto result = first_of(kAfterRepair, v))
        return std::move(*result);
    return Result{{ignored()}, "T21", v.s.damaged};
}

} // namespace commands::reader
