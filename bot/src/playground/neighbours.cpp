#include "playground/neighbours.hpp"

#include "bot/web/query.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"
#include "storage/people.hpp"
#include "storage/roster.hpp"

#include <map>
#include <set>

namespace bot::playground {
namespace {

using governance::CommunityId;
using governance::HouseholdId;
using governance::Proposal;

struct Willing {
    std::string user_id;
    governance::UnitId grid;
};

/// One adult of each household, the first by user id.
std::map<HouseholdId, std::string> speakers(storage::Database& db, CommunityId const& community)
{
    std::map<HouseholdId, std::string> found;
    for (auto const& [household, user] : storage::adults_by_household(db, adapters::playground::kAccount, community))
        found.try_emplace(household, user);
    return found;
}

bool acted(storage::Database& db, Proposal const& proposal, NeighbourAction action, HouseholdId const& household)
{
    switch (action) {
    case NeighbourAction::endorse: return storage::endorsed(db, proposal.community, proposal.no, household);
    case NeighbourAction::vote: {
        auto const round = proposal.rounds.back().number;
        return !storage::is_elector(db, proposal.community, proposal.no, round, household.str()) ||
               storage::standing_ballot(db, proposal.community, proposal.no, round, household.str()).has_value();
    }
    case NeighbourAction::rate:
        return storage::rated(db, proposal.community, proposal.no, std::max(1, proposal.evaluation.round), household.str());
    }
    return true;
}

std::vector<Willing> willing_households(storage::Database& db, PublicReference const& reference, Proposal const& proposal,
                                        NeighbourRequest const& request)
{
    auto const users = speakers(db, proposal.community);
    std::vector<Willing> willing;
    for (auto const& household : storage::households_of(db, proposal.community)) {
        if (willing.size() == request.count)
            break;
        auto const user = users.find(household.id);
        auto const& organisation = reference.organisation;
        bool const inside = organisation.within(household.home, proposal.scope) || organisation.within(household.grid, proposal.scope);
        if (user != users.end() && inside && !acted(db, proposal, request.action, household.id))
            willing.push_back({user->second, household.grid});
    }
    return willing;
}

/// Members of the committees, for votes whose electors are persons.
std::vector<Willing> willing_members(storage::Database& db, Proposal const& proposal, std::size_t count)
{
    auto const round = proposal.rounds.back().number;
    std::vector<Willing> willing;
    std::string after;
    for (;;) {
        auto const page = storage::roster(db, adapters::playground::kAccount, after, 500);
        for (auto const& row : page) {
            after = row.user_id;
            if (willing.size() < count && row.community == proposal.community &&
                storage::is_elector(db, proposal.community, proposal.no, round, row.person.str()) &&
                !storage::standing_ballot(db, proposal.community, proposal.no, round, row.person.str()))
                willing.push_back({row.user_id, {}});
        }
        if (page.size() < 500 || willing.size() == count)
            return willing;
    }
}

void require_state(Proposal const& proposal, NeighbourAction action)
{
    auto const* wanted = action == NeighbourAction::endorse ? "collecting" : action == NeighbourAction::vote ? "voting" : "evaluating";
    if (proposal.state != wanted)
        throw BadRequest("the matter is not in the state for that: " + proposal.state, 409);
}

std::map<std::string, std::int64_t> mix_of(Proposal const& proposal, NeighbourRequest const& request)
{
    if (!request.mix.empty())
        return request.mix;
    if (request.action == NeighbourAction::rate)
        return {{"5", 5}, {"4", 3}, {"3", 1}};
    std::map<std::string, std::int64_t> mix;
    if (request.action == NeighbourAction::vote)
        for (auto const& option : proposal.rounds.back().options)
            mix[option] = 1;
    return mix.empty() ? std::map<std::string, std::int64_t>{{"for", 26}, {"against", 11}, {"abstain", 3}} : mix;
}

/// What a resident would write.
std::string words(NeighbourAction action, std::int64_t no, std::string const& pick)
{
    auto const ref = std::to_string(no);
    switch (action) {
    case NeighbourAction::endorse: return "附议 " + ref;
    case NeighbourAction::rate: return "评议 " + ref + " " + pick + "分";
    case NeighbourAction::vote: break;
    }
    if (pick == "for")
        return "赞成 " + ref;
    if (pick == "against")
        return "反对 " + ref;
    if (pick == "abstain")
        return "弃权 " + ref;
    return ref + " 选 " + pick;
}

} // namespace

std::vector<Spoken> neighbours(storage::Database& db, PublicReference const& reference, NeighbourRequest const& request)
{
    CommunityId const community{request.community};
    auto const proposal = storage::load_proposal(db, community, governance::RefNo{request.no});
    if (!proposal)
        throw BadRequest("no such proposal", 404);
    require_state(*proposal, request.action);
    bool const votes = request.action == NeighbourAction::vote;
    if (votes && proposal->rounds.empty())
        throw BadRequest("no vote is open", 409);
    bool const persons = votes && proposal->rounds.back().unit == governance::ElectorUnit::person;
    auto const willing = persons ? willing_members(db, *proposal, request.count) : willing_households(db, reference, *proposal, request);
    auto const picks = deal(mix_of(*proposal, request), willing.size());
    std::map<governance::UnitId, std::string> chats;
    for (auto const& [chat, group] : storage::linked_groups(db, adapters::playground::kAccount))
        if (group.kind == "grid")
            chats.try_emplace(group.scope, chat);
    std::vector<Spoken> spoken;
    for (std::size_t i = 0; i < willing.size() && i < picks.size(); ++i) {
        Spoken one;
        one.user_id = willing[i].user_id;
        auto const chat = chats.find(willing[i].grid);
        if (request.in_group && chat != chats.end())
            one.chat_id = chat->second;
        one.text = words(request.action, request.no, picks[i]);
        spoken.push_back(std::move(one));
    }
    return spoken;
}

} // namespace bot::playground
