#pragma once

#include "workflow/rule_book.hpp"

#include <algorithm>

/// When the timers of a state fall due. Internal to governance/.
namespace governance::workflow {

/// The firings of a timer that starts at `start` and is due at `due`; those already past are left out, the last one never.
std::vector<TimerFiring> firings(TimerDef const& timer, WorkCalendar const& calendar, Instant due, Instant now, bool office_time);

/// When the timer is due, for a subject that enters the state now; nothing when its named instant is not set.
template <class Subject>
std::optional<Instant> due_of(RuleBook<Subject> const& book, TimerDef const& timer, Subject const& subject, Request const& request)
{
    auto from = std::optional(request.now);
    if (!timer.at.empty())
        from = book.instants.at(timer.at)(subject, request);
    if (from && timer.after)
        return add(*request.surroundings.calendar, *from, *timer.after);
    return from;
}

template <class Subject>
void arm(RuleBook<Subject> const& book, TimerDef const& timer, Subject& subject, Request const& request, std::vector<TimerFiring>& into)
{
    auto const due = due_of(book, timer, subject, request);
    if (timer.main)
        subject.deadline = due;
    if (!due)
        return;
    bool const office_time = timer.after ? in_working_time(*timer.after) : book.office_clock && book.office_clock(subject);
    for (auto& firing : firings(timer, *request.surroundings.calendar, *due, request.now, office_time))
        into.push_back(std::move(firing));
}

/// Arms everything of the state that `subject` has just entered.
template <class Subject>
void arm_all(RuleBook<Subject> const& book, StateDef const& state, Subject& subject, Request const& request, std::vector<TimerFiring>& into)
{
    subject.deadline.reset();
    for (auto const& timer : state.timers)
        arm(book, timer, subject, request, into);
}

/// Timers that hang on a named instant follow it, those that outlived their state included; repeating ones begin again when `again`.
/// `entered`: the state was entered by this step, so its own timers are armed already.
template <class Subject>
void follow_instants(RuleBook<Subject> const& book, Definition const& definition, Subject const& before, Step<Subject>& step,
                     Request const& request, bool entered, bool again)
{
    for (auto const& state : definition.states)
        for (auto const& timer : state.timers) {
            bool const here = state.id == step.after.state;
            if (here ? entered : !timer.survives)
                continue;
            bool const hangs = !timer.at.empty() && !timer.repeats;
            auto const was = hangs ? book.instants.at(timer.at)(before, request) : std::nullopt;
            auto const is = hangs ? book.instants.at(timer.at)(step.after, request) : std::nullopt;
            if (was && !is)
                step.cancel.push_back(timer.name);
            if (was != is || (here && again && timer.repeats))
                arm(book, timer, step.after, request, step.arm);
        }
}

} // namespace governance::workflow
