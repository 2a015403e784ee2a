#pragma once

#include "governance/workflow/period.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// A procedure as data: what domain.md prints as a table. Loaded from data/procedures/*.toml, checked before use (check.hpp), executed by
/// the engine (engine.hpp).
namespace governance::workflow {

/// A parameter of a guard, an effect or the definition.
using Value = std::variant<std::int64_t, bool, std::string, std::vector<std::string>, Period>;
using Values = std::map<std::string, Value>;

/// A named guard or effect with its parameters ("$name" already replaced by the definition's parameter).
struct Call {
    std::string name;
    Values params;
    int line = 0; ///< in the file it came from; 0 when none
    friend bool operator==(Call const&, Call const&) = default;
};

/// Whom reminders of a timer concern.
enum class Reminds {
    nobody,
    official, ///< those who may do the next step
    voters,   ///< those who have not voted, privately, once
};

/// A deadline of a state, armed on entering it (again on re-entering) and cancelled on leaving unless it survives.
struct TimerDef {
    std::string name;            ///< unique in its definition
    std::optional<Period> after; ///< from entering the state, or from the instant `at` when both stand
    std::string at;              ///< a named instant of the matter, as in "vote_closes"; empty: entering the state
    std::string trigger;         ///< what the scheduler performs when it is due; empty: only flags and notices
    std::vector<int> remind_at;  ///< percent of the time, ascending, 1..100
    Reminds reminds = Reminds::nobody;
    std::vector<std::string> remind_notices;
    bool main = false;                ///< its due time is the matter's deadline while in this state
    bool survives = false;            ///< stays armed when the state is left
    bool repeats = false;             ///< armed again each time it fires without leaving the state
    std::int64_t most = 0;            ///< how often a repeating one fires at most in one stay in the state; 0: without end
    bool overdue = false;             ///< firing without a transition sets the flag
    bool drops = false;               ///< firing drops the matter silently (drafts)
    std::string escalates_to;         ///< actor word that is told when it fires without a transition: silence never punishes
    std::vector<std::string> notices; ///< sent when it fires without a transition
    int line = 0;
};

/// A step within a state that is no transition of the table: the matter stays where it is (extension, run-off, another objection).
struct InnerStep {
    std::string id; ///< unique in its definition, as in "extend_collection"
    std::string trigger;
    std::vector<std::string> actors;
    std::vector<std::string> needs;
    std::vector<Call> guards;
    std::vector<Call> effects;
    std::vector<std::string> notices;
    int line = 0;
};

struct StateDef {
    std::string id;
    std::string title;
    std::string stage; ///< empty when the source gives none
    bool terminal = false;
    std::string next_step; ///< trigger of the usual next step, named when a command does not fit the state; empty in end states
    bool untimed = false;  ///< says on purpose that nothing falls due here
    std::vector<TimerDef> timers;
    std::vector<InnerStep> steps;
    int line = 0;
};

/// Source of a transition that creates a matter.
inline constexpr char const* kNoState = "-";

struct TransitionDef {
    std::string id;                   ///< as in workflows.json: "five_talks.13"
    std::vector<std::string> sources; ///< state ids or kNoState
    std::string target;
    std::vector<std::string> actors; ///< actor words of permissions.json
    std::string trigger;
    std::vector<std::string> needs; ///< items of StepInput that must be there; asked for one at a time
    std::vector<Call> guards;
    std::vector<Call> effects;
    std::vector<std::string> notices;
    int line = 0;
};

struct Definition {
    std::string id;
    int version = 1;
    std::string title;
    Values parameters;
    std::vector<StateDef> states;
    std::vector<TransitionDef> transitions;
    std::map<std::string, std::vector<std::string>> recipients; ///< notice id -> audience words for private notices
    std::string file;                                           ///< for messages; empty when built in code

    [[nodiscard]] StateDef const* find_state(std::string const& state) const;
    [[nodiscard]] TransitionDef const* find_transition(std::string const& transition) const;
};

/// All versions that running matters need. A new matter begins on the newest.
class DefinitionSet {
public:
    /// Replaces a definition with the same id and version.
    void add(Definition definition);
    /// Null when not there.
    [[nodiscard]] Definition const* find(std::string const& id, int version) const;
    [[nodiscard]] Definition const* newest(std::string const& id) const;

private:
    std::map<std::string, std::map<int, Definition>> by_id_;
};

} // namespace governance::workflow
