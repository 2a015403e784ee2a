#pragma once

#include "governance/result.hpp"
#include "governance/workflow/check.hpp"
#include "governance/workflow/definition.hpp"
#include "governance/workflow/request.hpp"
#include "governance/workflow/step.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// How a procedure's named guards and effects reach the engine. Internal to governance/.
namespace governance::workflow {

/// Reading checked parameters: check() made sure that they are there and of that type.
std::int64_t integer(Values const& params, std::string const& name);
bool boolean(Values const& params, std::string const& name, bool otherwise);
std::string const& text(Values const& params, std::string const& name);
std::vector<std::string> const& list(Values const& params, std::string const& name);
Period const& period(Values const& params, std::string const& name);

/// The fact, or std::logic_error naming it: the caller forgot to compute it.
template <class T>
T const& fact(std::optional<T> const& value, char const* name)
{
    if (!value)
        throw std::logic_error(std::string("a guard needs the fact ") + name);
    return *value;
}

std::string decimal(std::int64_t value);
/// Seconds since the epoch, as refusals carry instants.
std::string seconds_text(Instant at);
std::string joined(std::vector<std::string> const& words);

/// What a guard sees.
template <class Subject>
struct Asking {
    Definition const& definition;
    Subject const& before;
    Request const& request;
    std::set<std::string> const& words; ///< actor words of the asker, those by relation included

    [[nodiscard]] WorkCalendar const& calendar() const { return *request.surroundings.calendar; }
    [[nodiscard]] Instant now() const { return request.now; }
    [[nodiscard]] StepInput const& input() const { return request.input; }
    [[nodiscard]] Facts const& facts() const { return request.facts; }
};

/// What an effect works on: the step being made.
template <class Subject>
struct Doing {
    Definition const& definition;
    Request const& request;
    Subject const& before;
    Step<Subject>& step;
    std::map<std::string, std::string> parameters; ///< for all notices of the step
    std::set<std::string> silenced;                ///< notices of the row that do not apply
    std::vector<TimerFiring> moved_timers;         ///< armed anew by an effect
    bool restart_timers = false;

    [[nodiscard]] WorkCalendar const& calendar() const { return *request.surroundings.calendar; }
    [[nodiscard]] Instant now() const { return request.now; }
    [[nodiscard]] StepInput const& input() const { return request.input; }
    [[nodiscard]] Facts const& facts() const { return request.facts; }
    [[nodiscard]] Subject& after() { return step.after; }
};

using Verdict = std::optional<Refusal>; ///< empty: allowed

template <class Subject>
struct RuleBook {
    struct Guard {
        ParamSpecs params;
        Verdict (*ask)(Asking<Subject> const&, Values const&);
        bool last = false;    ///< asked when all others hold: agreement of others is not sought for what would be refused anyway
        bool chooses = false; ///< tells candidates of one trigger apart; its refusal is the least telling one
    };
    struct Effect {
        ParamSpecs params;
        void (*apply)(Doing<Subject>&, Values const&);
    };
    std::map<std::string, Guard> guards;
    std::map<std::string, Effect> effects;
    std::map<std::string, std::optional<Instant> (*)(Subject const&, Request const&)> instants;
    std::set<std::string> triggers;
    std::set<std::string> audiences;
    /// Whether the matter's own clocks run in office time; null: they run always.
    bool (*office_clock)(Subject const&) = nullptr;
    /// Adds the words that the asker fulfils by relation to this matter.
    void (*relate)(Subject const&, Request const&, Actor const&, std::set<std::string>&) = nullptr;

    [[nodiscard]] Vocabulary vocabulary() const
    {
        Vocabulary words;
        for (auto const& [name, guard] : guards)
            words.guards[name] = guard.params;
        for (auto const& [name, effect] : effects)
            words.effects[name] = effect.params;
        for (auto const& [name, instant] : instants)
            words.instants.insert(name);
        words.triggers = triggers;
        words.required_triggers = triggers;
        words.items = item_names();
        words.audiences = audiences;
        return words;
    }
};

} // namespace governance::workflow
