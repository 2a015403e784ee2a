#include "perform/report_steps.hpp"

#include "perform/hooks.hpp"
#include "perform/report_notices.hpp"
#include "perform/report_people.hpp"
#include "perform/report_words.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::Case;

constexpr std::string_view kJournalKind = "case_step";

workflow::TargetView target_view(Scene const& scene, Case const& before, governance::RefNo no)
{
    workflow::TargetView view;
    view.no = no;
    if (auto const target = storage::load_report(scene.db, before.community, no)) {
        view.kind = target->definition;
        view.state = target->state;
        view.alive = is_live(scene, *target);
        view.same_place = same_place(scene, before, *target);
        view.subcategory = target->subcategory;
        view.opened_at = target->opened_at;
    }
    return view;
}

workflow::Facts case_facts(Scene const& scene, Case const& before, StepCall const& call)
{
    workflow::Facts facts;
    if (call.trigger == governance::case_trigger::kMarkDuplicate && call.input.merge_target)
        facts.target = target_view(scene, before, *call.input.merge_target);
    if (before.flags.confidential)
        facts.office_checks = !office_checkers(scene, before).empty();
    facts.unit_known = call.input.unit && scene.world.organisation.find(governance::UnitId{*call.input.unit}) != nullptr;
    return facts;
}

workflow::Request request_for(Scene const& scene, Case const& before, StepCall const& call)
{
    workflow::Request request;
    request.trigger = call.trigger;
    request.actor = call.actor;
    request.concurring = call.concurring;
    request.input = call.input;
    request.facts = case_facts(scene, before, call);
    request.now = scene.now;
    request.surroundings = {&scene.world.calendar, &scene.world.sla, &scene.world.routing};
    return request;
}

/// The reporters of a duplicate go on as reporters of the master.
void join(Scene const& scene, Case const& duplicate, governance::RefNo master_no)
{
    auto master = storage::load_report(scene.db, duplicate.community, master_no);
    if (!master)
        return;
    for (auto const& person : reporters(duplicate))
        if (person != master->author && std::find(master->co_authors.begin(), master->co_authors.end(), person) == master->co_authors.end())
            master->co_authors.push_back(person);
    storage::save_report(scene.db, *master, is_live(scene, *master));
}

/// Points for the first reporter; not for those whose work it is to report (domain.md 8.4).
void reward(Scene const& scene, Case const& report, std::string const& code)
{
    auto const author = storage::load_person(scene.db, report.author);
    auto const staff = scene.world.permissions.actors.find("staff");
    if (!author || staff == scene.world.permissions.actors.end())
        return;
    auto const& roles = staff->second;
    bool const works = std::any_of(author->roles.begin(), author->roles.end(),
                                   [&](auto const& grant) { return std::find(roles.begin(), roles.end(), grant.role) != roles.end(); });
    if (!works)
        award_points(scene, report, code, "reward");
}

void follow(Scene const& scene, CaseStep const& step)
{
    using Kind = workflow::FollowUp::Kind;
    for (auto const& next : step.follow_ups) {
        if (next.kind == Kind::join_master)
            join(scene, step.after, next.no);
        if (next.kind == Kind::award_points)
            reward(scene, step.after, next.target_kind);
    }
}

void write(Scene const& scene, Case const& before, CaseStep& step, StepCall const& call)
{
    auto& after = step.after;
    if (after.no.empty())
        after.no = storage::next_ref_no(scene.db, after.community);
    storage::save_report(scene.db, after, is_live(scene, after));
    cancel_timers(scene, timers_of(after), step.cancel);
    arm_timers(scene, timers_of(after), step.arm);
    auto const occasion = std::to_string(journal_step(scene, kJournalKind, before, after, step.transition, call));
    follow(scene, step);
    notify_case(scene, {before, step, call, occasion});
}

/// What follows a place: "2单元501" of "江南水都小区3栋2单元501".
std::string detail_of(Scene const& scene, Case const& report)
{
    static std::string const kBuilding = "栋";
    if (auto const at = report.address.find(kBuilding); at != std::string::npos)
        return report.address.substr(at + kBuilding.size());
    auto const* unit = scene.world.organisation.find(report.scope);
    if (unit != nullptr)
        if (auto const at = report.address.find(unit->name); at != std::string::npos)
            return report.address.substr(at + unit->name.size());
    return report.address;
}

} // namespace

bool same_place(Scene const& scene, Case const& report, Case const& other)
{
    if (report.scope != other.scope)
        return false;
    auto const a = detail_of(scene, report);
    auto const b = detail_of(scene, other);
    auto const* unit = scene.world.organisation.find(report.scope);
    using governance::UnitType;
    // A whole grid or community is no place yet; the words must agree.
    if (unit == nullptr || (unit->type != UnitType::building && unit->type != UnitType::hamlet && unit->type != UnitType::estate))
        return !a.empty() && a == b;
    return a.starts_with(b) || b.starts_with(a);
}

governance::result<CaseStep> perform_case(Scene const& scene, Case const& before, StepCall const& call)
{
    auto step = governance::advance(definition_of(scene, before), before, request_for(scene, before, call));
    if (step.has_value()) {
        step->after.title = case_title(scene, step->after);
        write(scene, before, *step, call);
    }
    return step;
}

void fire_report_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer,
                       int percent)
{
    auto const before = storage::load_report(scene.db, community, no);
    if (!before)
        return;
    auto const& definition = definition_of(scene, *before);
    StepCall const call{timer_trigger(definition, before->state, timer), workflow::Actor::timer(), {}, {}};
    auto step = governance::fire(definition, *before, timer, percent, request_for(scene, *before, call));
    if (step.has_value() && !step->transition.empty())
        write(scene, *before, *step, call);
}

} // namespace commands
