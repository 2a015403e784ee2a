#include "perform/report_people.hpp"

#include "perform/announce.hpp"
#include "perform/steps.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Case;
using governance::PersonId;
using governance::UnitId;
using governance::UnitType;

constexpr std::string_view kIntegrityMark = "integrity";

std::vector<std::string> texts(std::vector<PersonId> const& people)
{
    std::vector<std::string> out;
    for (auto const& person : people)
        out.push_back(person.str());
    return out;
}

void append(std::vector<PersonId>& people, std::vector<PersonId> const& more)
{
    for (auto const& person : more)
        if (!person.empty() && std::find(people.begin(), people.end(), person) == people.end())
            people.push_back(person);
}

std::vector<PersonId> committee_of(Scene const& scene, Case const& report)
{
    auto const community = governance::unit_of(report.community);
    auto people = storage::holders(scene.db, "committee_member", community);
    append(people, storage::holders(scene.db, "party_secretary", community));
    return people;
}

UnitId grid_of(Scene const& scene, Case const& report)
{
    auto const* grid = scene.world.organisation.ancestor(report.scope, UnitType::grid);
    if (grid != nullptr)
        return grid->id;
    auto const grids = scene.world.organisation.grids_for(report.scope);
    return grids.size() == 1 ? grids.front()->id : UnitId{};
}

} // namespace

governance::GridDuty duty_of(Scene const& scene, Case const& report)
{
    auto const grid = grid_of(scene, report);
    std::vector<std::string> workers;
    std::vector<std::string> leaders;
    if (!grid.empty()) {
        workers = texts(storage::holders(scene.db, "grid_worker", grid));
        leaders = texts(storage::holders(scene.db, "grid_leader", grid));
    }
    auto duty = governance::grid_duty(workers, leaders, texts(committee_of(scene, report)));
    if (!duty.handler) // no grid is known: the committee takes it
        if (auto const committee = committee_of(scene, report); !committee.empty())
            duty.handler = committee.front().str();
    return duty;
}

std::vector<PersonId> leaders_of(Scene const& scene, Case const& report)
{
    auto const grid = grid_of(scene, report);
    auto leaders = grid.empty() ? std::vector<PersonId>{} : storage::holders(scene.db, "grid_leader", grid);
    return leaders.empty() ? committee_of(scene, report) : leaders;
}

std::vector<PersonId> holders_above(Scene const& scene, std::string_view role, UnitId const& place)
{
    std::vector<PersonId> people;
    auto const* unit = scene.world.organisation.find(place);
    for (int depth = 0; unit != nullptr && depth < 8; ++depth) {
        append(people, storage::holders(scene.db, role, unit->id));
        unit = scene.world.organisation.find(unit->parent);
    }
    return people;
}

std::vector<PersonId> next_people(Scene const& scene, Case const& report)
{
    if (reporter_checks(scene, report))
        return reporters(report);
    if (report.flags.confidential)
        return report.state == "done_claimed" ? office_checkers(scene, report)
                                              : storage::holders_marked(scene.db, "street_admin", kIntegrityMark);
    auto const& state = report.state;
    std::vector<PersonId> people;
    if (state == "escalated" || state == "order_returned")
        return holders_above(scene, "dispatcher", report.scope);
    if (state == "dispatched" || (report.handler.empty() && !report.handler_unit.empty() && (state == "signed" || state == "in_progress")))
        return storage::holders(scene.db, "dept_handler", UnitId{report.handler_unit});
    if (state == "self_handling" || state == "signed" || state == "in_progress" || state == "whistled") {
        append(people, {report.handler});
        return people;
    }
    auto const duty = duty_of(scene, report);
    if (state == "done_claimed") {
        for (auto const& checker : duty.checkers)
            if (PersonId{checker} != report.handler)
                append(people, {PersonId{checker}});
        if (duty.handler && PersonId{*duty.handler} != report.handler)
            append(people, {PersonId{*duty.handler}});
        return people;
    }
    if (duty.handler && state != "feedback" && is_live(scene, report))
        append(people, {PersonId{*duty.handler}});
    return people;
}

std::vector<PersonId> alarm_people(Scene const& scene, Case const& report, governance::CaseLevel level)
{
    using governance::CaseLevel;
    auto people = next_people(scene, report);
    if (report.flags.confidential)
        return people;
    append(people, leaders_of(scene, report));
    if (level == CaseLevel::community)
        append(people, committee_of(scene, report));
    if (level == CaseLevel::street)
        append(people, holders_above(scene, "dispatcher", report.scope));
    if (level == CaseLevel::district)
        append(people, report.handler_unit.empty() ? holders_above(scene, "supervisor", report.scope)
                                                   : storage::holders(scene.db, "dept_handler", UnitId{report.handler_unit}));
    return people;
}

std::vector<PersonId> reporters(Case const& report)
{
    std::vector<PersonId> people;
    append(people, {report.author});
    append(people, report.co_authors);
    return people;
}

bool handles_integrity(Scene const& scene, PersonId const& person)
{
    auto const handlers = storage::holders_marked(scene.db, "street_admin", kIntegrityMark);
    return std::find(handlers.begin(), handlers.end(), person) != handlers.end();
}

std::vector<PersonId> office_checkers(Scene const& scene, Case const& report)
{
    auto people = storage::holders_marked(scene.db, "street_admin", kIntegrityMark);
    std::erase(people, report.handler);
    return people;
}

bool reporter_checks(Scene const& scene, Case const& report)
{
    return report.flags.confidential && report.state == "done_claimed" && office_checkers(scene, report).empty();
}

bool hidden_from(Scene const& scene, Case const& report, governance::Actor const& actor)
{
    if (!report.flags.confidential)
        return false;
    auto const own = reporters(report);
    bool const reports = actor.bound() && std::find(own.begin(), own.end(), actor.person) != own.end();
    return !reports && !handles_integrity(scene, actor.person);
}

governance::workflow::Actor case_actor(Scene const& scene, Case const& report, governance::Actor const& actor)
{
    auto out = workflow_actor(scene, actor, report.scope);
    if (!report.flags.confidential || report.state.empty())
        return out;
    out.words.clear();
    out.units.clear();
    if (handles_integrity(scene, actor.person)) {
        // One office does every step; checking it stays with somebody else than the handler (domain.md 2.6).
        out.words = {"grid_worker", "grid_leader", "dispatcher", "dept_handler", "street", "street_admin"};
        out.units.insert(report.handler_unit);
    }
    return out;
}

std::vector<storage::Group> dispatch_groups(Scene const& scene, Case const& report)
{
    auto const* street = scene.world.organisation.ancestor(governance::unit_of(report.community), UnitType::street);
    return street == nullptr ? std::vector<storage::Group>{} : storage::groups_at(scene.db, street->id, "dispatch");
}

std::vector<storage::Group> level_groups(Scene const& scene, Case const& report, std::string const& level)
{
    if (level == "street")
        return dispatch_groups(scene, report);
    return staff_groups(scene, report.scope);
}

} // namespace commands
