#include "perform/proposal_steps.hpp"

#include "perform/announce.hpp"
#include "perform/audience.hpp"
#include "perform/cards.hpp"
#include "perform/hooks.hpp"
#include "perform/proposal_facts.hpp"
#include "perform/proposal_notices.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"
#include "storage/outbox.hpp"

#include <algorithm>
#include <array>

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::Proposal;
using Step = workflow::Step<Proposal>;

void unite(Scene const& scene, Proposal const& merged, governance::RefNo target_no)
{
    storage::unite_endorsements(scene.db, merged.community, merged.no, target_no);
    auto target = storage::load_proposal(scene.db, merged.community, target_no);
    if (!target)
        return;
    if (target->author != merged.author &&
        std::find(target->co_authors.begin(), target->co_authors.end(), merged.author) == target->co_authors.end())
        target->co_authors.push_back(merged.author);
    target->links.push_back({governance::LinkKind::merged_from, merged.no});
    storage::save_proposal(scene.db, *target, is_live(scene, *target));
    if (target->state == "collecting")
        (void)perform_step(scene, *target, {governance::trigger::kEndorsed, workflow::Actor::timer(), {}, {}});
}

/// Does what must happen beyond the matter; returns the number it opened, if any.
governance::RefNo follow(Scene const& scene, Step& step, std::vector<workflow::FollowUp> const& follow_ups)
{
    using Kind = workflow::FollowUp::Kind;
    auto& after = step.after;
    governance::RefNo opened;
    for (auto const& next : follow_ups) {
        switch (next.kind) {
        case Kind::open_transferred:
            opened = open_transferred(scene, after, next.target_kind);
            if (!opened.empty()) {
                after.links.push_back({governance::LinkKind::transferred_to, opened});
                storage::save_proposal(scene.db, after, is_live(scene, after));
            }
            break;
        case Kind::unite_endorsements:
            unite(scene, after, next.no);
            opened = next.no;
            break;
        case Kind::freeze_electorate:
            storage::freeze_electorate(scene.db, after.community, after.no, after.rounds.back().number,
                                       electors(scene, after, after.rounds.back().mode));
            break;
        case Kind::open_runoff:
            storage::copy_electorate(scene.db, after.community, after.no, after.rounds.back().number - 1, after.rounds.back().number);
            break;
        case Kind::award_points: award_points(scene, after, next.target_kind, "award"); break;
        case Kind::take_over_supporters:
            if (step.opened)
                storage::take_over_supporters(scene.db, after.community, after.no, step.opened->no);
            break;
        case Kind::drop_draft:           // drafts are kept outside the matters
        case Kind::keep_ballots:         // roll and ballots stay where they are
        case Kind::call_evaluation:      // the new round is in the matter; households are asked by the notice
        case Kind::join_master:          // of cases
        case Kind::blow_whistle:         // of cases
        case Kind::post_entry:           // of points
        case Kind::post_reversal: break; // of points
        }
    }
    return opened;
}

/// The reminder is the card to vote on: each receiver gets one of their own. Source: design.md "Notices".
void remind(Scene const& scene, About const& about, Proposal const& proposal, Params const& params,
            std::vector<governance::PersonId> const& persons)
{
    auto const text = scene.world.wording.render("N-V02", params);
    for (auto const& person : persons) {
        auto card = vote_card(scene, proposal, about.occasion + "/" + person.str());
        card.body = scene.world.wording.say("say.vote_card_reminder", params);
        card.fallback = text;
        tell(scene, about, "N-V02", person, text, storage::Lane::now, std::move(card));
    }
}

void notify(Scene const& scene, Proposal const& before, Step const& step, StepCall const& call, governance::RefNo other_no,
            std::string const& occasion)
{
    auto const& about_matter = step.opened ? *step.opened : step.after;
    for (auto const& order : step.notices) {
        // A reopened matter is announced under its new number, everything else under its own.
        auto const& subject = step.opened && order.id != "N-P04" ? about_matter : step.after;
        StepStory const story{before, subject, step.transition, call.input, other_no};
        About const about{subject.community, subject.no, subject.scope, occasion};
        if (order.id == "N-B05") {
            Params due;
            if (due_step_params(scene, definition_of(scene, subject), subject, due))
                announce(scene, about, order.id, due, {});
            continue;
        }
        auto const params = proposal_params(scene, story, order);
        auto const persons = audience(scene, subject, order, call.concurring);
        if (order.id == "N-V02" && subject.state == "voting" && !subject.rounds.empty())
            remind(scene, about, subject, params, persons);
        else
            announce(scene, about, order.id, params, persons);
    }
}

