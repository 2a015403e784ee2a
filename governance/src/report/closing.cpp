#include "report/rules.hpp"

/// Done, checked, fed back, rated, reopened. Source: domain.md 8.3 rows 22-26, 8.4.
namespace governance::report {

using namespace workflow;

namespace {

/// Nobody judges their own case. A confidential report stays within one office, where a colleague of the handler may check.
Verdict checker_not_handler(Ask const& asking, Values const&)
{
    auto const& before = asking.before;
    auto const& actor = asking.request.actor;
    bool const own = before.flags.confidential ? before.handler == actor.person : handles(before, actor);
    return own ? Verdict{RefusalCode::checker_is_handler} : Verdict{};
}

Verdict stars_in_range(Ask const& asking)
{
    auto const stars = asking.input().stars;
    if (stars && (*stars < 1 || *stars > 5))
        return Refusal{RefusalCode::out_of_range, {{"item", "stars"}, {"min", "1"}, {"max", "5"}}};
    return std::nullopt;
}

/// The timer closes after silence; the reporter with stars that are not a complaint.
Verdict rated_well(Ask const& asking, Values const& params)
{
    if (asking.request.actor.words.contains("timer")) {
        auto const& deadline = asking.before.deadline;
        if (!deadline || asking.now() >= *deadline)
            return std::nullopt;
        return Refusal{RefusalCode::too_early, {{"not_before", seconds_text(*deadline)}}};
    }
    if (!asking.input().stars)
        return Refusal{RefusalCode::missing_item, {{"item", "stars"}}};
    if (auto refused = stars_in_range(asking))
        return refused;
    bool const last_word = asking.before.reopened >= kReopenMost;
    if (*asking.input().stars >= integer(params, "stars") || last_word)
        return std::nullopt;
    return Refusal{RefusalCode::rated_badly, {{"stars", decimal(*asking.input().stars)}}};
}

Verdict reopening_due(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    auto const& input = asking.input();
    if (auto refused = stars_in_range(asking))
        return refused;
    bool const supervisor = asking.words.contains("supervisor");
    bool const complains = input.unsolved.value_or(false) || (input.stars && *input.stars < integer(params, "stars"));
    if (!supervisor && !complains)
        return Refusal{RefusalCode::not_rated_badly, {{"stars", input.stars ? decimal(*input.stars) : ""}}};
    if (before.closed_at) {
        auto const until = add(asking.calendar(), *before.closed_at, period(params, "within"));
        if (asking.now() >= until)
            return Refusal{RefusalCode::too_late, {{"until", seconds_text(until)}}};
    }
    if (!supervisor && before.reopened >= kReopenMost)
        return Refusal{RefusalCode::reopen_limit, {{"max", decimal(kReopenMost)}}};
    return std::nullopt;
}

void note_done(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.result = doing.input().result.value_or(doing.input().text.value_or(after.result));
    after.cause = doing.input().cause.value_or(after.cause);
    after.pictures += doing.input().pictures.value_or(0);
    after.checked_by.reset();
}

void note_failed_check(Do& doing, Values const&)
{
    doing.after().reason = doing.input().reason.value_or("");
    doing.parameters["reason"] = doing.after().reason;
}

void note_check(Do& doing, Values const&)
{
    doing.after().checked_by = doing.request.actor.person;
    doing.parameters["result"] = doing.after().result;
}

void close_case(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.closed_at = doing.now();
    if (!doing.request.actor.words.contains("timer"))
        after.stars = doing.input().stars; // silence stays unrated; it is never counted as five stars
    if (after.stars && *after.stars < 3) {
        after.flags.supervised = true; // reopened as often as it may be: the supervisor takes over
        doing.step.told = "supervisor";
    }
    doing.parameters["stars"] = after.stars ? decimal(*after.stars) : "";
}

void reopen_case(Do& doing, Values const&)
{
    auto& after = doing.after();
    ++after.reopened;
    after.extensions = 0;
    after.stars = doing.input().stars ? doing.input().stars : after.stars;
    after.closed_at.reset();
    after.reason = doing.input().reason.value_or(doing.input().text.value_or(""));
    start_clock(doing);
    doing.parameters["unit"] = after.handler_unit;
    doing.parameters["until"] = seconds_text(*after.resolve_due);
}

} // namespace

void add_closing(Book& book)
{
    ParamSpecs const stars{{"stars", {ParamType::integer, true}}};
    auto stars_and_time = stars;
    stars_and_time["within"] = {ParamType::period, true};
    book.guards["checker_not_handler"] = {{}, checker_not_handler};
    book.guards["rated_well"] = {stars, rated_well};
    book.guards["reopening_due"] = {stars_and_time, reopening_due};
    book.effects["note_done"] = {{}, note_done};
    book.effects["note_failed_check"] = {{}, note_failed_check};
    book.effects["note_check"] = {{}, note_check};
    book.effects["close_case"] = {{}, close_case};
    book.effects["reopen_case"] = {{}, reopen_case};
}

} // namespace governance::report
