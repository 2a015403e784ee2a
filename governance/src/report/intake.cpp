#include "report/rules.hpp"

#include <algorithm>

/// Receiving, asking back, joining, verifying, informing. Source: domain.md 8.3 rows 1-12.
namespace governance::report {

using namespace workflow;

namespace {

Verdict problem_given(Ask const& asking, Values const&)
{
    if (!asking.before.text.empty() || has_item(asking.input(), "text"))
        return std::nullopt;
    return Refusal{RefusalCode::missing_item, {{"item", "text"}}};
}

/// Danger first: a critical report needs no place. What other systems hand over is asked about afterwards.
Verdict place_given(Ask const& asking, Values const&)
{
    auto const& before = asking.before;
    bool const may_lack = before.urgency == Urgency::critical || before.source != "chat";
    if (may_lack || !before.address.empty() || has_item(asking.input(), "address"))
        return std::nullopt;
    return Refusal{RefusalCode::missing_item, {{"item", "address"}}};
}

Verdict may_wait(Ask const& asking, Values const&)
{
    return asking.before.urgency == Urgency::critical ? Verdict{RefusalCode::critical_never_waits} : Verdict{};
}

/// The place is not known, or the worker names what else is missing.
Verdict something_missing(Ask const& asking, Values const&)
{
    bool const named = asking.words.contains("grid_worker") && has_item(asking.input(), "reason");
    return asking.before.address.empty() || named ? Verdict{} : Verdict{RefusalCode::nothing_missing};
}

Verdict something_added(Ask const& asking, Values const&)
{
    auto const& input = asking.input();
    if (has_item(input, "text") || has_item(input, "address") || has_item(input, "pictures"))
        return std::nullopt;
    return Refusal{RefusalCode::missing_item, {{"item", "text"}}};
}

Verdict not_critical(Ask const& asking, Values const&)
{
    return asking.before.urgency == Urgency::critical ? Verdict{RefusalCode::critical_not_withdrawn} : Verdict{};
}

/// Same subcategory and place, and still open or at most 72 hours old.
Verdict same_matter(Ask const& asking, Values const& params)
{
    auto const& target = fact(asking.facts().target, "target");
    std::map<std::string, std::string> const ref{{"ref", decimal(target.no.value())}};
    if (target.no == asking.before.no)
        return Refusal{RefusalCode::merge_with_itself, ref};
    bool const fresh = asking.now() <= add(asking.calendar(), target.opened_at, period(params, "window"));
    bool const same = target.kind == asking.definition.id && target.subcategory == asking.before.subcategory && target.same_place;
    return same && (target.alive || fresh) ? Verdict{} : Verdict{Refusal{RefusalCode::not_the_same_matter, ref}};
}

Verdict visit_noted(Ask const& asking, Values const&)
{
    if (has_item(asking.input(), "pictures") || has_item(asking.input(), "result"))
        return std::nullopt;
    return Refusal{RefusalCode::missing_item, {{"item", "result"}}};
}

Verdict grid_handles(Ask const& asking, Values const&)
{
    if (asking.before.first_level == HandlerLevel::grid)
        return std::nullopt;
    return Refusal{RefusalCode::beyond_the_grid, {{"level", name(asking.before.first_level)}}};
}

Verdict beyond_grid(Ask const& asking, Values const&)
{
    bool const beyond = asking.before.first_level != HandlerLevel::grid || has_item(asking.input(), "reason");
    return beyond ? Verdict{} : Verdict{RefusalCode::within_the_grid};
}

void take_report(Do& doing, Values const&)
{
    auto& after = doing.after();
    auto const& input = doing.input();
    if (has_item(input, "text"))
        after.text = after.text.empty() || doing.before.state.empty() ? *input.text : after.text + "\n" + *input.text;
    if (has_item(input, "address"))
        after.address = *input.address;
    after.pictures += input.pictures.value_or(0);
}

/// First level, urgency at least as high as usual, confidentiality: from the routing table, frozen here.
void route(Do& doing, Values const&)
{
    auto const* table = doing.request.surroundings.routing;
    if (!table)
        throw std::logic_error("a report needs a routing table");
    auto& after = doing.after();
    auto const* entry = table->find(after.category, after.subcategory);
    if (!entry)
        return;
    after.category = entry->category;
    after.subcategory = entry->subcategory;
    after.first_level = entry->first_level;
    after.urgency = std::max(after.urgency, entry->urgency);
    after.flags.confidential = after.flags.confidential || entry->confidential;
    after.handler_unit = entry->primary_department == "GRID" ? "" : entry->primary_department;
    if (!entry->co_department.empty())
        after.co_units = {entry->co_department};
    doing.parameters["urgency"] = name(after.urgency);
}

void pause_clock(Do& doing, Values const&)
{
    doing.after().paused_at = doing.now();
    doing.parameters["reason"] = doing.input().reason.value_or("");
}

void resume_clock(Do& doing, Values const&)
{
    auto& after = doing.after();
    if (after.paused_at && after.resolve_due)
        *after.resolve_due += doing.now() - *after.paused_at;
    after.paused_at.reset();
}

void accept(Do& doing, Values const&)
{
    doing.after().accepted_by = doing.request.actor.person;
    start_clock(doing);
}

void join_master(Do& doing, Values const&)
{
    auto const master = doing.facts().target->no;
    doing.after().master = master;
    doing.after().links.push_back({LinkKind::duplicate_of, master});
    doing.step.follow_ups.push_back({FollowUp::Kind::join_master, master, {}});
    doing.parameters["master"] = decimal(master.value());
}

void note_visit(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.visit_note = doing.input().result.value_or(doing.input().reason.value_or(""));
    after.pictures += doing.input().pictures.value_or(0);
    doing.parameters["result"] = after.visit_note;
}

/// A useful report earns its first reporter points, once; danger, anonymous and confidential ones never do. Source: domain.md 8.4.
void award_reporter(Do& doing, Values const& params)
{
    auto const& report = doing.after();
    auto const& spared = list(params, "not_for");
    bool const earns = report.urgency != Urgency::critical && !report.anonymous && !report.flags.confidential && !report.author.empty() &&
                       std::find(spared.begin(), spared.end(), report.category) == spared.end();
    if (earns)
        doing.step.follow_ups.push_back({FollowUp::Kind::award_points, {}, text(params, "item")});
}

void note_refusal(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.reason = doing.input().reason.value_or(doing.input().reason_code.value_or(""));
    after.result = doing.input().channel.value_or("");
    doing.parameters["reason"] = after.reason;
    doing.parameters["reason_code"] = doing.input().reason_code.value_or("");
    doing.parameters["channel"] = after.result;
}

void note_informed(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.due_text = doing.input().due_text.value_or(after.due_text);
    doing.parameters["unit"] = doing.input().unit.value_or(after.handler_unit);
    if (after.resolve_due)
        doing.parameters["until"] = seconds_text(*after.resolve_due);
}

void take_case(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.handler = doing.request.actor.person;
    after.handler_unit.clear(); // the grid does it itself
    after.level = CaseLevel::grid;
}

} // namespace

void add_intake(Book& book)
{
    book.guards["problem_given"] = {{}, problem_given};
    book.guards["place_given"] = {{}, place_given};
    book.guards["may_wait"] = {{}, may_wait};
    book.guards["something_missing"] = {{}, something_missing};
    book.guards["something_added"] = {{}, something_added};
    book.guards["not_critical"] = {{}, not_critical};
    book.guards["same_matter"] = {{{"window", {ParamType::period, true}}}, same_matter};
    book.guards["visit_noted"] = {{}, visit_noted};
    book.guards["grid_handles"] = {{}, grid_handles};
    book.guards["beyond_grid"] = {{}, beyond_grid};
    book.effects["take_report"] = {{}, take_report};
    book.effects["route"] = {{}, route};
    book.effects["pause_clock"] = {{}, pause_clock};
    book.effects["resume_clock"] = {{}, resume_clock};
    book.effects["accept"] = {{}, accept};
    book.effects["join_master"] = {{}, join_master};
    book.effects["note_visit"] = {{}, note_visit};
    book.effects["award_reporter"] = {{{"item", {ParamType::text, true}}, {"not_for", {ParamType::list, true}}}, award_reporter};
    book.effects["note_refusal"] = {{}, note_refusal};
    book.effects["note_informed"] = {{}, note_informed};
    book.effects["take_case"] = {{}, take_case};
}

} // namespace governance::report
