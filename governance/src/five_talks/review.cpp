#include "five_talks/rules.hpp"

#include "governance/five_talks.hpp"
#include "workflow/common_rules.hpp"

#include <algorithm>

/// Stage 2: the two committees decide. Source: domain.md 4.1, 4.3, 4.6 rows 7-16, 5.1.
namespace governance::five_talks {

using namespace workflow;

namespace {

RouterQuestion question(Ask const& asking)
{
    auto const& facts = asking.facts();
    RouterQuestion about;
    about.community = fact(facts.community_kind, "community_kind");
    about.matter_class = asking.input().matter_class.value_or(MatterClass::everyday);
    about.cost = asking.input().cost.value_or(CostClass::none);
    about.has_owners_meeting = fact(facts.has_owners_meeting, "has_owners_meeting");
    about.common_parts_touched = about.matter_class == MatterClass::common_parts;
    about.private_property_touched = facts.private_property_touched.value_or(false);
    about.land_touched = facts.land_touched.value_or(false);
    about.refused_topic = facts.refused_topic;
    return about;
}

std::string names_of(std::vector<ResolutionMode> const& modes)
{
    std::vector<std::string> names;
    names.reserve(modes.size());
    for (auto const mode : modes)
        names.emplace_back(name(mode));
    return joined(names);
}

/// The committee names a mode among those the router allows; without one the router's first counts.
Verdict mode_allowed(Ask const& asking, Values const&)
{
    auto const modes = allowed_modes(question(asking));
    if (!modes)
        return modes.error();
    auto const mode = asking.input().mode.value_or(modes->front());
    if (std::find(modes->begin(), modes->end(), mode) == modes->end())
        return Refusal{RefusalCode::mode_not_allowed, {{"mode", name(mode)}, {"allowed", names_of(*modes)}}};
    if (!is_built(mode))
        return Refusal{RefusalCode::mode_comes_later, {{"mode", name(mode)}, {"contact", contact_for(mode)}}};
    return std::nullopt;
}

ResolutionMode chosen_mode(Ask const& asking)
{
    auto const modes = allowed_modes(question(asking));
    return asking.input().mode.value_or(modes ? modes->front() : ResolutionMode::household_vote);
}

Verdict parties_named(Ask const& asking, Values const&)
{
    if (chosen_mode(asking) == ResolutionMode::consensus_multi_party && !has_item(asking.input(), "parties"))
        return Refusal{RefusalCode::missing_item, {{"item", "parties"}}};
    return std::nullopt;
}

Verdict amount_given(Ask const& asking, Values const&)
{
    auto const& input = asking.input();
    if (input.cost != CostClass::apportioned)
        return std::nullopt;
    if (!input.amount_fen)
        return Refusal{RefusalCode::missing_item, {{"item", "amount_fen"}}};
    if (*input.amount_fen <= 0 || *input.amount_fen > 100'000'000)
        return Refusal{RefusalCode::out_of_range, {{"item", "amount_fen"}, {"min", "1"}, {"max", "100000000"}}};
    return std::nullopt;
}

/// Important matters of an assembly or a representatives' meeting are first studied by the party organisation. Source: domain.md 5.1.
Verdict party_study(Ask const& asking, Values const& params)
{
    auto const& modes = list(params, "modes");
    bool const asked = std::find(modes.begin(), modes.end(), name(chosen_mode(asking))) != modes.end();
    if (asked && !has_item(asking.input(), "party_study"))
        return RefusalCode::party_study_missing;
    return std::nullopt;
}

/// A second review that residents forced happens with the supervision committee present.
Verdict supervision_present(Ask const& asking, Values const& params)
{
    auto const& with = list(params, "with");
    if (!asking.before.review.second_review || somebody_concurs(asking, rules(), with))
        return std::nullopt;
    return Refusal{RefusalCode::needs_second_person, {{"roles", joined(with)}}};
}

Verdict merge_target_fits(Ask const& asking, Values const&)
{
    auto const& target = fact(asking.facts().target, "target");
    std::map<std::string, std::string> const ref{{"ref", decimal(target.no.value())}};
    if (target.no == asking.before.no)
        return Refusal{RefusalCode::merge_with_itself, ref};
    if (!target.alive || target.kind != asking.definition.id)
        return Refusal{RefusalCode::merge_target_dead, ref};
    if (!target.covers_scope)
        return Refusal{RefusalCode::merge_target_narrower, ref};
    return std::nullopt;
}

Verdict transfer_allowed(Ask const& asking, Values const& params)
{
    auto const& targets = list(params, "targets");
    auto const& later = list(params, "not_yet");
    auto const target = asking.input().transfer_target.value_or("");
    if (std::find(targets.begin(), targets.end(), target) == targets.end())
        return Refusal{RefusalCode::bad_item, {{"item", "transfer_target"}, {"why", "not_allowed"}, {"allowed", joined(targets)}}};
    if (std::find(later.begin(), later.end(), target) != later.end()) {
        auto const* contact = target == "owners_meeting" ? "owners_committee" : target == "four_two" ? "party_branch" : "committee";
        return Refusal{RefusalCode::mode_comes_later, {{"mode", target}, {"contact", contact}}};
    }
    return std::nullopt;
}

std::vector<PersonId> deciders(Do const& doing)
{
    std::vector<PersonId> people{doing.request.actor.person};
    for (auto const& other : doing.request.concurring)
        people.push_back(other.person);
    return people;
}

void record_reason(Do& doing, Values const&)
{
    auto& review = doing.after().review;
    review.reason = doing.input().reason.value_or("");
    review.reason_code = doing.input().reason_code.value_or("");
    review.decided_by = deciders(doing);
    review.decided_at = doing.now();
    doing.parameters["reason"] = review.reason;
    doing.parameters["reason_code"] = review.reason_code;
    doing.parameters["reopen_needed"] = decimal(reopen_threshold(doing.definition, doing.before));
}

void record_acceptance(Do& doing, Values const&)
{
    auto const& input = doing.input();
    std::set<std::string> const words;
    Ask const asking{doing.definition, doing.before, doing.request, words};
    auto& after = doing.after();
    auto& review = after.review;
    review.mode = chosen_mode(asking);
    review.cost = input.cost.value_or(CostClass::none);
    review.amount_fen = review.cost == CostClass::apportioned ? input.amount_fen.value_or(0) : 0;
    review.parties = input.parties.value_or(std::vector<std::string>{});
    review.party_study = input.party_study.value_or("");
    review.decided_by = deciders(doing);
    review.decided_at = doing.now();
    if (input.scope && input.scope_kind && input.scope_households) {
        after.scope = *input.scope;
        after.scope_kind = *input.scope_kind;
        after.scope_households = *input.scope_households;
    }
    doing.parameters["mode"] = name(*review.mode);
}

void merge_into(Do& doing, Values const&)
{
    auto const target = doing.facts().target->no;
    doing.after().links.push_back({LinkKind::merged_into, target});
    doing.step.follow_ups.push_back({FollowUp::Kind::unite_endorsements, target, {}});
    doing.parameters["master"] = decimal(target.value());
}

void transfer(Do& doing, Values const&)
{
    auto const kind = doing.input().transfer_target.value_or("");
    doing.after().links.push_back({LinkKind::transferred_to, RefNo{}});
    doing.step.follow_ups.push_back({FollowUp::Kind::open_transferred, {}, kind});
    doing.parameters["target"] = kind;
}

} // namespace

void add_review(Book& book)
{
    book.guards["mode_allowed"] = {{}, mode_allowed};
    book.guards["parties_named"] = {{}, parties_named};
    book.guards["amount_given"] = {{}, amount_given};
    book.guards["party_study"] = {{{"modes", {ParamType::list, true}}}, party_study};
    book.guards["supervision_present"] = {{{"with", {ParamType::list, true}}}, supervision_present, true};
    book.guards["merge_target_fits"] = {{}, merge_target_fits};
    book.guards["transfer_allowed"] = {{{"targets", {ParamType::list, true}}, {"not_yet", {ParamType::list, true}}}, transfer_allowed};
    book.effects["record_reason"] = {{}, record_reason};
    book.effects["record_acceptance"] = {{}, record_acceptance};
    book.effects["merge_into"] = {{}, merge_into};
    book.effects["transfer"] = {{}, transfer};
}

} // namespace governance::five_talks
