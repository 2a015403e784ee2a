#include "commands/reader/step_lines.hpp"
#include "perform/drafts.hpp"
#include "perform/hooks.hpp"
#include "perform/intents.hpp"
#include "perform/place.hpp"
#include "perform/points_steps.hpp"
#include "perform/points_words.hpp"
#include "storage/points.hpp"

#include <algorithm>

/// How entries begin: declared by residents, recorded by collectors, earned by a carried-out proposal.
namespace commands {
namespace {

namespace trigger = governance::points_trigger;
using governance::CatalogueItem;
using governance::Points;
using governance::PointsEntry;
using governance::RefusalCode;
using governance::SubjectType;

constexpr std::string_view kEvidenceLabel = "证据：";

/// The day that a past event's words mean: where the reader took the next one of that name, the last one is meant.
std::optional<governance::LocalDate> past_day(std::string_view words, governance::LocalDate today)
{
    using std::chrono::sys_days;
    auto const said = reader::resolve_date(words, today);
    if (!said || sys_days{*said} <= sys_days{today})
        return said;
    auto const has = [&](std::string_view word) { return words.find(word) != std::string_view::npos; };
    if (has("年") || has("明") || has("后"))
        return said;
    if (has("月"))
        return *said - std::chrono::years{1};
    if (has("周") || has("星期") || has("礼拜"))
        return governance::LocalDate{sys_days{*said} - std::chrono::days{7}};
    return *said - std::chrono::months{1};
}

/// When it happened: the day that was said, else now.
governance::Instant occurred_at(Scene const& scene, reader::Reading const& reading)
{
    auto const& zone = scene.world.calendar.zone;
    auto const today = zone.date(scene.now);
    auto const said = past_day(reading.args.text("date_raw"), today);
    if (!said || *said == today)
        return scene.now;
    return zone.start_of(*said);
}

/// What is declared: the item's points, times the hours or times that were said where it counts by the piece, within its cap.
Points declared_points(CatalogueItem const& item, std::string_view quantity)
{
    auto digits = quantity.size();
    for (std::size_t i = 0; i < quantity.size(); ++i)
        if (quantity.substr(i).starts_with("小时") || quantity.substr(i).starts_with("次") || quantity.substr(i).starts_with("个")) {
            digits = i;
            break;
        }
    auto const times = reader::resolve_number(quantity.substr(0, digits)).value_or(1);
    auto const one = item.minimum.hundredths();
    auto const most = item.cap ? std::max(item.maximum, *item.cap) : item.maximum;
    if (times < 1 || times > 1000)
        return item.minimum;
    return std::min(Points{one * times}, most);
}

/// The subject of an item for a person: the resident, or the household.
void set_subject(PointsEntry& entry, CatalogueItem const& item, governance::Actor const& person)
{
    if (item.subject_types.contains(SubjectType::resident)) {
        entry.subject_type = SubjectType::resident;
        entry.subject = person.person.str();
    } else {
        entry.subject_type = SubjectType::household;
        entry.subject = person.household.str();
    }
    entry.scope = person.home.empty() ? governance::unit_of(entry.community) : person.home;
}

/// Evidence: what follows 证据：, and pictures.
std::vector<std::string> take_evidence(Turn const& turn, std::string& text)
{
    std::vector<std::string> found;
    if (auto const at = text.find(kEvidenceLabel); at != std::string::npos) {
        auto const said = text.substr(at + kEvidenceLabel.size());
        text.resize(at);
        if (!said.empty())
            found.push_back(said);
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    if (pictures_in(turn) > 0)
        found.push_back(turn.scene.world.wording.say("points.picture"));
    return found;
}

/// Asks for one part and keeps the message, which is read again with the answer.
void ask_part(Turn& turn, reader::Reading reading, std::string_view part)
{
    reading.missing = {part};
    ask_missing(turn, reading);
}

std::string place_of(Turn const& turn, reader::Reading const& reading, PointsEntry const& entry)
{
    if (auto const* address = reading.args.address())
        return address_text(*address);
    auto const* unit = turn.scene.world.organisation.find(entry.scope);
    return unit == nullptr ? std::string{} : unit->name;
}

/// The person or household that a record is about, with the item; false when it was asked for or refused.
bool find_subject(Turn& turn, reader::Reading const& reading, CatalogueItem const& item, PointsEntry& entry)
{
    auto const& scene = turn.scene;
    if (auto const name = reading.args.text("name"); !name.empty()) {
        auto const person = storage::find_person(scene.db, entry.community, name);
        if (auto const known = storage::load_person(scene.db, person); known && !known->household.empty()) {
            set_subject(entry, item, *known);
            return true;
        }
    }
    if (auto const* address = reading.args.address()) {
        auto const home = unit_at(turn, *address);
        auto const household = storage::household_at(scene.db, entry.community, home, address->unit,
                                                     address->room.empty() ? address->house_no : address->room);
        if (!household.empty()) {
            auto const kept = storage::load_household(scene.db, household);
            governance::Actor head;
            head.person = kept->head;
            head.household = household;
            head.home = kept->home;
            set_subject(entry, item, head);
            return true;
        }
        bool const units = item.subject_types.contains(SubjectType::grid) || item.subject_types.contains(SubjectType::village);
        if (units && !home.empty()) {
            auto const* unit = scene.world.organisation.find(home);
            entry.subject_type = unit->type == governance::UnitType::village ? SubjectType::village : SubjectType::grid;
            entry.subject = home.str();
            entry.scope = home;
            return true;
        }
    }
    turn.say_key("points.subject_unknown");
    return false;
}

} // namespace

void declare_points(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    if (!may(turn, "points.declare", {}, turn.actor.home))
        return;
    auto entry = new_entry(scene, turn.actor.community);
    auto text = std::string{reading.args.text("text")};
    entry.evidence = take_evidence(turn, text);
    auto const* item = item_in(scene, text, {SubjectType::resident, SubjectType::household}, false);
    if (item == nullptr) {
        turn.say_key("points.item_unclear");
        return;
    }
    set_subject(entry, *item, turn.actor);
    entry.item_code = item->code;
    entry.author = turn.actor.person;
    entry.author_household = turn.actor.household;
    entry.declared = declared_points(*item, reading.args.text("quantity_raw"));
    entry.occurred_at = occurred_at(scene, reading);
    entry.address = place_of(turn, reading, entry);
    entry.cause = text;
    auto const step = perform_points(scene, entry, {trigger::kDeclare, points_actor(scene, entry, turn.actor), {}, {}});
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    turn.say_notice("N-J01", {{"事项", record_text(step->after.no) + " " + item->title + delta_text(step->after.declared)}});
    turn.answers.noted = true;
}

void record_points(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const community = turn.community();
    auto entry = new_entry(scene, community);
    auto text = std::string{reading.args.text("text")};
    entry.evidence = take_evidence(turn, text);
    auto const delta = reading.args.number("delta");
    bool const deduction = delta && delta->value < 0;
    auto const* item =
        item_in(scene, text, {SubjectType::resident, SubjectType::household, SubjectType::grid, SubjectType::village}, deduction);
    if (item == nullptr) {
        turn.say_key("points.item_unclear");
        return;
    }
    if (!find_subject(turn, reading, *item, entry) || !may(turn, "points.record", {}, entry.scope))
        return;
    if (entry.evidence.empty()) {
        ask_part(turn, reading, "evidence");
        return;
    }
    entry.item_code = item->code;
    entry.author = turn.actor.person;
    entry.declared = delta ? Points{delta->value} : deduction ? item->maximum : item->minimum;
    entry.occurred_at = occurred_at(scene, reading);
    entry.address = place_of(turn, reading, entry);
    entry.cause = text;
    auto const step = perform_points(scene, entry, {trigger::kRecord, points_actor(scene, entry, turn.actor), {}, {}});
    if (!step.has_value()) {
        auto shown = step.error();
        if (shown.code == RefusalCode::fact_scored_before)
            shown.details["record"] = record_text(storage::same_fact(scene.db, entry));
        turn.refuse(shown);
        return;
    }
    turn.say_key("points.recorded",
                 {{"ref", record_text(step->after.no)}, {"item", item->title}, {"points", delta_text(step->after.declared)}});
    turn.answers.noted = true;
}

void award_points(Scene const& scene, governance::Matter const& matter, std::string const& code, std::string const& words)
{
    auto const* item = scene.world.catalogue.find(code, scene.now);
    auto const author = storage::load_person(scene.db, matter.author);
    if (item == nullptr || !author || author->household.empty())
        return;
    auto entry = new_entry(scene, matter.community);
    set_subject(entry, *item, *author);
    entry.item_code = code;
    entry.author = author->person;
    entry.author_household = author->household;
    entry.declared = item->minimum;
    entry.occurred_at = scene.now;
    auto const* unit = scene.world.organisation.find(matter.scope);
    entry.address = unit == nullptr ? std::string{} : unit->name;
    auto const ref = std::to_string(matter.no.value());
    entry.cause = scene.world.wording.say("points." + words + "_cause", {{"ref", ref}, {"title", matter.title}});
    entry.evidence = {scene.world.wording.say("points." + words + "_evidence", {{"ref", ref}})};
    entry.links.push_back({governance::LinkKind::follow_up_of, matter.no});
    // A later refusal (already scored) is no fault of the matter.
    (void)perform_points(scene, entry, {trigger::kDeclare, points_actor(scene, entry, *author), {}, {}});
}

} // namespace commands
