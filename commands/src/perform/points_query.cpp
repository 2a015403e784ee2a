#include "commands/reader/step_lines.hpp"
#include "perform/announce.hpp"
#include "perform/intents.hpp"
#include "perform/points_words.hpp"
#include "perform/standings.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::SubjectType;
using governance::UnitType;

constexpr int kListed = 3; // 13.1: lists of at most three entries

/// Months that the writer means; the year so far when nothing is said.
std::pair<std::chrono::year_month, std::chrono::year_month> months(Scene const& scene, std::string_view period)
{
    auto const today = scene.world.calendar.zone.date(scene.now);
    if (auto const said = reader::resolve_period(period, today))
        return *said;
    return {today.year() / std::chrono::January, today.year() / today.month()};
}

/// The grid or village that is asked about: the one named, else the writer's or the group's.
governance::Unit const* unit_asked(Turn const& turn, reader::Reading const& reading, UnitType type)
{
    auto const& organisation = turn.scene.world.organisation;
    if (auto const* named = organisation.named(reading.args.text("name")))
        return named;
    auto const& from = turn.actor.home.empty() && turn.group ? turn.group->scope : turn.actor.home;
    if (auto const* own = organisation.ancestor(from, type))
        return own;
    return turn.group ? organisation.ancestor(turn.group->scope, type) : nullptr;
}

void tell_unit(Turn& turn, reader::Reading const& reading, SubjectType type)
{
    auto const& scene = turn.scene;
    auto const* unit = unit_asked(turn, reading, type == SubjectType::village ? UnitType::village : UnitType::grid);
    auto const today = scene.world.calendar.zone.date(scene.now);
    auto const [from, to] =
        reading.args.has("period") ? months(scene, reading.args.text("period")) : quarter_of(today.year() / today.month());
    auto const view =
        governance::full_view(unit_standings(scene, type, from, to), unit == nullptr ? std::nullopt : std::optional(unit->id.str()));
    if (!view.own) {
        turn.say_key("points.unit_unknown");
        return;
    }
    turn.say_openly(scene.world.wording.say("points.unit", {{"unit", unit->name},
                                                            {"points", governance::to_text(view.own->points)},
                                                            {"rank", std::to_string(view.own->rank)},
                                                            {"total", std::to_string(view.total)}}));
}

void tell_own(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    if (!turn.actor.bound() || turn.actor.household.empty()) {
        turn.say_notice("N-C06", {});
        return;
    }
    auto const [from, to] = months(scene, reading.args.text("period"));
    auto const year = static_cast<int>(scene.world.calendar.zone.date(scene.now).year());
    auto const& community = turn.actor.community;
    turn.say_key("points.own", {{"self", governance::to_text(resident_points(scene, community, turn.actor.person, from, to))},
                                {"household", governance::to_text(household_score(scene, community, turn.actor.household, year))},
                                {"spendable", governance::to_text(household_spendable(scene, community, turn.actor.household))}});
}

std::string rule_line(governance::CatalogueItem const& item)
{
    auto range = item.minimum == item.maximum ? delta_text(item.minimum) : delta_text(item.minimum) + "～" + delta_text(item.maximum);
    return item.code + " " + item.title + "：" + range;
}

} // namespace

void tell_points(Turn& turn, reader::Reading const& reading)
{
    auto const subject = reading.args.text("subject");
    if (subject == "grid")
        return tell_unit(turn, reading, SubjectType::grid);
    if (subject == "village")
        return tell_unit(turn, reading, SubjectType::village);
    // Other people's points are theirs (domain.md 14.1).
    if (subject == "person" && reading.args.text("name") != turn.actor.display_name) {
        turn.say_key("points.only_own");
        return;
    }
    tell_own(turn, reading);
}

void tell_points_rules(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const topic = reading.args.text("topic");
    if (topic.empty()) {
        turn.say(scene.world.wording.say("points.rules"));
        return;
    }
    std::string lines;
    int listed = 0;
    auto add = [&](governance::CatalogueItem const& item) {
        if (item.visibility != "internal" && listed++ < kListed)
            lines += (lines.empty() ? "" : "\n") + rule_line(item);
    };
    for (auto const& [code, item] : scene.world.catalogue.at(scene.now))
        if (item.title.find(topic) != std::string::npos || code == topic)
            add(item);
    if (listed == 0)
        if (auto const* item = item_in(scene, topic, {SubjectType::resident, SubjectType::household}, false))
            add(*item);
    turn.say(listed == 0 ? scene.world.wording.say("points.no_rule") : lines);
}

} // namespace commands
