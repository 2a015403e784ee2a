#include "governance/proposal.hpp"

#include <algorithm>

namespace governance {

namespace {

constexpr std::int64_t kShortestComment = 1;
constexpr std::int64_t kLongestComment = 500;

result<void> in_state(Proposal const& proposal, char const* state)
{
    if (proposal.state != state)
        return Refusal{RefusalCode::wrong_state, {{"state", proposal.state}, {"expected", state}}};
    return {};
}

} // namespace

char const* name(ClosingResult result)
{
    switch (result) {
    case ClosingResult::none: return "none";
    case ClosingResult::satisfied: return "satisfied";
    case ClosingResult::not_enough_ratings: return "not_enough_ratings";
    case ClosingResult::unsatisfied: return "unsatisfied";
    }
    return "";
}

result<void> decide_endorsement(Proposal const& proposal, Endorsing const& endorsing)
{
    if (auto state = in_state(proposal, "collecting"); !state)
        return state;
    if (!endorsing.bound)
        return RefusalCode::not_bound;
    if (!endorsing.adult)
        return RefusalCode::minor;
    if (!endorsing.in_scope)
        return RefusalCode::not_in_scope;
    if (endorsing.household_endorsed)
        return RefusalCode::household_endorsed_already;
    return {};
}

result<void> decide_rating(Proposal const& proposal, Rating const& rating)
{
    if (auto state = in_state(proposal, "evaluating"); !state)
        return state;
    if (!rating.bound)
        return RefusalCode::not_bound;
    if (!rating.in_scope)
        return RefusalCode::not_in_scope;
    if (rating.household_rated)
        return RefusalCode::household_rated_already;
    if (rating.score < 1 || rating.score > 5)
        return Refusal{RefusalCode::out_of_range, {{"item", "score"}, {"min", "1"}, {"max", "5"}}};
    return {};
}

result<void> decide_comment(Proposal const& proposal, bool bound, std::string const& text)
{
    if (auto state = in_state(proposal, "deliberating"); !state)
        return state;
    if (!bound)
        return RefusalCode::not_bound;
    auto const length = length_in_characters(text);
    if (length < kShortestComment)
        return Refusal{RefusalCode::text_too_short, {{"min", std::to_string(kShortestComment)}}};
    if (length > kLongestComment)
        return Refusal{RefusalCode::text_too_long, {{"max", std::to_string(kLongestComment)}}};
    return {};
}

result<Proposal> sign(Proposal const& before, std::string const& party, bool agrees)
{
    if (auto state = in_state(before, "deliberating"); !state)
        return state.error();
    auto const& parties = before.review.parties;
    if (before.review.mode != ResolutionMode::consensus_multi_party || std::find(parties.begin(), parties.end(), party) == parties.end())
        return Refusal{RefusalCode::not_a_party, {{"party", party}}};
    auto after = before;
    auto& answers = after.deliberation;
    std::erase(answers.signed_by, party); // the last answer counts
    std::erase(answers.declined_by, party);
    (agrees ? answers.signed_by : answers.declined_by).push_back(party);
    return after;
}

std::set<HouseholdId> unite(std::set<HouseholdId> const& master, std::set<HouseholdId> const& merged)
{
    auto all = master;
    all.insert(merged.begin(), merged.end());
    return all;
}

std::int64_t length_in_characters(std::string const& text)
{
    return std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
}

} // namespace governance
