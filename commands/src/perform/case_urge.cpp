#include "perform/intents.hpp"
#include "perform/report_lookup.hpp"
#include "perform/report_notices.hpp"
#include "perform/report_people.hpp"
#include "perform/report_words.hpp"
#include "storage/settings.hpp"

#include <algorithm>
#include <charconv>

namespace commands {
namespace {

constexpr int kPassedOn = 3; ///< urges a day that the handler is told of; more would only be noise

/// How often the report was urged on this local day, this time included.
int count_urge(Scene const& scene, governance::Case const& report)
{
    auto const day = std::chrono::sys_days{scene.world.calendar.zone.date(scene.now)}.time_since_epoch().count();
    auto const prefix = std::to_string(day) + "/";
    auto const name = "urged/" + std::to_string(report.no.value());
    storage::Settings settings{scene.db};
    int count = 0;
    if (auto const kept = settings.get(report.community, name); kept && kept->starts_with(prefix))
        std::from_chars(kept->data() + prefix.size(), kept->data() + kept->size(), count);
    settings.set(report.community, name, prefix + std::to_string(++count));
    return count;
}

} // namespace

void urge_case(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const report = named_report(turn, reading);
    if (!report || !may(turn, "case.urge", {}, report->scope))
        return;
    auto const own = reporters(*report);
    if (std::find(own.begin(), own.end(), turn.actor.person) == own.end()) {
        turn.refuse({governance::RefusalCode::not_the_actor, {{"actors", "reporter"}}});
        return;
    }
    auto const ref = std::to_string(report->no.value());
    if (!is_live(scene, *report) || report->state == "feedback") {
        turn.say(case_status(scene, *report));
        return;
    }
    auto const count = count_urge(scene, *report);
    if (count <= kPassedOn)
        for (auto const& person : next_people(scene, *report))
            tell(scene, about_case(*report, turn.occasion + "/urge"), "N-B05", person,
                 scene.world.wording.say("case.urged", {{"ref", ref}, {"title", case_title(scene, *report)}, {"k", std::to_string(count)}}),
                 lane_of(*report));
    turn.say_notice(
        "N-R18",
        {{"ref", ref}, {"单位", handler_text(scene, *report)}, {"状态", state_title(scene, *report)}, {"k", std::to_string(count)}});
    turn.answers.noted = true;
}

} // namespace commands
