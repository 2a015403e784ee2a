#include "perform/report_notices.hpp"

#include "perform/context.hpp"
#include "perform/report_danger.hpp"
#include "perform/report_people.hpp"
#include "perform/report_words.hpp"
#include "storage/matters.hpp"
#include "storage/roster.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Case;
using governance::workflow::NoticeOrder;

std::string number(std::int64_t value)
{
    return std::to_string(value);
}

bool for_reporter(NoticeOrder const& order)
{
    return std::find(order.audiences.begin(), order.audiences.end(), "reporter") != order.audiences.end();
}

bool for_joined(NoticeOrder const& order)
{
    return std::find(order.audiences.begin(), order.audiences.end(), "joined") != order.audiences.end();
}

std::string with_community(Scene const& scene, Case const& report, std::string const& place)
{
    auto const* community = scene.world.organisation.find(governance::unit_of(report.community));
    return community == nullptr || place.starts_with(community->name) ? place : community->name + place;
}

/// The order to a department: its handlers get the flat and the words, the dispatch group only kind and place.
void notify_department(Scene const& scene, CaseStory const& story, NoticeOrder const& order)
{
    auto const& report = story.step.after;
    auto params = case_params(scene, story, order);
    auto const about = about_case(report, story.occasion);
    if (!report.flags.confidential)
        for (auto const& group : dispatch_groups(scene, report))
            tell_group(scene, about, order.id, group.id, scene.world.wording.render(order.id, params), lane_of(report));
    params.set("地点", with_community(scene, report, full_place(scene, report))).set("摘要", cut(report.text, 40));
    for (auto const& person : next_people(scene, report))
        tell(scene, about, order.id, person, scene.world.wording.render(order.id, params), lane_of(report));
}

void notify_level(Scene const& scene, CaseStory const& story, NoticeOrder const& order)
{
    auto const& report = story.step.after;
    auto const params = case_params(scene, story, order);
    auto const about = about_case(report, story.occasion);
    if (!report.flags.confidential && !story.step.told.empty())
        for (auto const& group : level_groups(scene, report, story.step.told))
            tell_group(scene, about, order.id, group.id, scene.world.wording.render(order.id, params), lane_of(report));
}

void tell_due(Scene const& scene, CaseStory const& story, std::vector<governance::PersonId> const& people)
{
    auto const& report = story.step.after;
    Params params;
    if (!case_due_params(scene, report, params))
        return;
    for (auto const& person : people)
        tell(scene, about_case(report, story.occasion), "N-B05", person, scene.world.wording.render("N-B05", params), lane_of(report));
}

/// What is due, to those who may act.
void notify_due(Scene const& scene, CaseStory const& story)
{
    auto const& report = story.step.after;
    if (!reporter_checks(scene, report))
        return tell_due(scene, story, next_people(scene, report));
    auto const text =
        scene.world.wording.say("case.reporter_checks", {{"ref", number(report.no.value())}, {"result", cut(report.result, 60)}});
    for (auto const& person : reporters(report))
        tell(scene, about_case(report, story.occasion), "N-B05", person, text, lane_of(report));
}

/// The n-th alarm about a danger that nobody took: each reaches one level more, and the rules end them after a few.
void notify_alarm(Scene const& scene, CaseStory const& story, int time)
{
    auto const& report = story.step.after;
    auto const level = governance::alarm_level(time);
    tell_due(scene, story, alarm_people(scene, report, level));
    bool const reached = level == governance::CaseLevel::street && !report.flags.confidential;
    for (auto const& group : reached ? dispatch_groups(scene, report) : std::vector<storage::Group>{})
        tell_group(scene, about_case(report, story.occasion), "N-R15", group.id, open_alarm(scene, report), storage::Lane::critical);
}

