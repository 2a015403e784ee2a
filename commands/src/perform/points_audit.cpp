#include "perform/intents.hpp"
#include "perform/official.hpp"
#include "perform/points_steps.hpp"
#include "perform/points_words.hpp"
#include "storage/points.hpp"

#include <algorithm>

/// What collectors and auditors do with an entry that is there.
namespace commands {
namespace {

namespace trigger = governance::points_trigger;
using governance::PointsEntry;
using governance::RefusalCode;
using storage::PendingStep;

/// Entries that a collector answers; the others are the auditor's.
bool before_collector(PointsEntry const& entry)
{
    return entry.state == "declared" || entry.state == "returned";
}

/// The trigger of 通过, 退回 and 驳回 in this state; empty when it means nothing there.
std::string trigger_of_audit(std::string_view decision, PointsEntry const& entry)
{
    bool const stands = entry.state == "posted" || entry.state == "published" || entry.state == "final";
    if (decision == "approve")
        return entry.state == "declared" ? trigger::kCollect : entry.state == "returned" ? trigger::kComplete : trigger::kApprove;
    if (decision == "return")
        return trigger::kReturn;
    return stands ? trigger::kCorrect : trigger::kReject;
}

/// An auditor may count less than was asked for, never more, and never the other way.
bool fits(governance::Points counted, governance::Points declared)
{
    governance::Points const none;
    return counted != none && (declared > none ? counted > none && counted <= declared : counted < none && counted >= declared);
}

std::optional<PointsEntry> entry_of(Scene const& scene, PendingStep const& step)
{
    auto entry = storage::load_points_entry(scene.db, step.community, step.no);
    if (entry && step.trigger == trigger::kApprove && step.input.delta_hundredths)
        entry->declared = governance::Points{*step.input.delta_hundredths};
    return entry;
}

/// Entries of the writer's community; those of a street office see every community and name the one they mean.
std::optional<PointsEntry> named_entry(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const no = record_from(reading.args.text("record_no"));
    auto entry = storage::load_points_entry(scene.db, turn.community(), no);
    if (!entry) {
        std::vector<PointsEntry> found;
        for (auto const* community : scene.world.organisation.communities())
            if (auto other = storage::load_points_entry(scene.db, governance::community_from(community->id), no);
                other && scene.world.organisation.within(community->id, governance::unit_of(turn.actor.community)))
                found.push_back(std::move(*other));
        if (found.size() > 1)
            std::erase_if(found, [&](PointsEntry const& other) {
                auto const* community = scene.world.organisation.find(governance::unit_of(other.community));
                return turn.event.text.find(community->name) == std::string::npos;
            });
        if (found.size() == 1)
            entry = std::move(found.front());
    }
    if (!entry)
        turn.say_key("points.unknown_record", {{"ref", std::string{reading.args.text("record_no")}}});
    return entry;
}

} // namespace

void audit_points(Turn& turn, reader::Reading const& reading)
{
    auto const entry = named_entry(turn, reading);
    if (!entry || !may(turn, before_collector(*entry) ? "points.record" : "points.audit", {}, entry->scope))
        return;
    PendingStep step;
    step.community = entry->community;
    step.no = entry->no;
    step.trigger = trigger_of_audit(reading.args.text("decision"), *entry);
    step.intent = std::string{kAuditIntent};
    step.by = turn.actor.person;
    if (auto const reason = reading.args.text("reason"); !reason.empty())
        step.input.reason = std::string{reason};
    if (pictures_in(turn) > 0)
        step.input.evidence = std::vector<std::string>{turn.scene.world.wording.say("points.picture")};
    if (auto const points = reading.args.number("points")) {
        if (!fits(governance::Points{points->value}, entry->declared)) {
            auto const declared = governance::to_text(entry->declared);
            turn.refuse({RefusalCode::delta_not_allowed,
                         {{"min", declared.starts_with('-') ? declared : "0"}, {"max", declared.starts_with('-') ? "0" : declared}}});
            return;
        }
        step.input.delta_hundredths = points->value;
    }
    if (auto const waiting = waiting_for(turn, step)) {
        auto const other = *storage::read_pending_step(waiting->payload);
        if (!step.input.reason || same_settings(other, step)) {
            second_answer(turn, other, true);
            return;
        }
    }
    run_points_step(turn, std::move(step));
}

void run_points_step(Turn& turn, PendingStep step)
{
    auto const& scene = turn.scene;
    auto const entry = entry_of(scene, step);
    auto const first = storage::load_person(scene.db, step.by);
    if (!entry || !first)
        return;
    StepCall call;
    call.trigger = step.trigger;
    call.actor = points_actor(scene, *entry, *first);
    for (auto const& person : step.concurred)
        if (auto const other = storage::load_person(scene.db, person))
            call.concurring.push_back(points_actor(scene, *entry, *other));
    call.input = step.input;
    auto const done = perform_points(scene, *entry, call);
    if (done.has_value()) {
        forget_waiting(scene, step);
        auto const& after = done->after;
        turn.say_key("points.step_done", {{"ref", record_text(after.no)},
                                          {"item", item_text(scene, after.item_code)},
                                          {"points", after.posted_at ? delta_text(after.posted) : delta_text(after.declared)},
                                          {"note", after.cap_reached ? scene.world.wording.say("points.capped") : ""},
                                          {"state", state_title(scene, after)}});
        turn.answers.noted = true;
        return;
    }
    auto const& refusal = done.error();
    if (refusal.code == RefusalCode::missing_item && refusal.details.contains("item"))
        return ask_item(turn, std::move(step), refusal.details.at("item"));
    if (refusal.code == RefusalCode::needs_second_person) {
        step.shown = item_text(scene, entry->item_code) + " " + delta_text(entry->posted_at ? entry->posted : entry->declared) +
                     (step.input.reason ? "；" + *step.input.reason : "");
        auto const matter = points_matter(scene, step);
        return ask_second(turn, *matter, std::move(step), refusal.details.at("roles"));
    }
    auto shown = refusal;
    if (shown.code == RefusalCode::fact_scored_before)
        shown.details["record"] = record_text(storage::same_fact(scene.db, *entry));
    turn.refuse(shown);
}

bool add_points_item(Turn const& turn, PendingStep& step, std::string_view text)
{
    if (step.item == "reason")
        step.input.reason = std::string{text};
    else if (step.item == "address")
        step.input.address = std::string{text};
    else if (step.item == "cause")
        step.input.cause = std::string{text};
    else if (step.item == "evidence")
        step.input.evidence = std::vector<std::string>{
            text.empty() && pictures_in(turn) > 0 ? turn.scene.world.wording.say("points.picture") : std::string{text}};
    return governance::workflow::has_item(step.input, step.item) && !(step.item == "evidence" && step.input.evidence->front().empty());
}

std::optional<StepMatter> points_matter(Scene const& scene, PendingStep const& step)
{
    auto const entry = storage::load_points_entry(scene.db, step.community, step.no);
    if (!entry)
        return std::nullopt;
    return StepMatter{step.community, {}, record_text(entry->no), item_text(scene, entry->item_code), entry->scope, {}};
}

} // namespace commands
