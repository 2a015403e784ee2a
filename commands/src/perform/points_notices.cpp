#include "perform/points_notices.hpp"

#include "perform/announce.hpp"
#include "perform/points_words.hpp"
#include "perform/report_people.hpp"
#include "storage/matters.hpp"
#include "storage/points.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::PersonId;
using governance::PointsEntry;
using governance::workflow::NoticeOrder;

About about(PointsEntry const& entry, std::string const& occasion)
{
    return {entry.community, {}, entry.scope, occasion};
}

std::string sum_text(Scene const& scene, PointsEntry const& entry, std::chrono::year_month from, std::chrono::year_month to)
{
    std::int64_t sum = 0;
    for (auto const& line : storage::posted_lines(scene.db, entry.community, entry.subject_type, entry.subject))
        if (line.month >= from && line.month <= to && line.line.state != "appealed")
            sum += line.line.delta.hundredths();
    return governance::to_text(governance::Points{sum});
}

Params points_params(Scene const& scene, PointsEntry const& entry, NoticeOrder const& order)
{
    auto const& wording = scene.world.wording;
    auto const month = month_of(scene, entry.occurred_at);
    auto const [first, last] = quarter_of(month);
    Params params;
    params.set("编号", record_text(entry.no)).set("事项", item_text(scene, entry.item_code));
    params.set("月", std::to_string(static_cast<unsigned>(month.month())));
    params.set("明细",
               item_text(scene, entry.item_code) + delta_text(entry.posted) + (entry.cap_reached ? wording.say("points.capped") : ""));
    params.set("x", order.id == "N-J02" ? sum_text(scene, entry, month, month) : governance::to_text(entry.posted));
    params.set("y", sum_text(scene, entry, first, last));
    params.set("原因", entry.reason.empty() ? wording.say("points.no_reason") : entry.reason).set("理由", entry.reason);
    params.set("补什么", wording.say(entry.state == "returned" ? "points.complete_hint" : "points.rejected_hint"));
    auto const until = order.parameters.find("until");
    if (until != order.parameters.end() && !until->second.empty())
        params.set("日期", day_text(scene, governance::Instant{std::chrono::seconds{std::stoll(until->second)}}));
    else
        params.set("日期", moment_text(scene, entry.deadline.value_or(scene.now)));
    params.set("结论", wording.say(entry.state == "reversed" ? "points.reversed" : "points.upheld"));
    params.choose(entry.state == "reversed" ? 0 : 1);
    return params;
}

std::vector<PersonId> next_people(Scene const& scene, PointsEntry const& entry)
{
    if (entry.state == "declared" || entry.state == "returned")
        return storage::holders(scene.db, "points_collector", governance::unit_of(entry.community));
    if (entry.state == "recorded")
        return holders_above(scene, "points_auditor", entry.scope);
    return {};
}

/// What is due on an entry, for those who may do it; these wait for the evening, a month has many entries.
void notify_due(Scene const& scene, PointsEntry const& entry, std::string const& occasion)
{
    auto const& wording = scene.world.wording;
    auto const* state = definition_of(scene, entry).find_state(entry.state);
    if (state == nullptr || !entry.deadline || !wording.has("points_due." + state->next_step))
        return;
    auto const record = record_text(entry.no);
    Params params{{"ref", record}, {"标题", item_text(scene, entry.item_code) + delta_text(entry.declared)}};
    params.set("角色", wording.word("points_due_by." + state->next_step, "您")).set("截止", moment_text(scene, *entry.deadline));
    params.set("动作", wording.say("points_due." + state->next_step));
    params.set("例子", wording.say("points_example." + state->next_step, {{"ref", record}}));
    for (auto const& person : next_people(scene, entry))
        tell(scene, about(entry, occasion), "N-B05", person, wording.render("N-B05", params), storage::Lane::digest);
}

/// Who reported something useful hears that it was worth points, by the number they know. Source: domain.md 8.4, N-R20.
void thank_reporter(Scene const& scene, PointsEntry const& entry, std::string const& occasion)
{
    for (auto const& link : entry.links) {
        auto const head = storage::find_matter(scene.db, entry.community, link.no);
        if (!head || head->kind != storage::kReport || entry.posted <= governance::Points{})
            continue;
        auto const& wording = scene.world.wording;
        Params const params{{"ref", std::to_string(link.no.value())},
                            {"内容", wording.say("points.reward", {{"points", governance::to_text(entry.posted)}})}};
        for (auto const& person : subject_people(scene, entry))
            tell(scene, about(entry, occasion), "N-R20", person, wording.render("N-R20", params));
    }
}

void notify(Scene const& scene, PointsEntry const& entry, NoticeOrder const& order, std::string const& occasion)
{
    if (order.id == "N-J01" || order.id == "N-J05")
        return; // the answer to the declaration says it; the quarter is announced as a whole
    if (order.id == "N-B05")
        return notify_due(scene, entry, occasion);
    if (order.id == "N-J02")
        thank_reporter(scene, entry, occasion);
    auto people = subject_people(scene, entry);
    if (order.id == "N-J03" && !entry.declared_by.empty() && std::find(people.begin(), people.end(), entry.declared_by) == people.end())
        people.push_back(entry.declared_by);
    auto const lane = order.id == "N-J02" ? storage::Lane::digest : storage::Lane::now;
    auto const text = scene.world.wording.render(order.id, points_params(scene, entry, order));
    for (auto const& person : people)
        tell(scene, about(entry, occasion), order.id, person, text, lane);
}

} // namespace

void notify_points(Scene const& scene, PointsEntry const& before, PointsStep const& step, std::string const& occasion)
{
    for (auto const& order : step.notices)
        notify(scene, step.after, order, occasion);
    if (step.moved && before.state != step.after.state)
        notify_due(scene, step.after, occasion);
}

} // namespace commands