void notify(Scene const& scene, CaseStory const& story, NoticeOrder const& order)
{
    auto const& report = story.step.after;
    auto const about = about_case(report, story.occasion);
    if (order.id == "N-B05") {
        auto const time = order.parameters.find("time");
        return time == order.parameters.end() ? notify_due(scene, story) : notify_alarm(scene, story, std::stoi(time->second));
    }
    if (order.id == "N-R01" && report.source == "chat")
        return; // the answer to the message says it
    if (order.id == "N-R09")
        return notify_department(scene, story, order);
    auto const params = case_params(scene, story, order);
    auto const text = scene.world.wording.render(order.id, params);
    if (order.id == "N-R10") {
        for (auto const& person : next_people(scene, report))
            tell(scene, about, order.id, person, text, lane_of(report));
        return;
    }
    if (order.id == "N-R13") {
        // Of confidential ones nothing is ever said in public.
        if (!report.flags.confidential)
            announce(scene, about, order.id, params, {});
        return;
    }
    std::vector<governance::PersonId> people;
    if (for_joined(order))
        people = reporters(report);
    else if (for_reporter(order))
        people = {report.author};
    if (order.id == "N-R17") {
        notify_level(scene, story, order);
        for (auto const& person : next_people(scene, report))
            if (std::find(people.begin(), people.end(), person) == people.end())
                people.push_back(person);
    }
    for (auto const& person : people)
        tell(scene, about, order.id, person, text);
}

/// What the handler wants told, unless it holds a number or a name: no flat and nobody is named in a group (domain.md 14.1).
std::string public_cause(Scene const& scene, Case const& report)
{
    auto const& cause = report.cause;
    auto const names = storage::all_names(scene.db);
    bool const told = !cause.empty() && numbers_in(cause).empty() &&
                      std::none_of(names.begin(), names.end(), [&](auto const& name) { return cause.find(name) != std::string::npos; });
    return told ? cut(cause, 20) : scene.world.wording.say("case.cleared_cause");
}

/// The neighbours who were warned hear that it is over, a false alarm without blame. Source: domain.md 8.5, N-R16.
void notify_cleared(Scene const& scene, CaseStory const& story)
{
    auto const& report = story.step.after;
    auto const& wording = scene.world.wording;
    bool const first = report.reopened == 0 && story.step.moved && story.before.state != report.state;
    auto const result = wording.word("cleared." + report.state, "");
    if (!first || result.empty() || report.urgency != governance::Urgency::critical || report.flags.confidential)
        return;
    Params const params{{"地点", open_place(scene, report)},
                        {"结果", result},
                        {"原因", wording.word("cleared_cause." + report.state, public_cause(scene, report))}};
    for (auto const& group : groups_for(scene, report.scope))
        tell_group(scene, about_case(report, story.occasion), "N-R16", group.id, wording.render("N-R16", params), storage::Lane::now);
}

/// The level above that a step calls in without a notice of its own, as the supervisor after the last reopening.
void notify_supervisor(Scene const& scene, CaseStory const& story)
{
    auto const& report = story.step.after;
    if (story.step.told != "supervisor" || report.flags.confidential)
        return;
    for (auto const& person : holders_above(scene, "supervisor", report.scope))
        tell(scene, about_case(report, story.occasion), "N-B05", person,
             scene.world.wording.say(
                 "case.supervisor_takes",
                 {{"ref", number(report.no.value())}, {"title", case_title(scene, report)}, {"stars", number(report.stars.value_or(0))}}));
}

void put_times(Scene const& scene, CaseStory const& story, NoticeOrder const& order, Params& params)
{
    auto const& report = story.step.after;
    auto const deadline = report.deadline.value_or(scene.now);
    auto const due = report.resolve_due.value_or(deadline);
    auto const& sla = scene.world.sla.row(report.urgency, report.complex);
    params.set("时限", order.id == "N-R01" ? limit_text(sla.accept) : moment_text(scene, deadline));
    params.set("日期", order.id == "N-R08" ? moment_text(scene, deadline) : moment_text(scene, due));
    auto const since = order.id == "N-R13" ? report.opened_at : story.before.deadline.value_or(report.resolve_due.value_or(scene.now));
    params.set("t", span_text(scene.now - since));
}

} // namespace

