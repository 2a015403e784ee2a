#include "points/rules.hpp"

/// Declaring and recording: time, place, cause, evidence. Source: domain.md 6.3, 6.4 rows 1-6.
namespace governance::points {

using namespace workflow;

namespace {

Instant occurred(Ask const& asking)
{
    return asking.input().occurred_at.value_or(asking.before.occurred_at);
}

Verdict occurred_lately(Ask const& asking, Values const& params)
{
    auto const when = occurred(asking);
    if (when > asking.now())
        return RefusalCode::occurred_in_future;
    auto const days = integer(params, "days");
    if (days_between(asking.calendar(), when, asking.now()) > days)
        return Refusal{RefusalCode::occurred_too_early, {{"days", decimal(days)}}};
    return std::nullopt;
}

Verdict not_in_future(Ask const& asking, Values const&)
{
    return occurred(asking) > asking.now() ? Verdict{RefusalCode::occurred_in_future} : Verdict{};
}

Verdict item_known(Ask const& asking, Values const&)
{
    auto const* item = fact(asking.facts().item, "item");
    if (item && item->subject_types.contains(asking.before.subject_type))
        return std::nullopt;
    return Refusal{RefusalCode::item_unknown, {{"code", asking.input().item_code.value_or(asking.before.item_code)}}};
}

/// Within the item's own range. What is counted by the hour may be declared as a multiple up to the cap.
Verdict delta_in_range(Ask const& asking, Values const&)
{
    auto const* item = fact(asking.facts().item, "item");
    auto const declared = Points(asking.input().delta_hundredths.value_or(asking.before.declared.hundredths()));
    auto least = item->minimum;
    auto most = item->maximum;
    if (item->cap && *item->cap > Points{})
        most = std::max(most, *item->cap);
    if (item->cap && *item->cap < Points{})
        least = std::min(least, *item->cap);
    if (declared != Points{} && declared >= least && declared <= most)
        return std::nullopt;
    return Refusal{RefusalCode::delta_not_allowed, {{"min", to_text(least)}, {"max", to_text(most)}}};
}

/// The four facts are mandatory.
Verdict facts_complete(Ask const& asking, Values const&)
{
    auto const& before = asking.before;
    auto const& input = asking.input();
    auto missing = [](char const* item) { return Refusal{RefusalCode::missing_item, {{"item", item}}}; };
    if (before.occurred_at == Instant{} && !input.occurred_at)
        return missing("occurred_at");
    if (before.address.empty() && !has_item(input, "address"))
        return missing("address");
    if (before.cause.empty() && !has_item(input, "cause"))
        return missing("cause");
    if (before.evidence.empty() && !has_item(input, "evidence"))
        return missing("evidence");
    return std::nullopt;
}

Verdict fact_not_scored(Ask const& asking, Values const&)
{
    if (!fact(asking.facts().fact_scored_before, "fact_scored_before"))
        return std::nullopt;
    return RefusalCode::fact_scored_before;
}

void take_facts(Do& doing, Values const&)
{
    auto& after = doing.after();
    auto const& input = doing.input();
    after.occurred_at = input.occurred_at.value_or(after.occurred_at);
    after.declared = Points(input.delta_hundredths.value_or(after.declared.hundredths()));
    after.item_code = input.item_code.value_or(after.item_code);
    if (has_item(input, "address"))
        after.address = *input.address;
    if (has_item(input, "cause"))
        after.cause = *input.cause;
    if (has_item(input, "evidence"))
        after.evidence = *input.evidence;
}

void note_declarer(Do& doing, Values const&)
{
    doing.after().declared_by = doing.request.actor.person;
    doing.after().declared_household = doing.request.actor.household;
    doing.parameters["item"] = doing.after().item_code;
}

void note_recorder(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.recorded_by = doing.request.actor.person;
    after.catalogue_version = (*doing.facts().item)->version;
}

/// A deduction on a household or resident begins with a private warning; anything else needs none.
void warn(Do& doing, Values const& params)
{
    auto& after = doing.after();
    if (!is_personal_deduction(after)) {
        doing.silenced.insert(text(params, "notice"));
        return;
    }
    after.warned_at = doing.now();
    doing.parameters["until"] = seconds_text(add(doing.calendar(), doing.now(), period(params, "within")));
    doing.parameters["item"] = after.item_code;
}

void note_reason(Do& doing, Values const&)
{
    doing.after().reason = doing.input().reason.value_or("");
    doing.parameters["reason"] = doing.after().reason;
}

} // namespace

bool is_personal_deduction(PointsEntry const& entry)
{
    bool const personal = entry.subject_type == SubjectType::household || entry.subject_type == SubjectType::resident;
    return personal && entry.declared < Points{};
}

void add_recording(Book& book)
{
    book.guards["occurred_lately"] = {{{"days", {ParamType::integer, true}}}, occurred_lately};
    book.guards["not_in_future"] = {{}, not_in_future};
    book.guards["item_known"] = {{}, item_known};
    book.guards["delta_in_range"] = {{}, delta_in_range};
    book.guards["facts_complete"] = {{}, facts_complete};
    book.guards["fact_not_scored"] = {{}, fact_not_scored};
    book.effects["take_facts"] = {{}, take_facts};
    book.effects["note_declarer"] = {{}, note_declarer};
    book.effects["note_recorder"] = {{}, note_recorder};
    book.effects["warn"] = {{{"within", {ParamType::period, true}}, {"notice", {ParamType::text, true}}}, warn};
    book.effects["note_reason"] = {{}, note_reason};
}

} // namespace governance::points
