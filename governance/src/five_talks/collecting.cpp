#include "five_talks/rules.hpp"

#include "governance/majority.hpp"

#include <algorithm>

/// Stage 1: drafts, collecting endorsements, fast track, withdrawal, reopening. Source: domain.md 4.1, 4.2, 4.5.
namespace governance::five_talks {

using namespace workflow;

namespace {

std::string const& text_of(Ask const& asking)
{
    return has_item(asking.input(), "text") ? *asking.input().text : asking.before.text;
}

Verdict not_muted(Ask const& asking, Values const&)
{
    return fact(asking.facts().muted, "muted") ? Verdict{RefusalCode::muted} : Verdict{};
}

Verdict no_similar_open(Ask const& asking, Values const&)
{
    auto const& similar = asking.facts().similar_open;
    return similar ? Verdict{Refusal{RefusalCode::similar_proposal_open, {{"ref", decimal(similar->value())}}}} : Verdict{};
}

Verdict text_length(Ask const& asking, Values const& params)
{
    auto const& words = text_of(asking);
    if (words.empty())
        return Refusal{RefusalCode::missing_item, {{"item", "text"}}};
    auto const length = length_in_characters(words);
    if (length < integer(params, "min"))
        return Refusal{RefusalCode::text_too_short, {{"min", decimal(integer(params, "min"))}}};
    if (length > integer(params, "max"))
        return Refusal{RefusalCode::text_too_long, {{"max", decimal(integer(params, "max"))}}};
    return std::nullopt;
}

Refusal not_reached(Ask const& asking)
{
    return {RefusalCode::threshold_not_reached,
            {{"needed", decimal(asking.before.endorse_needed)}, {"have", decimal(*asking.facts().endorsing_households)}}};
}

Verdict threshold_reached(Ask const& asking, Values const&)
{
    auto const have = fact(asking.facts().endorsing_households, "endorsing_households");
    return have >= asking.before.endorse_needed ? Verdict{} : Verdict{not_reached(asking)};
}

Verdict share_reached(Ask const& asking, Values const& params)
{
    auto const have = fact(asking.facts().endorsing_households, "endorsing_households");
    return 100 * have >= integer(params, "percent") * asking.before.endorse_needed ? Verdict{} : Verdict{not_reached(asking)};
}

Verdict may_present(Ask const& asking, Values const& params)
{
    auto const& presenters = list(params, "presenters");
    bool const presents = std::any_of(presenters.begin(), presenters.end(), [&](auto const& word) { return asking.words.contains(word); });
    bool const urgent = asking.before.safety && asking.words.contains("committee");
    if (presents || urgent || asking.facts().presented.value_or(false))
        return std::nullopt;
    return RefusalCode::not_a_presenter;
}

Verdict changed(Ask const& asking, Values const&)
{
    bool const new_text = has_item(asking.input(), "text") && *asking.input().text != asking.before.text;
    return new_text || has_item(asking.input(), "pictures") ? Verdict{} : Verdict{RefusalCode::unchanged};
}

/// The residents' ways back: support after a rejection, new facts, or the lapse of a year. Source: domain.md 4.2, 4.4 row 39.
Verdict reopen_allowed(Ask const& asking, Values const& params)
{
    auto const& before = asking.before;
    auto const again_from = add_months(asking.calendar(), before.state_since, static_cast<int>(integer(params, "months")));
    if (before.state != "rejected" || asking.words.contains("committee") || asking.now() >= again_from)
        return std::nullopt; // what is new is in the reason, which the row needs
    auto const until = add(asking.calendar(), before.state_since, period(params, "window"));
    if (asking.now() >= until)
        return Refusal{RefusalCode::reopen_window_over, {{"until", seconds_text(until)}}};
    auto const needed = reopen_threshold(integer(params, "households"), before.endorse_needed);
    auto const have = fact(asking.facts().reopen_supporters, "reopen_supporters");
    if (have >= needed)
        return std::nullopt;
    return Refusal{RefusalCode::reopen_needs_support,
                   {{"needed", decimal(needed)}, {"have", decimal(have)}, {"until", seconds_text(until)}}};
}

void take_text(Do& doing, Values const&)
{
    auto& after = doing.after();
    auto const& input = doing.input();
    if (has_item(input, "text"))
        after.text = *input.text;
    if (has_item(input, "title"))
        after.title = *input.title;
    if (has_item(input, "address"))
        after.address = *input.address;
}

EndorseRule endorse_rule(Values const& params)
{
    EndorseRule rule;
    for (auto& [kind, households] : rule.base)
        households = integer(params, name(kind));
    rule.percent_cap = static_cast<int>(integer(params, "percent"));
    rule.minimum = integer(params, "minimum");
    return rule;
}

void begin_collecting(Do& doing, Values const& params)
{
    auto& after = doing.after();
    after.opened_at = doing.now();
    after.scope_households = fact(doing.facts().scope_households, "scope_households");
    after.endorse_needed = endorse_threshold(endorse_rule(params), after.scope_kind, after.scope_households);
    doing.parameters["needed"] = decimal(after.endorse_needed);
    doing.parameters["have"] = decimal(1); // the author's household
}

void tell_threshold(Do& doing, Values const&)
{
    doing.parameters["needed"] = decimal(doing.before.endorse_needed);
    if (doing.facts().endorsing_households)
        doing.parameters["have"] = decimal(*doing.facts().endorsing_households);
}

/// A new number for the same wish. The old matter stays as it ended; its link with number 0 is the new one's, once the store has given it.
void open_successor(Do& doing, Values const& params)
{
    auto const& old = doing.before;
    Proposal fresh;
    static_cast<Matter&>(fresh) = old;
    fresh.no = RefNo{};
    fresh.state = doing.after().state;
    fresh.state_since = doing.now();
    fresh.opened_at = doing.now();
    fresh.definition_version = doing.definition.version; // a new matter begins on the version at hand
    fresh.flags = {};
    fresh.used_once.clear();
    fresh.links = {{LinkKind::reopened_from, old.no}};
    fresh.safety = old.safety;
    fresh.scope_households = old.scope_households;
    fresh.endorse_needed = endorse_threshold(endorse_rule(params), old.scope_kind, old.scope_households);
    if (has_item(doing.input(), "text"))
        fresh.text = *doing.input().text;
    auto const supporters = doing.facts().reopen_supporters.value_or(0);
    fresh.review.second_review = old.state == "rejected" && !doing.request.actor.words.contains("committee") && supporters > 0;
    doing.step.after = old;
    doing.step.after.links.push_back({LinkKind::reopened_as, RefNo{}});
    doing.step.opened = std::move(fresh);
    doing.step.follow_ups.push_back({FollowUp::Kind::take_over_supporters, old.no, {}});
    doing.parameters["reason"] = doing.input().reason.value_or("");
}

ParamSpecs const& endorse_params()
{
    static ParamSpecs const specs{{"building", {ParamType::integer, true}},  {"grid", {ParamType::integer, true}},
                                  {"estate", {ParamType::integer, true}},    {"village", {ParamType::integer, true}},
                                  {"community", {ParamType::integer, true}}, {"percent", {ParamType::integer, true}},
                                  {"minimum", {ParamType::integer, true}}};
    return specs;
}

} // namespace

void add_collecting(Book& book)
{
    book.guards["not_muted"] = {{}, not_muted};
    book.guards["no_similar_open"] = {{}, no_similar_open};
    book.guards["text_length"] = {{{"min", {ParamType::integer, true}}, {"max", {ParamType::integer, true}}}, text_length};
    book.guards["threshold_reached"] = {{}, threshold_reached};
    book.guards["share_reached"] = {{{"percent", {ParamType::integer, true}}}, share_reached, false, true};
    book.guards["may_present"] = {{{"presenters", {ParamType::list, true}}}, may_present};
    book.guards["changed"] = {{}, changed};
    book.guards["reopen_allowed"] = {
        {{"months", {ParamType::integer, true}}, {"households", {ParamType::integer, true}}, {"window", {ParamType::period, true}}},
        reopen_allowed};
    book.effects["take_text"] = {{}, take_text};
    book.effects["begin_collecting"] = {endorse_params(), begin_collecting};
    book.effects["tell_threshold"] = {{}, tell_threshold};
    book.effects["open_successor"] = {endorse_params(), open_successor};
}

} // namespace governance::five_talks
