#pragma once

#include "workflow/rule_book.hpp"

#include <algorithm>

/// Guards and effects that every procedure may name. Internal to governance/.
namespace governance::workflow {

/// True when somebody other than the asker agreed and fulfils one of the words for this matter.
template <class Subject>
bool somebody_concurs(Asking<Subject> const& asking, RuleBook<Subject> const& book, std::vector<std::string> const& wanted)
{
    auto const& others = asking.request.concurring;
    return std::any_of(others.begin(), others.end(), [&](Actor const& other) {
        auto words = other.words;
        book.relate(asking.before, asking.request, other, words);
        return other.person != asking.request.actor.person &&
               std::any_of(wanted.begin(), wanted.end(), [&](std::string const& word) { return words.contains(word); });
    });
}

template <class Subject>
Verdict in_range(std::optional<int> const& value, Values const& params, char const* item)
{
    auto const least = integer(params, "min");
    auto const most = integer(params, "max");
    if (value && (*value < least || *value > most))
        return Refusal{RefusalCode::out_of_range, {{"item", item}, {"min", decimal(least)}, {"max", decimal(most)}}};
    return std::nullopt;
}

/// `book` is the function that returns the finished book: two_persons needs its relations.
template <class Subject, RuleBook<Subject> const& (*book)()>
void add_common_rules(RuleBook<Subject>& rules)
{
    using Ask = Asking<Subject>;
    rules.guards["two_persons"] = {{{"with", {ParamType::list, true}}},
                                   [](Ask const& asking, Values const& params) -> Verdict {
                                       for (auto const& other : asking.request.concurring)
                                           if (other.person == asking.request.actor.person)
                                               return RefusalCode::same_person;
                                       auto const& with = list(params, "with");
                                       if (somebody_concurs(asking, book(), with))
                                           return std::nullopt;
                                       return Refusal{RefusalCode::needs_second_person, {{"roles", joined(with)}}};
                                   },
                                   true};
    rules.guards["speaker_bound"] = {
        {}, [](Ask const& asking, Values const&) -> Verdict { return asking.request.actor.bound ? Verdict{} : RefusalCode::not_bound; }};
    rules.guards["adult"] = {
        {}, [](Ask const& asking, Values const&) -> Verdict { return asking.request.actor.adult ? Verdict{} : RefusalCode::minor; }};
    rules.guards["in_scope"] = {{}, [](Ask const& asking, Values const&) -> Verdict {
                                    return asking.request.actor.in_scope ? Verdict{} : RefusalCode::not_in_scope;
                                }};
    rules.guards["reason_code_in"] = {
        {{"codes", {ParamType::list, true}}}, [](Ask const& asking, Values const& params) -> Verdict {
            auto const& codes = list(params, "codes");
            auto const& code = asking.input().reason_code;
            if (code && std::find(codes.begin(), codes.end(), *code) != codes.end())
                return std::nullopt;
            return Refusal{RefusalCode::bad_item, {{"item", "reason_code"}, {"why", "not_allowed"}, {"allowed", joined(codes)}}};
        }};
    rules.guards["days_in"] = {
        {{"min", {ParamType::integer, true}}, {"max", {ParamType::integer, true}}},
        [](Ask const& asking, Values const& params) -> Verdict { return in_range<Subject>(asking.input().days, params, "days"); }};
    rules.guards["not_used"] = {{{"once", {ParamType::text, true}}}, [](Ask const& asking, Values const& params) -> Verdict {
                                    return asking.before.used_once.contains(text(params, "once")) ? Verdict{RefusalCode::extension_used}
                                                                                                  : Verdict{};
                                }};
    rules.guards["deadline_passed"] = {{}, [](Ask const& asking, Values const&) -> Verdict {
                                           auto const& deadline = asking.before.deadline;
                                           if (!deadline || asking.now() >= *deadline)
                                               return std::nullopt;
                                           return Refusal{RefusalCode::too_early, {{"not_before", seconds_text(*deadline)}}};
                                       }};
    rules.effects["mark_used"] = {{{"once", {ParamType::text, true}}}, [](Doing<Subject>& doing, Values const& params) {
                                      doing.after().used_once.insert(text(params, "once"));
                                  }};
    rules.effects["extend_timer"] = {{{"timer", {ParamType::text, true}}, {"by", {ParamType::period, true}}},
                                     [](Doing<Subject>& doing, Values const& params) {
                                         // The whole span again from the old end, so that a firing that came late costs nobody time.
                                         auto const from = doing.before.deadline.value_or(doing.now());
                                         auto const due = add(doing.calendar(), from - std::chrono::microseconds{1}, period(params, "by"));
                                         doing.moved_timers.push_back({text(params, "timer"), 100, due});
                                         doing.after().deadline = due;
                                         doing.parameters["until"] = seconds_text(due);
                                     }};
    rules.effects["restart_timers"] = {{}, [](Doing<Subject>& doing, Values const&) { doing.restart_timers = true; }};
    rules.effects["freeze"] = {{}, [](Doing<Subject>& doing, Values const&) { doing.after().flags.frozen = true; }};
    rules.effects["unfreeze"] = {{}, [](Doing<Subject>& doing, Values const&) { doing.after().flags.frozen = false; }};
    rules.effects["supervise"] = {{}, [](Doing<Subject>& doing, Values const&) { doing.after().flags.supervised = true; }};
}

} // namespace governance::workflow
