#include "perform/points_steps.hpp"

#include "perform/audience.hpp"
#include "perform/points_notices.hpp"
#include "perform/points_words.hpp"
#include "perform/report_people.hpp"
#include "storage/ledger.hpp"
#include "storage/points.hpp"

#include <algorithm>

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::PointsEntry;
using governance::SubjectType;

TimerOwner timers_of_entry(PointsEntry const& entry)
{
    return {entry.community, "p/" + std::to_string(entry.no.value()) + "/"};
}

std::pair<std::chrono::year_month, std::chrono::year_month> cap_months(governance::CapPeriod period, std::chrono::year_month month)
{
    if (period == governance::CapPeriod::quarter)
        return quarter_of(month);
    if (period == governance::CapPeriod::year)
        return {month.year() / std::chrono::January, month.year() / std::chrono::December};
    return {month, month};
}

workflow::Facts points_facts(Scene const& scene, PointsEntry const& before, StepCall const& call)
{
    workflow::Facts facts;
    auto const code = call.input.item_code.value_or(before.item_code);
    auto const* item = scene.world.catalogue.find(code, call.input.occurred_at.value_or(before.occurred_at));
    facts.item = item;
    facts.posted_in_cap_period_hundredths = 0;
    auto entry = before;
    entry.item_code = code;
    entry.occurred_at = call.input.occurred_at.value_or(before.occurred_at);
    entry.cause = call.input.cause.value_or(before.cause);
    auto const month = month_of(scene, entry.occurred_at);
    if (item != nullptr) {
        auto const period = item->cap_period;
        if (period != governance::CapPeriod::none && period != governance::CapPeriod::event) {
            auto const [from, to] = cap_months(period, month);
            facts.posted_in_cap_period_hundredths = storage::posted_for_item(scene.db, before.community, before.subject, code, from, to);
        }
    }
    facts.fact_scored_before = !storage::same_fact(scene.db, entry).empty();
    auto const last = quarter_of(month).second;
    facts.period_ends = add_calendar_days(scene.world.calendar, scene.world.calendar.zone.start_of(last / std::chrono::last), 0);
    return facts;
}

workflow::Request request_for(Scene const& scene, PointsEntry const& before, StepCall const& call)
{
    workflow::Request request;
    request.trigger = call.trigger;
    request.actor = call.actor;
    request.concurring = call.concurring;
    request.input = call.input;
    request.facts = points_facts(scene, before, call);
    request.now = scene.now;
    request.surroundings = {&scene.world.calendar, &scene.world.sla, &scene.world.routing};
    return request;
}

void save(Scene const& scene, PointsEntry const& entry)
{
    storage::save_points_entry(scene.db, entry, month_of(scene, entry.occurred_at));
}

/// Enters what was posted: the amount publicly, whom it concerns privately. Record numbers are a series of their own, so the entry
/// carries no number of a matter.
void enter_posted(Scene const& scene, PointsEntry const& entry)
{
    auto payload = "{\"record\":" + std::to_string(entry.no.value()) + ",\"delta\":" + std::to_string(entry.posted.hundredths()) +
                   ",\"item\":" + json_text(entry.item_code);
    if (!entry.reversal_of.empty())
        payload += ",\"reversal_of\":" + std::to_string(entry.reversal_of.value());
    auto const who = "{\"subject\":" + json_text(entry.subject) + "}";
    storage::Ledger{scene.db}.append({scene.now, entry.community, "points_posted", {}, payload + "}", who});
}

void follow(Scene const& scene, PointsEntry const& before, PointsStep& step)
{
    using Kind = workflow::FollowUp::Kind;
    for (auto const& next : step.follow_ups) {
        if (next.kind == Kind::post_entry) {
            enter_posted(scene, step.after);
        } else if (next.kind == Kind::post_reversal) {
            auto made = governance::reversal(before, scene.now).value();
            made.no = storage::next_record_no(scene.db, before.community);
            save(scene, made);
            enter_posted(scene, made);
            step.after.reversed_by = made.no;
            save(scene, step.after);
        }
    }
}

void write(Scene const& scene, PointsEntry const& before, PointsStep& step, StepCall const& call)
{
    auto& after = step.after;
    if (after.no.empty())
        after.no = storage::next_record_no(scene.db, after.community);
    save(scene, after);
    cancel_timers(scene, timers_of_entry(after), step.cancel);
    arm_timers(scene, timers_of_entry(after), step.arm);
    governance::Matter unnumbered = after;
    unnumbered.no = {};
    auto const occasion = std::to_string(journal_step(scene, "points_step", before, unnumbered, step.transition, call));
    follow(scene, before, step);
    notify_points(scene, before, step, occasion);
}

} // namespace

PointsEntry new_entry(Scene const& scene, governance::CommunityId const& community)
{
    PointsEntry entry;
    entry.community = community;
    entry.definition = "points_entry";
    entry.definition_version = scene.world.definitions.newest("points_entry")->version;
    entry.opened_at = scene.now;
    return entry;
}

workflow::Actor points_actor(Scene const& scene, PointsEntry const& entry, governance::Actor const& actor)
{
    auto out = workflow_actor(scene, actor, entry.scope);
    if (out.bound)
        out.words.insert("resident");
    // A grid worker records only where the community has no collector (domain.md 2.6).
    bool const collector =
        std::any_of(actor.roles.begin(), actor.roles.end(), [](auto const& grant) { return grant.role == "points_collector"; });
    if (!collector && !storage::holders(scene.db, "points_collector", governance::unit_of(entry.community)).empty())
        out.words.erase("points_collector");
    return out;
}

std::vector<governance::PersonId> subject_people(Scene const& scene, PointsEntry const& entry)
{
    switch (entry.subject_type) {
    case SubjectType::resident:
    case SubjectType::party_member:
    case SubjectType::cadre: return {governance::PersonId{entry.subject}};
    case SubjectType::household:
        if (auto const household = storage::load_household(scene.db, governance::HouseholdId{entry.subject}))
            return {spokesperson(scene, *household)};
        return {};
    case SubjectType::grid: return storage::holders(scene.db, "grid_leader", governance::UnitId{entry.subject});
    case SubjectType::village:
    case SubjectType::community: return storage::holders(scene.db, "party_secretary", governance::UnitId{entry.subject});
    }
    return {};
}

governance::result<PointsStep> perform_points(Scene const& scene, PointsEntry const& before, StepCall const& call)
{
    auto step = governance::advance(definition_of(scene, before), before, request_for(scene, before, call));
    if (step.has_value())
        write(scene, before, *step, call);
    return step;
}

void fire_points_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer,
                       int percent)
{
    auto const before = storage::load_points_entry(scene.db, community, no);
    if (!before)
        return;
    auto const& definition = definition_of(scene, *before);
    StepCall const call{timer_trigger(definition, before->state, timer), workflow::Actor::timer(), {}, {}};
    auto step = governance::fire(definition, *before, timer, percent, request_for(scene, *before, call));
    if (step.has_value() && !step->transition.empty())
        write(scene, *before, *step, call);
}

} // namespace commands
