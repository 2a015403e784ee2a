#include "perform/audience.hpp"

#include "perform/proposal_facts.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::PersonId;
using governance::Proposal;

class Collector {
public:
    void add(PersonId const& person)
    {
        if (!person.empty() && std::find(people_.begin(), people_.end(), person) == people_.end())
            people_.push_back(person);
    }
    void add(std::vector<PersonId> const& people)
    {
        for (auto const& person : people)
            add(person);
    }
    std::vector<PersonId> take() { return std::move(people_); }

private:
    std::vector<PersonId> people_;
};

void add_holders(Scene const& scene, Collector& collector, std::string_view role, governance::UnitId const& place)
{
    auto const* unit = scene.world.organisation.find(place);
    for (int depth = 0; unit != nullptr && depth < 8; ++depth) {
        collector.add(storage::holders(scene.db, role, unit->id));
        unit = scene.world.organisation.find(unit->parent);
    }
}

void add_pending_voters(Scene const& scene, Collector& collector, Proposal const& proposal)
{
    if (proposal.rounds.empty())
        return;
    auto const& round = proposal.rounds.back();
    for (auto const& elector : storage::take_unreminded(scene.db, proposal.community, proposal.no, round.number)) {
        if (round.unit == governance::ElectorUnit::person)
            collector.add(PersonId{elector});
        else if (auto const household = storage::load_household(scene.db, governance::HouseholdId{elector}))
            collector.add(spokesperson(scene, *household));
    }
}

void add_word(Scene const& scene, Collector& collector, Proposal const& proposal, std::string const& word,
              std::vector<governance::workflow::Actor> const& concurring)
{
    auto const community = governance::unit_of(proposal.community);
    if (word == "author" || word == "merged_author" || word == "declarer" || word == "reporter") {
        collector.add(proposal.author);
        collector.add(proposal.co_authors);
    } else if (word == "endorsers") {
        collector.add(storage::endorsers(scene.db, proposal.community, proposal.no));
    } else if (word == "objectors") {
        if (!proposal.objections.empty())
            collector.add(proposal.objections.back().person);
    } else if (word == "voters_pending") {
        add_pending_voters(scene, collector, proposal);
    } else if (word == "scope") {
        for (auto const& household : roll(scene, proposal.scope))
            collector.add(spokesperson(scene, household));
    } else if (word == "committee") {
        add_holders(scene, collector, "party_secretary", community);
        add_holders(scene, collector, "committee_member", community);
    } else if (word == "street") {
        add_holders(scene, collector, "street_admin", community);
    } else if (word == "supervisor") {
        add_holders(scene, collector, "supervisor", community);
    } else if (word == "plan_owner") {
        if (proposal.execution.plan)
            collector.add(PersonId{proposal.execution.plan->owner});
    } else if (word == "second") {
        for (auto const& other : concurring)
            collector.add(other.person);
    }
}

} // namespace

PersonId spokesperson(Scene const& scene, storage::Household const& household)
{
    PersonId first;
    for (auto const& member : storage::members(scene.db, household.community, household.id)) {
        if (!member.adult)
            continue;
        if (member.person == household.head)
            return member.person;
        if (first.empty())
            first = member.person;
    }
    return first;
}

std::vector<PersonId> audience(Scene const& scene, Proposal const& proposal, governance::workflow::NoticeOrder const& order,
                               std::vector<governance::workflow::Actor> const& concurring)
{
    Collector collector;
    for (auto const& word : order.audiences)
        add_word(scene, collector, proposal, word, concurring);
    return collector.take();
}

} // namespace commands
