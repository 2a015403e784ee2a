#include "five_talks/rules.hpp"

#include <algorithm>
#include <set>

/// Stage 4: the vote. Source: domain.md 4.1-4.4, 4.6 rows 15, 18-21, 3.3.
namespace governance::five_talks {

using namespace workflow;

namespace {

Verdict question_frozen(Ask const& asking, Values const&)
{
    auto const& options = asking.input().options;
    if (!options)
        return std::nullopt; // a yes/no question; without words it is made from the title
    std::set<std::string> const distinct(options->begin(), options->end());
    if (distinct.size() < 2 || distinct.contains(""))
        return Refusal{RefusalCode::bad_item, {{"item", "options"}, {"why", "too_few"}}};
    return distinct.size() == options->size() ? Verdict{}
                                              : Verdict{Refusal{RefusalCode::bad_item, {{"item", "options"}, {"why", "twice"}}}};
}

Verdict mode_has_ballot(Ask const& asking, Values const&)
{
    auto const mode = asking.before.review.mode.value_or(ResolutionMode::household_vote);
    if (!is_built(mode))
        return Refusal{RefusalCode::mode_comes_later, {{"mode", name(mode)}, {"contact", contact_for(mode)}}};
    if (mode == ResolutionMode::consensus_multi_party)
        return Refusal{RefusalCode::no_ballot_in_mode, {{"mode", name(mode)}}};
    return std::nullopt;
}

/// Ballots are counted against a roll, never against a sample. Source: domain.md 3.3.
Verdict roll_complete(Ask const& asking, Values const&)
{
    if (asking.before.review.mode == ResolutionMode::household_vote) {
        auto const rows = fact(asking.facts().roll_rows, "roll_rows");
        auto const declared = fact(asking.facts().scope_households, "scope_households");
        if (rows != declared || declared <= 0)
            return Refusal{RefusalCode::roll_incomplete, {{"have", decimal(rows)}, {"declared", decimal(declared)}}};
    }
    return fact(asking.facts().electorate, "electorate") > 0 ? Verdict{} : Verdict{RefusalCode::nobody_eligible};
}

Verdict vote_ended(Ask const& asking, Values const&)
{
    auto const& round = asking.before.rounds.back();
    auto const& tally = fact(asking.facts().tally, "tally");
    if (may_close(round, tally, asking.now()))
        return std::nullopt;
    return Refusal{RefusalCode::vote_still_open,
                   {{"until", seconds_text(round.closes_at)},
                    {"participating", decimal(tally.participating())},
                    {"eligible", decimal(tally.eligible)}}};
}

Verdict outcome_is(Ask const& asking, Values const& params)
{
    auto const decided = outcome(asking.before.rounds.back(), fact(asking.facts().tally, "tally"));
    if (!decided)
        return decided.error();
    if (text(params, "outcome") == name(decided->outcome))
        return std::nullopt;
    return Refusal{RefusalCode::outcome_differs, {{"outcome", name(decided->outcome)}}};
}

Verdict not_extended_yet(Ask const& asking, Values const&)
{
    return asking.before.rounds.back().extended ? Verdict{RefusalCode::extension_used} : Verdict{};
}

void tell_round(Do& doing, VotingRound const& round)
{
    doing.parameters["until"] = seconds_text(round.closes_at);
    doing.parameters["eligible"] = decimal(round.eligible);
    doing.parameters["mode"] = name(round.mode);
}

void open_round(Do& doing, Values const& params)
{
    auto& after = doing.after();
    auto const& input = doing.input();
    VotingRound round;
    round.number = static_cast<int>(after.rounds.size()) + 1;
    round.mode = after.review.mode.value_or(ResolutionMode::household_vote);
    round.unit = round.mode == ResolutionMode::committee_decision ? ElectorUnit::person : ElectorUnit::household;
    round.question = has_item(input, "question") ? *input.question : "是否同意：" + after.title;
    round.options = input.options.value_or(std::vector<std::string>{});
    round.eligible = fact(doing.facts().electorate, "electorate");
    round.opens_at = doing.now();
    round.closes_at = add_calendar_days(doing.calendar(), doing.now(), input.days.value_or(static_cast<int>(integer(params, "days"))));
    tell_round(doing, round);
    after.rounds.push_back(std::move(round));
    doing.step.follow_ups.push_back({FollowUp::Kind::freeze_electorate, {}, {}});
}

void close_round(Do& doing, Values const&)
{
    auto& round = doing.after().rounds.back();
    auto const& tally = *doing.facts().tally;
    auto const decided = outcome(round, tally);
    round.closed_at = doing.now();
    round.tally = tally;
    round.result = *decided;
    doing.parameters["participating"] = decimal(tally.participating());
    doing.parameters["for"] = decimal(tally.votes_for);
    doing.parameters["against"] = decimal(tally.votes_against);
    doing.parameters["abstain"] = decimal(tally.abstain);
    doing.parameters["outcome"] = name(decided->outcome);
    doing.parameters["quorum"] = decimal(decided->quorum_needed);
    doing.parameters["votes_needed"] = decimal(decided->votes_needed);
    doing.parameters["winner"] = decided->winner;
    tell_round(doing, round);
}

void open_runoff(Do& doing, Values const& params)
{
    auto& rounds = doing.after().rounds;
    auto round = rounds.back();
    round.options = round.result->runoff;
    round.number = static_cast<int>(rounds.size()) + 1;
    round.is_runoff = true;
    round.extended = false;
    round.closed_at.reset();
    round.tally.reset();
    round.result.reset();
    round.opens_at = doing.now();
    round.closes_at = add_calendar_days(doing.calendar(), doing.now(), static_cast<int>(integer(params, "days")));
    tell_round(doing, round);
    rounds.push_back(std::move(round));
    doing.step.follow_ups.push_back({FollowUp::Kind::open_runoff, {}, {}});
}

void extend_round(Do& doing, Values const& params)
{
    auto& round = doing.after().rounds.back();
    round.extended = true;
    round.closed_at.reset();
    round.tally.reset();
    round.result.reset();
    round.closes_at =
        add_calendar_days(doing.calendar(), doing.now(), doing.input().days.value_or(static_cast<int>(integer(params, "days"))));
    tell_round(doing, round);
    doing.step.follow_ups.push_back({FollowUp::Kind::keep_ballots, {}, {}});
}

std::optional<Instant> vote_closes(Proposal const& proposal, Request const&)
{
    return proposal.rounds.empty() ? std::nullopt : std::optional(proposal.rounds.back().closes_at);
}

} // namespace

void add_vote(Book& book)
{
    ParamSpecs const days{{"days", {ParamType::integer, true}}};
    book.guards["question_frozen"] = {{}, question_frozen};
    book.guards["mode_has_ballot"] = {{}, mode_has_ballot};
    book.guards["roll_complete"] = {{}, roll_complete};
    book.guards["vote_ended"] = {{}, vote_ended};
    book.guards["outcome_is"] = {{{"outcome", {ParamType::text, true}}}, outcome_is, false, true};
    book.guards["not_extended_yet"] = {{}, not_extended_yet};
    book.effects["open_round"] = {days, open_round};
    book.effects["close_round"] = {{}, close_round};
    book.effects["open_runoff"] = {days, open_runoff};
    book.effects["extend_round"] = {days, extend_round};
    book.instants["vote_closes"] = vote_closes;
}

} // namespace governance::five_talks
