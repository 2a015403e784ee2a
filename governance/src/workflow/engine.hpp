#pragma once

#include "workflow/rule_book.hpp"
#include "workflow/timers.hpp"

#include <algorithm>
#include <stdexcept>

/// Executes definitions. One template over the kind of matter, instantiated once a procedure. Internal to governance/.
namespace governance::workflow {

/// A row that might apply: a transition, or an inner step of the state.
struct Candidate {
    std::string const* id;
    std::vector<std::string> const* actors;
    std::vector<std::string> const* needs;
    std::vector<Call> const* guards;
    std::vector<Call> const* effects;
    std::vector<std::string> const* notices;
    TransitionDef const* transition; ///< null for an inner step
};

/// Inner steps first: what keeps the matter where it is (an extension) goes before what ends the state.
std::vector<Candidate> candidates(Definition const& definition, std::string const& state, std::string const& trigger);
/// Names the state and the next possible step.
Refusal wrong_state(Definition const& definition, std::string const& state);
/// The actor words of a state's usual next step.
std::vector<std::string> next_actors(Definition const& definition, StateDef const& state);
/// Orders of notices with their audiences.
void order_notices(Definition const& definition, std::vector<std::string> const& ids, std::map<std::string, std::string> const& parameters,
                   std::vector<NoticeOrder>& into);
/// Of several refusals the most telling one.
Refusal most_telling(std::vector<std::pair<Refusal, bool>> const& refusals);
void must_fit(Definition const& definition, std::string const& id, int version, Request const& request);

template <class Subject>
class Engine {
public:
    Engine(Definition const& definition, RuleBook<Subject> const& book, Subject const& before, Request const& request)
        : definition_(definition), book_(book), before_(before), request_(request), words_(request.actor.words)
    {
        must_fit(definition, before.definition, before.definition_version, request);
        book.relate(before, request, request.actor, words_);
    }

    [[nodiscard]] result<Step<Subject>> perform() const
    {
        auto const rows = candidates(definition_, before_.state, request_.trigger);
        if (rows.empty())
            return wrong_state(definition_, before_.state);
        std::vector<std::pair<Refusal, bool>> refusals;
        std::vector<std::string> wanted;
        for (auto const& row : rows) {
            if (!fulfils(*row.actors)) {
                wanted.insert(wanted.end(), row.actors->begin(), row.actors->end());
                continue;
            }
            auto refused = ask(row);
            if (!refused)
                return take(row);
            refusals.push_back(*refused);
        }
        if (refusals.empty())
            return Refusal{RefusalCode::not_the_actor, {{"actors", joined(wanted)}}};
        return most_telling(refusals);
    }

    /// A firing of a timer; see five_talks.hpp.
    [[nodiscard]] result<Step<Subject>> fire(std::string const& name, int percent) const
    {
        auto const* timer = timer_named(name);
        auto const* state = definition_.find_state(before_.state);
        Step<Subject> step;
        step.after = before_;
        if (!timer || !state || state->terminal)
            return step; // the step that it waited for was taken
        if (percent >= 100 && !timer->trigger.empty())
            return perform();
        step.transition = "timer " + name;
        std::map<std::string, std::string> parameters{{"percent", decimal(percent)}, {"timer", name}};
        parameters["actors"] = joined(next_actors(definition_, *state));
        if (percent >= 100 && timer->most > 0)
            parameters["time"] = decimal(++step.after.rung[timer->name]);
        order_notices(definition_, percent >= 100 ? timer->notices : timer->remind_notices, parameters, step.notices);
        if (percent >= 100)
            lapse(*timer, step);
        return step;
    }

private:
    [[nodiscard]] bool fulfils(std::vector<std::string> const& actors) const
    {
        return std::any_of(actors.begin(), actors.end(), [&](std::string const& word) { return words_.contains(word); });
    }

    /// Empty when the row allows the request; else why not, and whether that only says that another row is meant.
    [[nodiscard]] std::optional<std::pair<Refusal, bool>> ask(Candidate const& row) const
    {
        for (auto const& item : *row.needs)
            if (!has_item(request_.input, item))
                return std::pair{Refusal{RefusalCode::missing_item, {{"item", item}}}, false};
        Asking<Subject> const asking{definition_, before_, request_, words_};
        for (bool const last : {false, true})
            for (auto const& call : *row.guards) {
                auto const& guard = book_.guards.at(call.name);
                if (guard.last != last)
                    continue;
                if (auto refusal = guard.ask(asking, call.params))
                    return std::pair{std::move(*refusal), guard.chooses};
            }
        return std::nullopt;
    }

