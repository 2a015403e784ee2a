#include "workflow/engine.hpp"

namespace governance::workflow {

Actor Actor::timer()
{
    Actor actor;
    actor.words = {"timer"};
    return actor;
}

Actor Actor::bot()
{
    Actor actor;
    actor.words = {"bot"};
    return actor;
}

std::vector<Candidate> candidates(Definition const& definition, std::string const& state, std::string const& trigger)
{
    std::vector<Candidate> rows;
    if (auto const* here = definition.find_state(state))
        for (auto const& step : here->steps)
            if (step.trigger == trigger)
                rows.push_back({&step.id, &step.actors, &step.needs, &step.guards, &step.effects, &step.notices, nullptr});
    auto const source = state.empty() ? std::string(kNoState) : state;
    for (auto const& row : definition.transitions)
        if (row.trigger == trigger && std::find(row.sources.begin(), row.sources.end(), source) != row.sources.end())
            rows.push_back({&row.id, &row.actors, &row.needs, &row.guards, &row.effects, &row.notices, &row});
    return rows;
}

std::vector<std::string> next_actors(Definition const& definition, StateDef const& state)
{
    for (auto const& row : candidates(definition, state.id, state.next_step))
        if (row.transition)
            return *row.actors;
    return {};
}

Refusal wrong_state(Definition const& definition, std::string const& state)
{
    Refusal refusal{RefusalCode::wrong_state, {{"state", state}}};
    if (auto const* here = definition.find_state(state)) {
        refusal.details["state_title"] = here->title;
        refusal.details["next"] = here->next_step;
        refusal.details["next_actors"] = joined(next_actors(definition, *here));
    }
    return refusal;
}

void order_notices(Definition const& definition, std::vector<std::string> const& ids, std::map<std::string, std::string> const& parameters,
                   std::vector<NoticeOrder>& into)
{
    for (auto const& id : ids) {
        NoticeOrder order{id, {}, parameters};
        if (auto const found = definition.recipients.find(id); found != definition.recipients.end())
            order.audiences = found->second;
        into.push_back(std::move(order));
    }
}

Refusal most_telling(std::vector<std::pair<Refusal, bool>> const& refusals)
{
    auto of_code = [&](RefusalCode code) {
        return std::find_if(refusals.begin(), refusals.end(), [code](auto const& refused) { return refused.first.code == code; });
    };
    for (auto const code : {RefusalCode::needs_second_person, RefusalCode::missing_item})
        if (auto const found = of_code(code); found != refusals.end())
            return found->first;
    for (auto const& [refusal, chooses] : refusals)
        if (!chooses)
            return refusal;
    return refusals.front().first;
}

void must_fit(Definition const& definition, std::string const& id, int version, Request const& request)
{
    if (!id.empty() && (id != definition.id || version != definition.version))
        throw std::logic_error("a matter of " + id + " version " + decimal(version) + " was put to " + definition.id + " version " +
                               decimal(definition.version));
    if (!request.surroundings.calendar)
        throw std::logic_error("a step needs a calendar");
}

} // namespace governance::workflow
