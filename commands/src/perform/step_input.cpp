#include "perform/step_input.hpp"

#include "perform/proposal_facts.hpp"
#include "perform/proposal_steps.hpp"

#include <array>

namespace commands {
namespace {

namespace workflow = governance::workflow;
namespace trigger = governance::trigger;

std::vector<std::string> split_words(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const end = text.find('|');
        parts.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

/// The parties of a 涉及 line: separated by 、 ， , or spaces.
std::vector<std::string> parties(std::string const& text)
{
    std::vector<std::string> found;
    std::string current;
    auto flush = [&] {
        if (!current.empty())
            found.push_back(std::move(current));
        current.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        bool separator = false;
        for (std::string_view const mark : {"、", "，", ",", " ", "和"})
            if (std::string_view{text}.substr(i).starts_with(mark)) {
                flush();
                i += mark.size();
                separator = true;
                break;
            }
        if (!separator)
            current += text[i++];
    }
    flush();
    return found;
}

/// A unit that a 范围 line names: by name, or by its kind around the matter (楼栋, 网格, 小区, 村, 社区).
governance::UnitId scope_named(Scene const& scene, governance::Proposal const& proposal, std::string const& text)
{
    auto const& organisation = scene.world.organisation;
    if (auto const* unit = organisation.named(text))
        return unit->id;
    auto const kind = key_of_words(scene, "scope", text);
    using governance::UnitType;
    auto const author = storage::load_person(scene.db, proposal.author);
    auto const from = author && !author->home.empty() ? author->home : proposal.scope;
    auto of_type = [&](UnitType type) -> governance::UnitId {
        auto const* unit = organisation.ancestor(from, type);
        return unit == nullptr ? governance::UnitId{} : unit->id;
    };
    if (kind == "building")
        return of_type(UnitType::building);
    if (kind == "grid")
        return of_type(UnitType::grid);
    if (kind == "estate")
        return of_type(UnitType::estate);
    if (kind == "village" || kind == "community")
        return governance::unit_of(proposal.community);
    return {};
}

/// Person or unit that may be named as responsible: by platform id, roll id, name in the community, or a unit's name.
std::string owner_named(Scene const& scene, governance::Proposal const& proposal, std::string const& text)
{
    if (auto const person = storage::find_person(scene.db, proposal.community, text); !person.empty())
        return person.str();
    auto const* unit = scene.world.organisation.named(text);
    return unit == nullptr ? std::string{} : unit->id.str();
}

/// A 负责 line may name the plan's owner and the residents' own body that looks after the result, in any order.
void set_responsible(Scene const& scene, governance::Proposal const& proposal, std::string const& text, workflow::StepInput& input)
{
    auto names = parties(text);
    names.insert(names.begin(), text); // names of units may hold what parts a list
    for (auto const& name : names) {
        auto owner = owner_named(scene, proposal, name);
        if (!owner.empty() && !input.plan_owner)
            input.plan_owner = std::move(owner);
        else if (auto body = key_of_words(scene, "body", name); owner.empty() && !body.empty())
            input.body = std::move(body);
    }
}

governance::CostClass cost_class(reader::CostKind kind)
{
    switch (kind) {
    case reader::CostKind::none: return governance::CostClass::none;
    case reader::CostKind::within_budget: return governance::CostClass::in_budget;
    case reader::CostKind::shared: return governance::CostClass::apportioned;
    }
    return governance::CostClass::none;
}

void set_scope(Scene const& scene, governance::UnitId scope, workflow::StepInput& input)
{
    input.scope_kind = scope_kind(scene, scope);
    input.scope_households = households_in(scene, scope);
    input.scope = std::move(scope);
}

} // namespace

std::string key_of_words(Scene const& scene, std::string_view table, std::string_view text)
{
    std::string best;
    std::size_t length = 0;
    for (auto const& [key, words] : scene.world.wording.table("words_" + std::string{table}))
        for (auto const& word : split_words(words))
            if (word.size() > length && text.find(word) != std::string_view::npos) {
                best = key;
                length = word.size();
            }
    return best;
}

void apply_lines(Scene const& scene, governance::Proposal const& proposal, reader::StepLines const& lines, workflow::StepInput& input)
{
    auto const today = scene.world.calendar.zone.date(scene.now);
    if (lines.mode)
        input.mode = governance::parse_resolution_mode(key_of_words(scene, "mode", *lines.mode));
    if (lines.scope)
        if (auto scope = scope_named(scene, proposal, *lines.scope); !scope.empty())
            set_scope(scene, std::move(scope), input);
    if (lines.cost) {
        input.cost = cost_class(lines.cost->kind);
        if (lines.cost->cents)
            input.amount_fen = *lines.cost->cents;
    }
    if (lines.affected)
        input.parties = parties(*lines.affected);
    if (lines.minutes)
        input.minutes = *lines.minutes;
    if (lines.question)
        input.question = *lines.question;
    if (!lines.options.empty()) {
        input.options.emplace();
        for (auto const& option : lines.options)
            input.options->push_back(option.label + " " + option.text);
    }
    if (lines.days)
        input.days = *lines.days;
    if (lines.responsible)
        set_responsible(scene, proposal, *lines.responsible, input);
    if (lines.budget_cents)
        input.budget_fen = *lines.budget_cents;
    for (auto const& milestone : lines.milestones)
        if (auto const due = reader::resolve_date(milestone.date_raw, today)) {
            if (!input.milestones)
                input.milestones.emplace();
            input.milestones->push_back({*due, milestone.text});
        }
    if (lines.resume_raw)
        input.restart = reader::resolve_date(*lines.resume_raw, today);
    if (lines.basis)
        input.basis = *lines.basis;
    if (lines.spent_cents)
        input.spent_fen = *lines.spent_cents;
}

void apply_defaults(Scene const& scene, governance::Proposal const& proposal, std::string const& trigger, workflow::StepInput& input)
{
    if (trigger == trigger::kAccept) {
        if (!input.scope)
            set_scope(scene, proposal.scope, input);
        if (!input.cost)
            input.cost = governance::CostClass::none;
        if (!input.matter_class)
            input.matter_class = governance::MatterClass::everyday;
        if (!input.mode) {
            auto const* community = scene.world.organisation.find(governance::unit_of(proposal.community));
            auto const* estate = scene.world.organisation.ancestor(*input.scope, governance::UnitType::estate);
            governance::RouterQuestion question;
            question.community = community != nullptr && community->type == governance::UnitType::village
                                     ? governance::CommunityKind::village
                                     : governance::CommunityKind::urban_community;
            question.matter_class = *input.matter_class;
            question.cost = *input.cost;
            question.has_owners_meeting = estate != nullptr && estate->owners_committee;
            if (auto const modes = governance::allowed_modes(question); modes.has_value() && !modes->empty())
                input.mode = modes->front();
        }
    }
    if (trigger == trigger::kOpenVote) {
        if (!input.question && !input.options)
            input.question = scene.world.wording.say("say.default_question", {{"title", proposal.title}});
        if (!input.days)
            input.days = 5;
        if (!input.minutes && !proposal.deliberation.minutes.empty())
            input.minutes = proposal.deliberation.minutes;
    }
    if (trigger == trigger::kExtendVote && !input.days)
        input.days = 7;
}

std::string settings_text(Scene const& scene, std::string const& trigger, workflow::StepInput const& input)
{
    auto const& wording = scene.world.wording;
    std::string out;
    auto add = [&](std::string_view label, std::string const& value) {
        if (!value.empty())
            out += (out.empty() ? "" : "；") + std::string{label} + "：" + value;
    };
    if (input.mode && trigger == trigger::kAccept)
        add("方式", wording.word("mode." + std::string{name(*input.mode)}, name(*input.mode)));
    if (input.scope && trigger == trigger::kAccept)
        if (auto const* unit = scene.world.organisation.find(*input.scope))
            add("范围", unit->name);
    if (input.cost && trigger == trigger::kAccept)
        add("费用", wording.word("cost." + std::string{name(*input.cost)}, name(*input.cost)) +
                        (input.amount_fen ? "每户" + yuan_text(*input.amount_fen) : std::string{}));
    if (input.reason_code)
        add("理由", wording.word("reject_reason." + *input.reason_code, *input.reason_code));
    add("说明", input.reason.value_or(""));
    add("答复", input.answer.value_or(""));
    add("依据", input.basis.value_or(""));
    return out.empty() ? wording.say("say.no_settings") : cut(out, 150);
}

} // namespace commands
