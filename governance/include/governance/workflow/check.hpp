#pragma once

#include "governance/workflow/definition.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace governance::workflow {

enum class ParamType { integer, boolean, text, list, period };
struct ParamSpec {
    ParamType type = ParamType::text;
    bool required = true;
};
/// What a guard or an effect takes, by parameter name.
using ParamSpecs = std::map<std::string, ParamSpec>;

/// Everything a definition may name. The rules part comes from the procedure (five_talks_vocabulary() …), notices and actor words from
/// the catalogues of the caller.
struct Vocabulary {
    std::map<std::string, ParamSpecs> guards;
    std::map<std::string, ParamSpecs> effects;
    std::set<std::string> triggers;
    std::set<std::string> items;             ///< names for `needs`
    std::set<std::string> instants;          ///< names for TimerDef::at
    std::set<std::string> audiences;         ///< words for `recipients`
    std::set<std::string> required_triggers; ///< without a row for one of them the program could not run the procedure
    std::set<std::string> notices;
    std::set<std::string> actors;
};

/// A fault of a definition and where it stands.
struct Problem {
    std::string where; ///< "transition five_talks.13", "state voting", "timer collect"
    std::string what;  ///< one sentence
    int line = 0;
};

/// Empty when the definition may be used. Finds: unknown guards, effects, triggers, notices, actors, items, instants and audiences; wrong,
/// missing or unknown parameters; duplicate ids; unknown sources and targets; states that cannot be reached; states that are no end and
/// cannot be left; end states that are left by anything but reopening; states without any deadline where only people can move on
/// (`needs_deadline`); a next_step that does not leave its state; timers whose trigger moves nothing there; candidates that guards cannot
/// tell apart.
[[nodiscard]] std::vector<Problem> check(Definition const& definition, Vocabulary const& vocabulary);

} // namespace governance::workflow
