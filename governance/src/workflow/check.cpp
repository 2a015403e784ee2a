#include "governance/workflow/check.hpp"

#include <algorithm>

namespace governance::workflow {

namespace {

bool has_type(Value const& value, ParamType type)
{
    switch (type) {
    case ParamType::integer: return std::holds_alternative<std::int64_t>(value);
    case ParamType::boolean: return std::holds_alternative<bool>(value);
    case ParamType::text: return std::holds_alternative<std::string>(value);
    case ParamType::list: return std::holds_alternative<std::vector<std::string>>(value);
    case ParamType::period: return std::holds_alternative<Period>(value);
    }
    return false;
}

char const* word(ParamType type)
{
    switch (type) {
    case ParamType::integer: return "a whole number";
    case ParamType::boolean: return "true or false";
    case ParamType::text: return "a text";
    case ParamType::list: return "a list of texts";
    case ParamType::period: return "a span of time, as in \"7天\"";
    }
    return "";
}

/// Collects problems while walking through a definition.
class Checker {
public:
    Checker(Definition const& definition, Vocabulary const& vocabulary) : definition_(definition), vocabulary_(vocabulary) {}

    std::vector<Problem> run()
    {
        ids();
        for (auto const& state : definition_.states)
            check_state(state);
        for (auto const& row : definition_.transitions)
            check_transition(row);
        for (auto const& [notice, audiences] : definition_.recipients) {
            known(vocabulary_.notices, notice, "notice", "recipients", 0);
            for (auto const& audience : audiences)
                known(vocabulary_.audiences, audience, "audience", "recipients of " + notice, 0);
        }
        for (auto const& trigger : vocabulary_.required_triggers)
            if (!has_trigger(trigger))
                report("definition " + definition_.id, "no transition or step has the trigger \"" + trigger + "\"", 0);
        reachability();
        ambiguity();
        return std::move(problems_);
    }

private:
    void report(std::string where, std::string what, int line) { problems_.push_back({std::move(where), std::move(what), line}); }

    void known(std::set<std::string> const& names, std::string const& name, char const* kind, std::string const& where, int line)
    {
        if (!names.contains(name))
            report(where, std::string("unknown ") + kind + " \"" + name + "\"", line);
    }

    void once(std::set<std::string>& seen, std::string const& id, std::string const& where, int line)
    {
        if (id.empty())
            report(where, "has no id", line);
        else if (!seen.insert(id).second)
            report(where, "the id stands twice", line);
    }

    void ids()
    {
        if (definition_.id.empty() || definition_.version < 1)
            report("definition", "needs an id and a version of 1 or more", 0);
        std::set<std::string> states;
        std::set<std::string> steps;
        std::set<std::string> timers;
        for (auto const& state : definition_.states) {
            once(states, state.id, "state " + state.id, state.line);
            for (auto const& timer : state.timers)
                once(timers, timer.name, "timer " + timer.name, timer.line);
            for (auto const& step : state.steps)
                once(steps, step.id, "step " + step.id, step.line);
        }
        for (auto const& row : definition_.transitions)
            once(steps, row.id, "transition " + row.id, row.line);
    }

    void check_params(Call const& call, ParamSpecs const& specs, std::string const& where)
    {
        for (auto const& [name, spec] : specs) {
            auto const found = call.params.find(name);
            if (found == call.params.end()) {
                if (spec.required)
                    report(where, call.name + " needs the parameter \"" + name + "\"", call.line);
            } else if (!has_type(found->second, spec.type)) {
                report(where, call.name + ": parameter \"" + name + "\" must be " + word(spec.type), call.line);
            }
        }
        for (auto const& [name, value] : call.params)
            if (!specs.contains(name))
                report(where, call.name + " takes no parameter \"" + name + "\"", call.line);
    }

    void check_calls(std::vector<Call> const& calls, std::map<std::string, ParamSpecs> const& known_calls, char const* kind,
                     std::string const& where)
    {
        for (auto const& call : calls) {
            auto const found = known_calls.find(call.name);
            if (found == known_calls.end())
                report(where, std::string("unknown ") + kind + " \"" + call.name + "\"", call.line);
            else
                check_params(call, found->second, where);
        }
    }

    /// What transitions and inner steps share.
    template <class Row>
    void check_row(Row const& row, std::string const& where)
    {
        known(vocabulary_.triggers, row.trigger, "trigger", where, row.line);
        if (row.actors.empty())
            report(where, "names no actor", row.line);
        for (auto const& actor : row.actors)
            known(vocabulary_.actors, actor, "actor", where, row.line);
        for (auto const& item : row.needs)
            known(vocabulary_.items, item, "item", where, row.line);
        for (auto const& notice : row.notices)
            known(vocabulary_.notices, notice, "notice", where, row.line);
        check_calls(row.guards, vocabulary_.guards, "guard", where);
        check_calls(row.effects, vocabulary_.effects, "effect", where);
    }

    void check_transition(TransitionDef const& row)
    {
        auto const where = "transition " + row.id;
        check_row(row, where);
        if (row.sources.empty())
            report(where, "has no source", row.line);
        for (auto const& source : row.sources) {
            auto const* state = definition_.find_state(source);
            if (source != kNoState && !state)
                report(where, "unknown source state \"" + source + "\"", row.line);
            if (state && state->terminal && row.trigger != "reopen")
                report(where, "leaves the end state \"" + source + "\"; only reopening may", row.line);
        }
        if (!definition_.find_state(row.target))
            report(where, "unknown target state \"" + row.target + "\"", row.line);
    }

