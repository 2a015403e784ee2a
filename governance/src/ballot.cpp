#include "governance/ballot.hpp"

#include "workflow/rule_book.hpp"

#include <algorithm>

namespace governance {

namespace {

std::string join(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

result<void> may_vote(VotingRound const& round, Membership const& membership, Instant now)
{
    if (now < round.opens_at)
        return RefusalCode::voting_not_open;
    if (round.closed_at || now >= round.closes_at)
        return Refusal{RefusalCode::voting_closed, {{"closes_at", workflow::seconds_text(round.closes_at)}}};
    if (!membership.eligible)
        return RefusalCode::not_in_electorate;
    if (!membership.bound_adult)
        return RefusalCode::minor;
    return {};
}

result<void> fits(VotingRound const& round, BallotChoice const& choice)
{
    if (round.options.empty())
        return choice.kind == BallotKind::option ? result<void>(RefusalCode::choice_expected) : result<void>();
    if (choice.kind == BallotKind::abstain)
        return {};
    if (choice.kind != BallotKind::option)
        return Refusal{RefusalCode::option_expected, {{"options", join(round.options)}}};
    if (std::find(round.options.begin(), round.options.end(), choice.option) == round.options.end())
        return Refusal{RefusalCode::option_unknown, {{"options", join(round.options)}}};
    return {};
}

bool paper_stands(Ballot const& ballot, Membership const& membership)
{
    return membership.standing && membership.standing->means == BallotMeans::paper && ballot.means == BallotMeans::chat;
}

} // namespace

result<BallotCast> decide(VotingRound const& round, Ballot const& ballot, Membership const& membership, Instant now)
{
    if (auto allowed = may_vote(round, membership, now); !allowed)
        return allowed.error();
    if (auto fitting = fits(round, ballot.choice); !fitting)
        return fitting.error();
    if (paper_stands(ballot, membership))
        return RefusalCode::paper_ballot_stands;
    BallotCast cast{round.number, membership.elector, ballot.person, ballot.choice, ballot.means, now, membership.standing.has_value(), {}};
    if (membership.standing && membership.standing->person != ballot.person)
        cast.replaced_person = membership.standing->person;
    return cast;
}

result<void> decide_withdrawal(VotingRound const& round, PersonId const& person, Membership const& membership, Instant now)
{
    if (auto allowed = may_vote(round, membership, now); !allowed)
        return allowed;
    if (!membership.standing)
        return RefusalCode::no_ballot;
    if (paper_stands(Ballot{person, {}, BallotMeans::chat}, membership))
        return RefusalCode::paper_ballot_stands;
    return {};
}

Tally count(VotingRound const& round, std::vector<BallotRecord> const& ballots)
{
    std::map<std::string, BallotRecord const*> last;
    for (auto const& ballot : ballots) {
        auto& standing = last[ballot.elector];
        bool const paper_stays = standing && standing->means == BallotMeans::paper && ballot.means == BallotMeans::chat;
        if (!paper_stays)
            standing = ballot.withdrawn ? nullptr : &ballot;
    }
    Tally tally;
    tally.eligible = round.eligible;
    for (auto const& option : round.options)
        tally.options[option] = 0;
    for (auto const& [elector, ballot] : last) {
        if (!ballot)
            continue;
        switch (ballot->choice.kind) {
        case BallotKind::votes_for: ++tally.votes_for; break;
        case BallotKind::votes_against: ++tally.votes_against; break;
        case BallotKind::abstain: ++tally.abstain; break;
        case BallotKind::option: ++tally.options[ballot->choice.option]; break;
        }
    }
    return tally;
}

VoteRule rule_of(ResolutionMode mode)
{
    VoteRule rule;
    rule.majority_of_eligible = mode == ResolutionMode::committee_decision;
    return rule;
}

result<VoteResult> outcome(VotingRound const& round, Tally const& tally)
{
    return decide_vote(rule_of(round.mode), tally, round.is_runoff);
}

bool may_show_tally(VotingRound const& round, Instant now, std::int64_t hidden_below)
{
    if (round.closed_at || now >= round.closes_at)
        return true;
    return round.eligible >= hidden_below; // among options, too: in a small electorate a running count tells who voted how
}

bool shows_names(ResolutionMode mode)
{
    return mode == ResolutionMode::committee_decision;
}

std::int64_t turnout_hundredths(Tally const& tally)
{
    return percent_hundredths(tally.participating(), tally.eligible);
}

bool may_close(VotingRound const& round, Tally const& tally, Instant now)
{
    return now >= round.closes_at || (tally.eligible > 0 && tally.participating() == tally.eligible);
}

} // namespace governance