/// Tells the committees' group that an official step is due; privately where one person is named.
void tell_due(Scene const& scene, workflow::Definition const& definition, Proposal const& before, Step const& step,
              std::string const& occasion)
{
    auto const& after = step.opened ? *step.opened : step.after;
    if (!step.moved || before.state == after.state)
        return;
    Params params;
    if (!due_step_params(scene, definition, after, params))
        return;
    About const about{after.community, after.no, after.scope, occasion};
    if (after.state == "executing" && after.execution.plan) {
        tell(scene, about, "N-B05", governance::PersonId{after.execution.plan->owner}, scene.world.wording.render("N-B05", params));
        return;
    }
    announce(scene, about, "N-B05", params, {});
}

/// What is only true while a matter is in a state, and may still wait for the evening or the morning when it leaves it.
struct Passing {
    std::string_view state;
    std::string_view notice;
};
constexpr std::array<Passing, 2> kPassing{{{"collecting", "N-P02"}, {"voting", "N-V02"}}};

void overtake(Scene const& scene, Proposal const& before, Proposal const& after)
{
    if (before.no.empty() || before.state == after.state)
        return;
    for (auto const& [state, notice] : kPassing)
        if (before.state == state)
            storage::Outbox{scene.db}.overtake(before.community, before.no, notice, scene.now);
}

void write(Scene const& scene, Proposal const& before, Step& step, StepCall const& call)
{
    auto& after = step.after;
    bool const begins = after.no.empty(); // also a draft that was confirmed: drafts have no number
    if (begins)
        after.no = storage::next_ref_no(scene.db, after.community);
    if (step.opened) {
        step.opened->no = storage::next_ref_no(scene.db, after.community);
        step.opened->links.push_back({governance::LinkKind::reopened_from, after.no});
        after.links.push_back({governance::LinkKind::reopened_as, step.opened->no});
        storage::save_proposal(scene.db, *step.opened, is_live(scene, *step.opened));
    }
    storage::save_proposal(scene.db, after, is_live(scene, after));
    cancel_timers(scene, timers_of(after), step.cancel);
    arm_timers(scene, timers_of(step.opened ? *step.opened : after), step.arm);
    auto const occasion = std::to_string(journal_step(scene, "proposal_step", before, after, step.transition, call));
    if (begins || step.opened) {
        auto const& fresh = step.opened ? *step.opened : after;
        if (!fresh.author_household.empty() && fresh.state == "collecting")
            storage::add_endorsement(scene.db, fresh.community, fresh.no, fresh.author_household, fresh.author, scene.now);
    }
    auto const other_no = follow(scene, step, step.follow_ups);
    overtake(scene, before, after);
    notify(scene, before, step, call, other_no, occasion);
    tell_due(scene, definition_of(scene, after), before, step, occasion);
}

workflow::Request request_for(Scene const& scene, Proposal const& before, StepCall const& call)
{
    workflow::Request request;
    request.trigger = call.trigger;
    request.actor = call.actor;
    request.concurring = call.concurring;
    request.input = call.input;
    request.facts = proposal_facts(scene, before, call);
    request.now = scene.now;
    request.surroundings = {&scene.world.calendar, &scene.world.sla, &scene.world.routing};
    return request;
}

} // namespace

governance::result<Step> perform_step(Scene const& scene, Proposal const& before, StepCall const& call)
{
    auto step = governance::advance(definition_of(scene, before), before, request_for(scene, before, call));
    if (step.has_value())
        write(scene, before, *step, call);
    return step;
}

void fire_timer(Scene const& scene, governance::CommunityId const& community, governance::RefNo no, std::string const& timer, int percent)
{
    auto const before = storage::load_proposal(scene.db, community, no);
    if (!before)
        return;
    auto const& definition = definition_of(scene, *before);
    StepCall call{timer_trigger(definition, before->state, timer), workflow::Actor::timer(), {}, {}};
    auto step = governance::fire(definition, *before, timer, percent, request_for(scene, *before, call));
    if (step.has_value() && !step->transition.empty())
        write(scene, *before, *step, call);
}

std::int64_t households_in(Scene const& scene, governance::UnitId const& scope)
{
    auto const declared = scene.world.organisation.declared_households(scope);
    return declared > 0 ? declared : static_cast<std::int64_t>(roll(scene, scope).size());
}

governance::ScopeKind scope_kind(Scene const& scene, governance::UnitId const& scope)
{
    using governance::ScopeKind;
    using governance::UnitType;
    auto const* unit = scene.world.organisation.find(scope);
    if (unit == nullptr)
        return ScopeKind::grid;
    switch (unit->type) {
    case UnitType::building: return ScopeKind::building;
    case UnitType::estate: return ScopeKind::estate;
    case UnitType::village: return ScopeKind::village;
    case UnitType::urban_community: return ScopeKind::community;
    case UnitType::city:
    case UnitType::district:
    case UnitType::street:
    case UnitType::department:
    case UnitType::grid:
    case UnitType::hamlet: return ScopeKind::grid;
    }
    return ScopeKind::grid;
}

} // namespace commands