    [[nodiscard]] bool leaves_or_steps(StateDef const& state, std::string const& trigger) const
    {
        return std::any_of(state.steps.begin(), state.steps.end(), [&](InnerStep const& step) { return step.trigger == trigger; }) ||
               moves(state, trigger);
    }

    [[nodiscard]] bool moves(StateDef const& state, std::string const& trigger) const
    {
        return std::any_of(definition_.transitions.begin(), definition_.transitions.end(), [&](TransitionDef const& row) {
            return row.trigger == trigger && std::find(row.sources.begin(), row.sources.end(), state.id) != row.sources.end();
        });
    }

    [[nodiscard]] bool has_trigger(std::string const& trigger) const
    {
        return std::any_of(definition_.transitions.begin(), definition_.transitions.end(),
                           [&](TransitionDef const& row) { return row.trigger == trigger; }) ||
               std::any_of(definition_.states.begin(), definition_.states.end(), [&](StateDef const& state) {
                   return std::any_of(state.steps.begin(), state.steps.end(),
                                      [&](InnerStep const& step) { return step.trigger == trigger; });
               });
    }

    void check_state(StateDef const& state)
    {
        auto const where = "state " + state.id;
        if (state.terminal) {
            if (!state.timers.empty())
                report(where, "is an end state and has timers", state.line);
        } else {
            if (state.timers.empty() && !state.untimed)
                report(where, "has no timer and does not say untimed = true", state.line);
            if (!moves(state, state.next_step))
                report(where, "next_step \"" + state.next_step + "\" is no transition from here", state.line);
        }
        for (auto const& step : state.steps)
            check_row(step, "step " + step.id);
        for (auto const& timer : state.timers)
            check_timer(state, timer);
    }

    void check_timer(StateDef const& state, TimerDef const& timer)
    {
        auto const where = "timer " + timer.name;
        if (!timer.after && timer.at.empty())
            report(where, "needs \"after\" or \"at\"", timer.line);
        if (timer.repeats && !timer.after)
            report(where, "repeats needs \"after\"", timer.line);
        if (timer.most != 0 && !timer.repeats)
            report(where, "\"most\" is for timers that repeat", timer.line);
        if (!timer.at.empty())
            known(vocabulary_.instants, timer.at, "instant", where, timer.line);
        if (!timer.trigger.empty() && !leaves_or_steps(state, timer.trigger))
            report(where, "its trigger \"" + timer.trigger + "\" does nothing in state " + state.id, timer.line);
        if (!std::is_sorted(timer.remind_at.begin(), timer.remind_at.end()) ||
            std::any_of(timer.remind_at.begin(), timer.remind_at.end(), [](int percent) { return percent < 1 || percent > 100; }))
            report(where, "remind_at must ascend within 1 to 100", timer.line);
        if (!timer.escalates_to.empty())
            known(vocabulary_.actors, timer.escalates_to, "actor", where, timer.line);
        for (auto const* notices : {&timer.notices, &timer.remind_notices})
            for (auto const& notice : *notices)
                known(vocabulary_.notices, notice, "notice", where, timer.line);
    }

    void reachability()
    {
        std::set<std::string> reached{kNoState};
        for (bool grew = true; grew;) {
            grew = false;
            for (auto const& row : definition_.transitions)
                if (std::any_of(row.sources.begin(), row.sources.end(),
                                [&](std::string const& source) { return reached.contains(source); }))
                    grew = reached.insert(row.target).second || grew;
        }
        for (auto const& state : definition_.states) {
            if (!reached.contains(state.id))
                report("state " + state.id, "cannot be reached", state.line);
            bool const left = std::any_of(definition_.transitions.begin(), definition_.transitions.end(), [&](TransitionDef const& row) {
                return row.target != state.id && std::find(row.sources.begin(), row.sources.end(), state.id) != row.sources.end();
            });
            if (!state.terminal && !left)
                report("state " + state.id, "is no end state and cannot be left", state.line);
        }
    }

    /// Two rows that start alike and ask the same would let the order in the file decide.
    void ambiguity()
    {
        auto const& rows = definition_.transitions;
        for (auto a = rows.begin(); a != rows.end(); ++a)
            for (auto b = std::next(a); b != rows.end(); ++b)
                if (a->trigger == b->trigger && overlap(a->sources, b->sources) && overlap(a->actors, b->actors) && same_guards(*a, *b))
                    report("transition " + b->id, "cannot be told apart from " + a->id + ": same trigger, source, actor and guards",
                           b->line);
    }

    static bool overlap(std::vector<std::string> const& a, std::vector<std::string> const& b)
    {
        return std::any_of(a.begin(), a.end(), [&](std::string const& item) { return std::find(b.begin(), b.end(), item) != b.end(); });
    }

    static bool same_guards(TransitionDef const& a, TransitionDef const& b)
    {
        return std::equal(a.guards.begin(), a.guards.end(), b.guards.begin(), b.guards.end(),
                          [](Call const& x, Call const& y) { return x.name == y.name && x.params == y.params; });
    }

    Definition const& definition_;
    Vocabulary const& vocabulary_;
    std::vector<Problem> problems_;
};

} // namespace

std::vector<Problem> check(Definition const& definition, Vocabulary const& vocabulary)
{
    return Checker(definition, vocabulary).run();
}

} // namespace governance::workflow
