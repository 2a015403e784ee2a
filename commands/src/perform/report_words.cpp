#include "perform/report_words.hpp"

#include "commands/template_text.hpp"
#include "perform/steps.hpp"

#include <algorithm>

namespace commands {

using governance::Case;

std::string category_text(Scene const& scene, Case const& report)
{
    auto const* entry = scene.world.routing.find(report.category, report.subcategory);
    return entry == nullptr ? std::string{"其他"} : entry->title;
}

std::string open_place(Scene const& scene, Case const& report)
{
    auto const* unit = scene.world.organisation.find(report.scope);
    return unit == nullptr ? std::string{"本网格"} : unit->name;
}

std::string full_place(Scene const& scene, Case const& report)
{
    auto const place = open_place(scene, report);
    if (report.address.empty())
        return place;
    return report.address.find(place) == std::string::npos ? place + "（" + report.address + "）" : report.address;
}

std::string case_title(Scene const& scene, Case const& report)
{
    if (report.flags.confidential)
        return scene.world.wording.say("case.confidential_title");
    return cut(category_text(scene, report) + "·" + open_place(scene, report), 20);
}

std::string unit_text(Scene const& scene, std::string const& unit)
{
    auto const* found = scene.world.organisation.find(governance::UnitId{unit});
    return found == nullptr ? unit : found->name;
}

std::string handler_text(Scene const& scene, Case const& report)
{
    if (report.flags.confidential)
        return scene.world.wording.say("case.confidential_unit");
    bool const with_unit = report.state == "dispatched" || report.state == "signed" || report.state == "in_progress" ||
                           report.state == "whistled" || report.dispatched_at.has_value();
    if (with_unit && !report.handler_unit.empty())
        return unit_text(scene, report.handler_unit);
    if (report.state == "order_returned")
        return role_text(scene, "dispatcher");
    return scene.world.wording.word(std::string{"level."} + name(report.level), name(report.level));
}

std::string span_text(std::chrono::microseconds span)
{
    auto const minutes = std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::minutes>(span).count());
    if (minutes >= 24 * 60)
        return std::to_string(minutes / (24 * 60)) + "天";
    return minutes >= 60 ? std::to_string(minutes / 60) + "小时" : std::to_string(minutes) + "分钟";
}

std::string limit_text(governance::workflow::Period const& limit)
{
    using Unit = governance::workflow::Period::Unit;
    auto shown = limit;
    if (limit.amount % 60 == 0 && (limit.unit == Unit::minutes || limit.unit == Unit::working_minutes)) {
        shown.unit = limit.unit == Unit::minutes ? Unit::hours : Unit::working_hours;
        shown.amount = limit.amount / 60;
    }
    return governance::workflow::to_text(shown);
}

std::string case_status(Scene const& scene, Case const& report)
{
    auto const& wording = scene.world.wording;
    auto text = wording.say(
        "say.status",
        {{"ref", std::to_string(report.no.value())}, {"title", case_title(scene, report)}, {"state", state_title(scene, report)}});
    if (is_live(scene, report) && report.state != "feedback")
        text += wording.say("case.status_unit", {{"unit", handler_text(scene, report)}});
    if (auto const due = governance::resident_clock(report); due && is_live(scene, report) && report.state != "feedback")
        text += wording.say("case.status_due", {{"at", moment_text(scene, *due)}});
    if (!report.result.empty() && (report.state == "feedback" || report.state == "closed" || report.state == "rejected"))
        text += wording.say("case.status_result", {{"result", cut(report.result, 40)}});
    return text;
}

} // namespace commands
