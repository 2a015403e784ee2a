#include "perform/turn.hpp"

#include <algorithm>

namespace commands {

governance::CommunityId Turn::community() const
{
    // A number said in a group is the group's, whoever says it; privately it is the speaker's own. Staff of the street have none of their
    // own.
    auto const& organisation = scene.world.organisation;
    if (group)
        if (auto const* unit = organisation.find(governance::unit_of(group->community)); unit != nullptr && !unit->community.empty())
            return group->community;
    return actor.community;
}

namespace {

/// Instants come as seconds since the epoch; people want a date.
bool is_instant(std::string const& name)
{
    return name == "not_before" || name == "until" || name == "closes_at";
}

std::string detail_text(Scene const& scene, std::string const& name, std::string const& value)
{
    auto const& wording = scene.world.wording;
    if (is_instant(name) && !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return moment_text(scene, governance::Instant{std::chrono::seconds{std::stoll(value)}});
    if (name == "actors" || name == "next_actors" || name == "roles" || name == "contact")
        return actors_text(scene, value);
    if (name == "item")
        return wording.word("item." + value, value);
    if (name == "next")
        return value.empty() ? std::string{} : wording.word("due." + value, "等待下一步");
    if (name == "mode" || name == "topic")
        return wording.word(name + "." + value, value);
    return value;
}

/// Title of a state whose procedure is not said: states of that name mean the same in all of them.
std::string state_title(Scene const& scene, std::string const& id)
{
    for (auto const* procedure : {"five_talks", "report", "points_entry"})
        if (auto const* definition = scene.world.definitions.newest(procedure))
            if (auto const* state = definition->find_state(id))
                return state->title;
    return id;
}

} // namespace

void Turn::refuse(governance::Refusal const& refusal, Params extra)
{
    auto shown = refusal;
    for (auto& [name, value] : shown.details)
        value = detail_text(scene, name, value);
    if (auto const state = refusal.details.find("state"); state != refusal.details.end() && !shown.details.contains("state_title"))
        shown.details["state_title"] = state_title(scene, state->second);
    say(scene.world.wording.refusal(shown, std::move(extra)));
}

bool may(Turn& turn, std::string_view intent, std::string_view deciding, governance::UnitId const& place)
{
    auto const& world = turn.scene.world;
    auto const needed = world.permissions.needed(intent, deciding);
    if (!turn.actor.bound()) {
        turn.say_notice("N-C06", {});
        return false;
    }
    if (needed.empty())
        return true;
    for (auto const& action : needed)
        if (world.permissions.reach(turn.actor, action, place, world.organisation))
            return true;
    std::string roles;
    int named = 0;
    for (auto const& role : world.permissions.roles_for(needed.front()))
        if (named++ < 3)
            roles += (roles.empty() ? "" : "、") + role_text(turn.scene, role);
    turn.say_notice("N-C05", {{"角色", roles.empty() ? "工作人员" : roles}});
    return false;
}

} // namespace commands
