#include "perform/steps.hpp"

#include "storage/jobs.hpp"
#include "storage/ledger.hpp"
#include "storage/step_document.hpp"

#include <algorithm>
#include <stdexcept>

namespace commands {

namespace workflow = governance::workflow;

workflow::Actor workflow_actor(Scene const& scene, governance::Actor const& actor, governance::UnitId const& place)
{
    workflow::Actor out;
    out.person = actor.person;
    out.household = actor.household;
    out.name = actor.display_name;
    out.bound = actor.bound();
    out.adult = actor.adult;
    out.in_scope = !actor.home.empty() && scene.world.organisation.within(actor.home, place);
    for (auto const& [word, roles] : scene.world.permissions.actors)
        if (!roles.empty() && scene.world.permissions.fulfils(actor, word, place, scene.world.organisation))
            out.words.insert(word);
    for (auto const& grant : actor.roles)
        out.units.insert(grant.scope.str());
    return out;
}

workflow::Definition const& definition_of(Scene const& scene, governance::Matter const& matter)
{
    auto const* definition = matter.definition_version == 0 ? scene.world.definitions.newest(matter.definition)
                                                            : scene.world.definitions.find(matter.definition, matter.definition_version);
    if (definition == nullptr)
        throw std::logic_error("no definition " + matter.definition + "@" + std::to_string(matter.definition_version));
    return *definition;
}

bool is_live(Scene const& scene, governance::Matter const& matter)
{
    auto const* state = definition_of(scene, matter).find_state(matter.state);
    return state != nullptr && !state->terminal;
}

std::string state_title(Scene const& scene, governance::Matter const& matter)
{
    auto const* state = definition_of(scene, matter).find_state(matter.state);
    return state == nullptr ? matter.state : state->title;
}

std::string timer_trigger(workflow::Definition const& definition, std::string const& state, std::string const& timer)
{
    auto const* found = definition.find_state(state);
    if (found == nullptr)
        return {};
    auto const of_name =
        std::find_if(found->timers.begin(), found->timers.end(), [&](auto const& candidate) { return candidate.name == timer; });
    return of_name == found->timers.end() ? std::string{} : of_name->trigger;
}

TimerOwner timers_of(governance::Matter const& matter)
{
    return {matter.community, "m/" + std::to_string(matter.no.value()) + "/"};
}

void arm_timers(Scene const& scene, TimerOwner const& owner, std::vector<workflow::TimerFiring> const& firings)
{
    storage::Jobs jobs{scene.db};
    for (auto const& firing : firings) {
        storage::Job job;
        job.community = owner.community;
        job.kind = "timer";
        job.key = owner.prefix + firing.timer + "/" + std::to_string(firing.percent);
        job.due_at = firing.due;
        jobs.arm(job);
    }
}

void cancel_timers(Scene const& scene, TimerOwner const& owner, std::vector<std::string> const& timers)
{
    storage::Jobs jobs{scene.db};
    for (auto const& timer : timers)
        jobs.cancel(owner.community, owner.prefix + timer + "/");
}

std::int64_t journal_step(Scene const& scene, std::string_view kind, governance::Matter const& before, governance::Matter const& after,
                          std::string const& transition, StepCall const& call)
{
    auto const payload = "{\"step\":" + json_text(transition) + ",\"from\":" + json_text(before.state.empty() ? "-" : before.state) +
                         ",\"to\":" + json_text(after.state) +
                         ",\"definition\":" + json_text(after.definition + "@" + std::to_string(after.definition_version)) + "}";
    auto who = "{\"person\":" + json_text(call.actor.person.str());
    std::string others;
    for (auto const& other : call.concurring)
        others += (others.empty() ? "" : ",") + json_text(other.person.str());
    who += ",\"concurring\":[" + others + "],\"input\":" + storage::write_step_input(call.input) + "}";
    return storage::Ledger{scene.db}.append({scene.now, after.community, kind, after.no, payload, who});
}

} // namespace commands