storage::Lane lane_of(Case const& report)
{
    bool const danger = report.urgency == governance::Urgency::critical && !report.closed_at;
    return danger ? storage::Lane::critical : storage::Lane::now;
}

About about_case(Case const& report, std::string occasion)
{
    return {report.community, report.no, report.scope, std::move(occasion)};
}

bool case_due_params(Scene const& scene, Case const& report, Params& params)
{
    auto const* state = definition_of(scene, report).find_state(report.state);
    if (state == nullptr || state->terminal || !report.deadline)
        return false;
    auto const& wording = scene.world.wording;
    // What the grid handles itself goes another way than what goes up.
    auto next = state->next_step;
    if (report.state == "informed" && report.first_level == governance::HandlerLevel::grid && !report.flags.confidential)
        next = "handle";
    if (!wording.has("case_due." + next))
        return false;
    auto const ref = number(report.no.value());
    params.set("ref", ref)
        .set("标题",
             report.flags.confidential ? case_title(scene, report) : category_text(scene, report) + " " + full_place(scene, report));
    params.set("角色", wording.word("case_due_by." + next, "您"));
    params.set("截止", moment_text(scene, *report.deadline));
    params.set("动作", wording.say("case_due." + next));
    params.set("例子", wording.say("case_example." + next, {{"ref", ref}}));
    return true;
}

Params case_params(Scene const& scene, CaseStory const& story, NoticeOrder const& order)
{
    auto const& report = story.step.after;
    auto const& wording = scene.world.wording;
    Params params;
    params.set("ref", number(report.no.value()));
    params.set("标题", case_title(scene, report))
        .set("类别", report.flags.confidential ? case_title(scene, report) : category_text(scene, report));
    bool const personal = order.id == "N-R01";
    params.set("地点", personal ? full_place(scene, report) : with_community(scene, report, open_place(scene, report)));
    params.set("摘要", category_text(scene, report));
    params.set("网格员", wording.say("case.worker"));
    params.set("单位", handler_text(scene, report));
    std::string co_units;
    for (auto const& unit : report.co_units)
        co_units += (co_units.empty() ? "" : "、") + unit_text(scene, unit);
    params.set("协办", co_units.empty() ? wording.say("case.nobody") : co_units);
    auto reason = report.reason;
    if (auto const& code = story.call.input.reason_code; code)
        reason = wording.word("case_reject." + *code, *code);
    params.set("原因", reason.empty() ? wording.say("case.no_reason") : reason);
    params.set("渠道", report.result);
    params.set("情况", report.visit_note);
    params.set("层级", wording.word(std::string{"level."} + name(report.level), name(report.level)));
    params.set("上级", story.step.told.empty() ? wording.say("case.above") : wording.word("level." + story.step.told, story.step.told));
    params.set("结果", report.result.empty() ? wording.say("case.handled") : report.result);
    params.set("链接", page_url(scene, report.community, report.no));
    if (!report.master.empty()) {
        params.set("主件", number(report.master.value()));
        auto const master = storage::load_report(scene.db, report.community, report.master);
        params.set("状态", master ? state_title(scene, *master) : wording.say("case.in_hand"));
    }
    put_times(scene, story, order, params);
    return params;
}

void notify_case(Scene const& scene, CaseStory const& story)
{
    auto const& report = story.step.after;
    for (auto const& order : story.step.notices)
        notify(scene, story, order);
    notify_supervisor(scene, story);
    notify_cleared(scene, story);
    if (!story.step.moved || story.before.state == report.state)
        return;
    if (story.before.state.empty() && report.urgency == governance::Urgency::critical && !report.flags.confidential)
        return alarm_staff(scene, report, story.occasion);
    if (report.state != "dispatched" && report.state != "order_returned")
        notify_due(scene, story);
}

} // namespace commands