    [[nodiscard]] Step<Subject> take(Candidate const& row) const
    {
        Step<Subject> step;
        step.transition = *row.id;
        step.moved = row.transition != nullptr;
        step.after = before_;
        bool const leaves = row.transition && row.transition->target != before_.state;
        if (leaves)
            enter(step.after, row.transition->target);
        Doing<Subject> doing{definition_, request_, before_, step, {}, {}, {}, false};
        for (auto const& call : *row.effects)
            book_.effects.at(call.name).apply(doing, call.params);
        settle_timers(step, doing, leaves);
        std::vector<std::string> ids;
        for (auto const& id : *row.notices)
            if (!doing.silenced.contains(id))
                ids.push_back(id);
        order_notices(definition_, ids, doing.parameters, step.notices);
        return step;
    }

    void enter(Subject& after, std::string const& target) const
    {
        if (before_.state.empty()) {
            after.definition = definition_.id;
            after.definition_version = definition_.version;
            after.opened_at = request_.now;
        }
        after.state = target;
        after.state_since = request_.now;
        after.flags.overdue = false;
        after.flags.escalated = false;
        after.rung.clear();
    }

    void settle_timers(Step<Subject>& step, Doing<Subject>& doing, bool leaves) const
    {
        auto const* old_state = definition_.find_state(before_.state);
        if (step.opened) { // the old matter rests where it was; the new one begins
            arm_all(book_, *definition_.find_state(step.opened->state), *step.opened, request_, step.arm);
            return;
        }
        if (leaves && old_state)
            for (auto const& timer : old_state->timers)
                if (!timer.survives)
                    step.cancel.push_back(timer.name);
        bool const entered = leaves || doing.restart_timers;
        if (entered)
            arm_all(book_, *definition_.find_state(step.after.state), step.after, request_, step.arm);
        follow_instants(book_, definition_, before_, step, request_, entered, step.moved);
        step.arm.insert(step.arm.end(), doing.moved_timers.begin(), doing.moved_timers.end());
    }

    /// A deadline passed without a transition: flags, escalation, the next round of a repeating timer.
    void lapse(TimerDef const& timer, Step<Subject>& step) const
    {
        step.after.flags.overdue = step.after.flags.overdue || timer.overdue;
        if (timer.drops)
            step.follow_ups.push_back({FollowUp::Kind::drop_draft, {}, {}});
        if (!timer.escalates_to.empty()) {
            step.after.flags.escalated = true;
            step.told = timer.escalates_to;
        }
        if (timer.repeats && (timer.most == 0 || step.after.rung[timer.name] < timer.most))
            arm(book_, timer, step.after, request_, step.arm);
    }

    /// The timer when it belongs to the current state, or outlives the state it began in.
    [[nodiscard]] TimerDef const* timer_named(std::string const& name) const
    {
        for (auto const& state : definition_.states)
            for (auto const& timer : state.timers)
                if (timer.name == name && (state.id == before_.state || timer.survives))
                    return &timer;
        return nullptr;
    }

    Definition const& definition_;
    RuleBook<Subject> const& book_;
    Subject const& before_;
    Request const& request_;
    std::set<std::string> words_;
};

template <class Subject>
result<Step<Subject>> perform(RuleBook<Subject> const& book, Definition const& definition, Subject const& before, Request const& request)
{
    return Engine<Subject>(definition, book, before, request).perform();
}

template <class Subject>
result<Step<Subject>> fire_timer(RuleBook<Subject> const& book, Definition const& definition, Subject const& before,
                                 std::string const& timer, int percent, Request request)
{
    request.actor = Actor::timer();
    for (auto const& state : definition.states)
        for (auto const& known : state.timers)
            if (known.name == timer)
                request.trigger = known.trigger;
    return Engine<Subject>(definition, book, before, request).fire(timer, percent);
}

} // namespace governance::workflow
