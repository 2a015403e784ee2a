#include "perform/report_danger.hpp"

#include "perform/announce.hpp"
#include "perform/report_notices.hpp"
#include "perform/report_people.hpp"
#include "perform/report_words.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Case;

std::string joined(std::vector<std::string> const& parts)
{
    std::string out;
    for (auto const& part : parts)
        out += (out.empty() ? "" : "/") + part;
    return out;
}

/// The numbers of the routing table; where it has none for this kind, those of the wording file.
std::string numbers_for(Scene const& scene, Case const& report)
{
    auto const* entry = scene.world.routing.find(report.category, report.subcategory);
    if (entry != nullptr && entry->subcategory == report.subcategory && !entry->emergency_numbers.empty())
        return joined(entry->emergency_numbers);
    return scene.world.wording.word("danger_number." + report.subcategory, scene.world.wording.say("danger_number.other"));
}

Params danger_params(Scene const& scene, Case const& report, std::string const& place)
{
    auto const& wording = scene.world.wording;
    Params params;
    params.set("地点", place.empty() ? wording.say("case.place_unknown") : place);
    params.set("险情", wording.word("danger_name." + report.subcategory, category_text(scene, report)));
    params.set("119/110/120", numbers_for(scene, report));
    params.set("动作要点", wording.word("danger." + report.subcategory, wording.say("danger.other")));
    params.set("网格长", leaders_of(scene, report).empty() ? wording.say("case.on_duty") : role_text(scene, "grid_leader"));
    return params;
}

} // namespace

bool is_critical(Scene const& scene, reader::Reading const& reading)
{
    if (reading.args.text("urgency") == "critical")
        return true;
    auto const* entry = scene.world.routing.find(std::string{reading.args.text("category")}, std::string{reading.args.text("subcategory")});
    return entry != nullptr && entry->urgency == governance::Urgency::critical;
}

void answer_danger(Turn& turn, Case const& report, std::string const& place)
{
    turn.answers.urgent = turn.scene.world.wording.render("N-R15", danger_params(turn.scene, report, place));
    turn.answers.noted = true;
}

std::string open_alarm(Scene const& scene, Case const& report)
{
    return scene.world.wording.say(
        "case.alarm_open",
        {{"ref", std::to_string(report.no.value())}, {"kind", category_text(scene, report)}, {"place", open_place(scene, report)}});
}

void alarm_staff(Scene const& scene, Case const& report, std::string const& occasion)
{
    auto const text =
        scene.world.wording.say("case.alarm", {{"ref", std::to_string(report.no.value())},
                                               {"kind", category_text(scene, report)},
                                               {"place", report.address.empty() && report.scope == governance::unit_of(report.community)
                                                             ? scene.world.wording.say("case.place_unknown")
                                                             : full_place(scene, report)},
                                               {"numbers", numbers_for(scene, report)}});
    auto const about = about_case(report, occasion);
    auto people = leaders_of(scene, report);
    for (auto const& person : next_people(scene, report))
        if (std::find(people.begin(), people.end(), person) == people.end())
            people.push_back(person);
    for (auto const& person : people)
        tell(scene, about, "N-R15", person, text, storage::Lane::critical);
    for (auto const& group : staff_groups(scene, report.scope))
        tell_group(scene, about, "N-R15", group.id, open_alarm(scene, report), storage::Lane::critical);
}

void warn_neighbours(Turn const& turn, Case const& report)
{
    auto const& scene = turn.scene;
    if (report.flags.confidential)
        return;
    auto const text = scene.world.wording.render("N-R15", danger_params(scene, report, open_place(scene, report)));
    for (auto const& group : groups_for(scene, report.scope))
        if (!turn.group || turn.group->id != group.id)
            tell_group(scene, about_case(report, turn.occasion), "N-R15", group.id, text, storage::Lane::critical);
}

} // namespace commands
