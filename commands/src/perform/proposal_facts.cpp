#include "perform/proposal_facts.hpp"

#include "perform/similarity.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::Proposal;

constexpr int kAlikePercent = 80;

workflow::TargetView target_view(Scene const& scene, Proposal const& before, governance::RefNo no)
{
    workflow::TargetView view;
    view.no = no;
    if (auto const target = storage::load_proposal(scene.db, before.community, no)) {
        view.kind = target->definition;
        view.state = target->state;
        view.alive = is_live(scene, *target);
        view.covers_scope = scene.world.organisation.within(before.scope, target->scope);
        view.opened_at = target->opened_at;
    }
    return view;
}

bool has_owners_meeting(Scene const& scene, governance::UnitId const& scope)
{
    auto const* estate = scene.world.organisation.ancestor(scope, governance::UnitType::estate);
    return estate != nullptr && estate->owners_committee;
}

governance::CommunityKind community_kind(Scene const& scene, Proposal const& proposal)
{
    auto const* community = scene.world.organisation.find(governance::unit_of(proposal.community));
    return community != nullptr && community->type == governance::UnitType::village ? governance::CommunityKind::village
                                                                                    : governance::CommunityKind::urban_community;
}

bool presents(Scene const& scene, Proposal const& before, StepCall const& call)
{
    auto const may = [&](governance::Actor const& person) {
        auto const reach = scene.world.permissions.reach(person, "proposal.present", before.scope, scene.world.organisation);
        if (!reach)
            return false;
        // A committee member presents safety matters only; the others present for their people (domain.md 4.2).
        return before.safety || std::any_of(person.roles.begin(), person.roles.end(), [&](auto const& grant) {
                   return scene.world.permissions.role_may(grant.role, "proposal.present") && grant.role != "committee_member" &&
                          grant.role != "party_secretary";
               });
    };
    auto const author = storage::load_person(scene.db, before.author);
    if (author && may(*author))
        return true;
    auto const presenter = storage::load_person(scene.db, call.actor.person);
    return presenter && may(*presenter);
}

/// The plan's owner may do execution.update there: a person by role, a unit when it is one that executes.
bool plan_owner_fits(Scene const& scene, Proposal const& before, std::string const& owner)
{
    if (auto const person = storage::load_person(scene.db, governance::PersonId{owner}))
        return scene.world.permissions.reach(*person, "execution.update", before.scope, scene.world.organisation).has_value();
    return scene.world.organisation.find(governance::UnitId{owner}) != nullptr;
}

} // namespace

std::vector<storage::Household> roll(Scene const& scene, governance::UnitId const& scope)
{
    std::vector<storage::Household> inside;
    auto const community = scene.world.organisation.community_of(scope);
    for (auto& household : storage::households_of(scene.db, community))
        if (scene.world.organisation.within(household.home, scope) || scene.world.organisation.within(household.grid, scope))
            inside.push_back(std::move(household));
    return inside;
}

std::vector<std::string> electors(Scene const& scene, Proposal const& proposal, governance::ResolutionMode mode)
{
    std::vector<std::string> found;
    if (mode == governance::ResolutionMode::committee_decision) {
        auto const community = governance::unit_of(proposal.community);
        for (auto const* role : {"party_secretary", "committee_member"})
            for (auto const& person : storage::holders(scene.db, role, community))
                found.push_back(person.str());
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    for (auto const& household : roll(scene, proposal.scope))
        found.push_back(household.id.str());
    return found;
}

governance::RefNo similar_open(Scene const& scene, Proposal const& proposal, governance::PersonId const& author)
{
    for (auto const& head : storage::live_matters(scene.db, proposal.community)) {
        if (head.kind != storage::kProposal || head.no == proposal.no || (!author.empty() && head.author != author))
            continue;
        if (author.empty() && head.scope != proposal.scope)
            continue;
        auto const other = storage::load_proposal(scene.db, head.community, head.no);
        if (other && similarity_percent(other->text, proposal.text) >= kAlikePercent)
            return head.no;
    }
    return {};
}

workflow::Facts proposal_facts(Scene const& scene, Proposal const& before, StepCall const& call)
{
    namespace trigger = governance::trigger;
    workflow::Facts facts;
    auto const is = [&](char const* name) { return call.trigger == name; };
    auto const scope = call.input.scope.value_or(before.scope);
    if (is(trigger::kDetect) || is(trigger::kCreate) || is(trigger::kReopen)) {
        facts.muted = false;
        if (auto const similar = is(trigger::kReopen) ? governance::RefNo{} : similar_open(scene, before, before.author); !similar.empty())
            facts.similar_open = similar;
        facts.reopen_supporters = storage::count_supporters(scene.db, before.community, before.no);
    }
    facts.scope_households = households_in(scene, scope);
    facts.presented = is(trigger::kFastTrack) || is(trigger::kCreate) ? presents(scene, before, call) : false;
    if (is(trigger::kEndorsed) || is(trigger::kCollectionEnds))
        facts.endorsing_households = storage::count_endorsements(scene.db, before.community, before.no);
    facts.community_kind = community_kind(scene, before);
    facts.has_owners_meeting = has_owners_meeting(scene, scope);
    facts.private_property_touched = false;
    facts.land_touched = false;
    if (is(trigger::kMerge) && call.input.merge_target)
        facts.target = target_view(scene, before, *call.input.merge_target);
    if (is(trigger::kRevise)) {
        facts.speakers = storage::count_speakers(scene.db, before.community, before.no);
        facts.speakers_for_revision = 0;
        facts.author_agrees =
            std::any_of(call.concurring.begin(), call.concurring.end(), [&](auto const& other) { return other.person == before.author; });
    }
    if (is(trigger::kOpenVote)) {
        facts.roll_rows = static_cast<std::int64_t>(roll(scene, before.scope).size());
        if (before.review.mode)
            facts.electorate = static_cast<std::int64_t>(electors(scene, before, *before.review.mode).size());
    }
    if (is(trigger::kStart) && call.input.plan_owner)
        facts.plan_owner_fits = plan_owner_fits(scene, before, *call.input.plan_owner);
    if (!before.rounds.empty() && (is(trigger::kCloseVote) || is(trigger::kExtendVote)))
        facts.tally = storage::tally(scene.db, before.community, before.no, before.rounds.back().number, before.rounds.back().options);
    if (is(trigger::kEvaluationEnds))
        facts.scores = storage::scores(scene.db, before.community, before.no, before.evaluation.round);
    return facts;
}

} // namespace commands
