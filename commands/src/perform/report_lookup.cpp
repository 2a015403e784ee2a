#include "perform/report_lookup.hpp"

#include "perform/report_people.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Case;

/// True when the writer has to do with the report: reported it, or may act on it.
bool concerns(Turn const& turn, Case const& report)
{
    auto const& scene = turn.scene;
    auto const own = reporters(report);
    if (turn.actor.bound() && std::find(own.begin(), own.end(), turn.actor.person) != own.end())
        return true;
    if (report.flags.confidential)
        return handles_integrity(scene, turn.actor.person);
    auto const actor = case_actor(scene, report, turn.actor);
    if (actor.words.contains("dept_handler"))
        return actor.units.contains(report.handler_unit) && report.dispatched_at.has_value();
    return actor.words.contains("dispatcher") || actor.words.contains("street") || actor.words.contains("supervisor");
}

bool mentions(Turn const& turn, governance::Unit const& community)
{
    auto const& text = turn.event.text;
    if (text.find(community.name) != std::string::npos)
        return true;
    return std::any_of(community.aliases.begin(), community.aliases.end(),
                       [&](auto const& alias) { return text.find(alias) != std::string::npos; });
}

/// Reports of that number in other communities that concern the writer.
std::vector<Case> elsewhere(Turn const& turn, governance::RefNo no)
{
    auto const& scene = turn.scene;
    std::vector<Case> found;
    for (auto const* community : scene.world.organisation.communities())
        if (auto report = storage::load_report(scene.db, governance::community_from(community->id), no); report && concerns(turn, *report))
            found.push_back(std::move(*report));
    if (found.size() > 1)
        std::erase_if(found, [&](Case const& report) {
            return !mentions(turn, *scene.world.organisation.find(governance::unit_of(report.community)));
        });
    return found;
}

} // namespace

std::optional<Case> find_report(Turn const& turn, governance::RefNo no)
{
    if (auto report = storage::load_report(turn.scene.db, turn.community(), no))
        return hidden_from(turn.scene, *report, turn.actor) ? std::nullopt : report;
    auto found = elsewhere(turn, no);
    return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
}

std::optional<Case> named_report(Turn& turn, reader::Reading const& reading, std::string_view argument)
{
    auto const ref = reading.args.integer(argument);
    auto report = ref ? find_report(turn, governance::RefNo{*ref}) : std::nullopt;
    if (!report)
        turn.say_key("say.unknown_ref", {{"ref", ref ? std::to_string(*ref) : std::string{"？"}}});
    return report;
}

} // namespace commands
