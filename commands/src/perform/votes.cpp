#include "perform/announce.hpp"
#include "perform/cards.hpp"
#include "perform/context.hpp"
#include "perform/intents.hpp"
#include "perform/steps.hpp"
#include "storage/ballots.hpp"
#include "storage/ledger.hpp"
#include "storage/matters.hpp"

namespace commands {
namespace {

using governance::Ballot;
using governance::BallotChoice;
using governance::BallotKind;
using governance::Membership;
using governance::Proposal;
using governance::RefusalCode;
using governance::VotingRound;

BallotChoice choice_of(reader::Reading const& reading)
{
    if (reading.args.has("option"))
        return {BallotKind::option, std::string{reading.args.text("option")}};
    auto const choice = reading.args.text("choice");
    return storage::choice_from(choice);
}

std::string choice_text(Scene const& scene, BallotChoice const& choice)
{
    if (choice.kind == BallotKind::option)
        return choice.option;
    return scene.world.wording.word("choice." + storage::to_text(choice), storage::to_text(choice));
}

/// The round's option that a label means: "A" is "A 装升降杆".
std::string option_of(VotingRound const& round, std::string const& label)
{
    for (auto const& option : round.options)
        if (option == label || option.starts_with(label + " "))
            return option;
    return label;
}

Membership membership(Turn const& turn, Proposal const& proposal, VotingRound const& round)
{
    auto const& scene = turn.scene;
    Membership found;
    found.elector = round.unit == governance::ElectorUnit::household ? turn.actor.household.str() : turn.actor.person.str();
    found.bound_adult = turn.actor.adult;
    found.eligible = !found.elector.empty() && storage::is_elector(scene.db, proposal.community, proposal.no, round.number, found.elector);
    if (found.eligible)
        found.standing = storage::standing_ballot(scene.db, proposal.community, proposal.no, round.number, found.elector);
    return found;
}

/// Why the ballot was not taken. Who comes too early or too late hears where the matter is now.
std::string reason_of(Turn& turn, governance::Refusal const& refusal, Proposal const* proposal)
{
    auto const& wording = turn.scene.world.wording;
    auto const table = "vote_refused_" + std::string{name(refusal.code)} + ".";
    if (proposal != nullptr && proposal->state != "voting" && wording.has(table + "other"))
        return wording.say(table + (wording.has(table + proposal->state) ? proposal->state : "other"),
                           {{"state", state_title(turn.scene, *proposal)}});
    auto const before = turn.answers.personal.size();
    turn.refuse(refusal);
    auto reason = turn.answers.personal.back();
    turn.answers.personal.resize(before);
    return reason;
}

void refuse_vote(Turn& turn, governance::Refusal const& refusal, Proposal const* proposal)
{
    auto const& wording = turn.scene.world.wording;
    auto const code = std::string{name(refusal.code)};
    auto const reason = reason_of(turn, refusal, proposal);
    turn.say_notice(
        "N-V10",
        {{"原因", reason}, {"办法", wording.has("vote_help." + code) ? wording.say("vote_help." + code) : wording.say("vote_help.other")}});
}

void journal(Turn const& turn, Proposal const& proposal, governance::BallotCast const& ballot)
{
    auto const payload =
        "{\"round\":" + std::to_string(ballot.round) + ",\"means\":\"chat\",\"changes\":" + (ballot.changes ? "true" : "false") + "}";
    auto const who = "{\"elector\":" + json_text(ballot.elector) + ",\"person\":" + json_text(ballot.person.str()) +
                     ",\"choice\":" + json_text(storage::to_text(ballot.choice)) + "}";
    storage::Ledger{turn.scene.db}.append({turn.scene.now, proposal.community, "ballot_cast", proposal.no, payload, who});
}

} // namespace

void cast_vote(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const ref = reading.args.integer("ref_no");
    auto const* proposal = ref ? turn.board.proposal(scene.db, turn.community(), governance::RefNo{*ref}) : nullptr;
    if (!turn.actor.bound()) {
        turn.say_notice("N-C06", {});
        return;
    }
    if (!proposal || proposal->rounds.empty()) {
        refuse_vote(turn, {proposal ? RefusalCode::voting_not_open : RefusalCode::not_in_electorate}, proposal);
        return;
    }
    if (!may(turn, "vote.cast", {}, proposal->scope))
        return;
    auto const& round = proposal->rounds.back();
    auto choice = choice_of(reading);
    if (choice.kind == BallotKind::option)
        choice.option = option_of(round, choice.option);
    auto const ballot =
        decide(round, Ballot{turn.actor.person, choice, governance::BallotMeans::chat}, membership(turn, *proposal, round), scene.now);
    if (!ballot.has_value()) {
        refuse_vote(turn, ballot.error(), proposal);
        return;
    }
    storage::put_ballot(scene.db, proposal->community, proposal->no, *ballot);
    journal(turn, *proposal, *ballot);
    auto const number = std::to_string(proposal->no.value());
    auto const chosen = choice_text(scene, choice);
    turn.say_notice("N-V09", {{"ref", number}, {"选择", chosen}});
    turn.answers.noted = true;
    if (turn.event.action) {
        auto card = vote_card(scene, *proposal, turn.occasion);
        card.task_id = turn.event.action->task_id; // the card that was clicked
        turn.answers.update =
            adapters::chat::CardUpdate{card.task_id, scene.world.wording.say("say.card_voted", {{"choice", chosen}}), std::move(card)};
    }
    if (ballot->replaced_person)
        tell(scene, {proposal->community, proposal->no, proposal->scope, turn.occasion}, "N-V09", *ballot->replaced_person,
             scene.world.wording.render("N-V09", {{"ref", number}, {"选择", scene.world.wording.say("say.replaced_by_family")}}));
}

bool withdraw_vote(Turn& turn, Proposal const& proposal)
{
    auto const& scene = turn.scene;
    if (proposal.rounds.empty())
        return false;
    auto const& round = proposal.rounds.back();
    auto const member = membership(turn, proposal, round);
    if (!member.standing)
        return false;
    auto const allowed = decide_withdrawal(round, turn.actor.person, member, scene.now);
    if (!allowed.has_value()) {
        refuse_vote(turn, allowed.error(), &proposal);
        return true;
    }
    storage::withdraw_ballot(scene.db, proposal.community, proposal.no, round.number, member.elector, scene.now);
    auto const who = "{\"elector\":" + json_text(member.elector) + ",\"person\":" + json_text(turn.actor.person.str()) + "}";
    storage::Ledger{scene.db}.append(
        {scene.now, proposal.community, "ballot_withdrawn", proposal.no, "{\"round\":" + std::to_string(round.number) + "}", who});
    turn.say_key("say.vote_withdrawn", {{"ref", std::to_string(proposal.no.value())}});
    turn.answers.noted = true;
    return true;
}

} // namespace commands
