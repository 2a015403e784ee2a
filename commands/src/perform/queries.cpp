#include "perform/announce.hpp"
#include "perform/cards.hpp"
#include "perform/intents.hpp"
#include "perform/proposal_notices.hpp"
#include "perform/proposal_steps.hpp"
#include "perform/report_lookup.hpp"
#include "perform/report_people.hpp"
#include "perform/report_words.hpp"
#include "storage/ballots.hpp"
#include "storage/matters.hpp"
#include "storage/settings.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::Proposal;
using governance::RefNo;

constexpr int kListed = 3; // 13.1: lists of at most three entries

std::string state_title(Scene const& scene, storage::MatterHead const& head)
{
    auto const* definition = scene.world.definitions.find(head.definition, head.definition_version);
    auto const* state = definition == nullptr ? nullptr : definition->find_state(head.state);
    return state == nullptr ? head.state : state->title;
}

/// States that a word of proposal.list stands for.
bool matches_status(std::string_view status, std::string const& state)
{
    if (status.empty())
        return true;
    if (status == "published")
        return state == "publicity" || state == "objected";
    if (status == "executing")
        return state == "executing" || state == "suspended" || state == "checking";
    if (status == "evaluating")
        return state == "evaluating" || state == "rework";
    return state == status;
}

/// Where a proposal stands, without anything that is hidden while a vote runs.
std::string proposal_status(Scene const& scene, Proposal const& proposal)
{
    auto const& wording = scene.world.wording;
    auto const* state = definition_of(scene, proposal).find_state(proposal.state);
    Params params{{"ref", std::to_string(proposal.no.value())},
                  {"title", cut(proposal.title, 20)},
                  {"state", state == nullptr ? proposal.state : state->title}};
    auto text = wording.say("say.status", params);
    if (proposal.state == "collecting")
        text += wording.say("say.status_collecting",
                            {{"x", std::to_string(storage::count_endorsements(scene.db, proposal.community, proposal.no))},
                             {"k", std::to_string(proposal.endorse_needed)}});
    if (!proposal.rounds.empty()) {
        auto const& round = proposal.rounds.back();
        if (proposal.state == "voting")
            text += wording.say("say.status_voting",
                                {{"x", std::to_string(storage::participating(scene.db, proposal.community, proposal.no, round.number))},
                                 {"n", std::to_string(round.eligible)}});
        else if (round.tally)
            text += wording.say("say.status_result", {{"n", std::to_string(round.tally->eligible)},
                                                      {"p", std::to_string(round.tally->participating())},
                                                      {"a", std::to_string(round.tally->votes_for)},
                                                      {"b", std::to_string(round.tally->votes_against)},
                                                      {"c", std::to_string(round.tally->abstain)}});
    }
    if (proposal.execution.plan && proposal.execution.percent > 0)
        text += wording.say("say.status_percent", {{"p", std::to_string(proposal.execution.percent)}});
    if (auto const& body = proposal.execution.body; !body.empty())
        text += wording.say("say.status_body", {{"body", wording.word("body." + body, body)}});
    if (proposal.deadline && is_live(scene, proposal))
        text += wording.say("say.status_deadline", {{"at", moment_text(scene, *proposal.deadline)}});
    return text;
}

/// Its reporters and those who handle it see what was answered; neighbours only kind, place and state (domain.md 14.1).
bool knows_all(Turn const& turn, governance::Case const& report)
{
    auto const own = reporters(report);
    if (turn.actor.bound() && std::find(own.begin(), own.end(), turn.actor.person) != own.end())
        return true;
    auto const& world = turn.scene.world;
    auto const reach = world.permissions.reach(turn.actor, "report.view_full", report.scope, world.organisation);
    return report.flags.confidential || (reach && *reach != governance::Reach::own);
}

} // namespace

void list_proposals(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const status = reading.args.text("status");
    std::string lines;
    int listed = 0;
    int more = 0;
    auto const matters = status == "closed" ? storage::newest_matters(scene.db, turn.community(), storage::kProposal, 0, 50)
                                            : storage::live_matters(scene.db, turn.community());
    for (auto const& head : matters) {
        if (head.kind != storage::kProposal || !matches_status(status, head.state) || head.state == "draft")
            continue;
        if (listed == kListed) {
            ++more;
            continue;
        }
        lines += (listed++ == 0 ? "" : "\n") + std::to_string(head.no.value()) + " " + cut(head.title, 20) + "（" +
                 state_title(scene, head) + "）";
    }
    if (listed == 0) {
        turn.say_openly(scene.world.wording.say("say.no_proposals"));
        return;
    }
    if (more > 0)
        lines += "\n" + scene.world.wording.say("say.more_at", {{"n", std::to_string(more)},
                                                                {"url", scene.world.public_url + "/c/" + turn.community().str() + "/"}});
    turn.say(lines);
}

/// Whoever may vote on it and asks, alone with us, gets the card to vote on. Source: design.md "Notices".
void offer_vote(Turn& turn, governance::Proposal const& proposal)
{
    if (!turn.direct() || proposal.state != "voting" || proposal.rounds.empty())
        return;
    auto const& round = proposal.rounds.back();
    auto const elector = round.unit == governance::ElectorUnit::household ? turn.actor.household.str() : turn.actor.person.str();
    if (!elector.empty() && storage::is_elector(turn.scene.db, proposal.community, proposal.no, round.number, elector))
        turn.answers.card = vote_card(turn.scene, proposal, turn.occasion);
}

void tell_status(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const ref = RefNo{reading.args.integer("ref_no").value_or(0)};
    auto const head = storage::find_matter(scene.db, turn.community(), ref);
    if (head && head->kind == storage::kProposal) {
        if (auto const proposal = storage::load_proposal(scene.db, turn.community(), ref)) {
            turn.say_openly(proposal_status(scene, *proposal));
            offer_vote(turn, *proposal);
        }
        return;
    }
    if (auto const report = find_report(turn, ref))
        turn.say(knows_all(turn, *report) ? case_status(scene, *report)
                                          : scene.world.wording.say("say.status", {{"ref", std::to_string(ref.value())},
                                                                                   {"title", case_title(scene, *report)},
                                                                                   {"state", state_title(scene, *report)}}));
    else
        turn.say_key("say.unknown_ref", {{"ref", std::to_string(ref.value())}});
}

void tell_mine(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    if (!turn.actor.bound()) {
        turn.say_notice("N-C06", {});
        return;
    }
    auto const kind = reading.args.text("kind");
    std::string lines;
    int listed = 0;
    for (auto const& head : storage::matters_by(scene.db, turn.actor.community, turn.actor.person, 20)) {
        if (listed == kListed || (!kind.empty() && kind != "all" && head.kind != kind))
            continue;
        lines += (listed++ == 0 ? "" : "\n") + std::to_string(head.no.value()) + " " + cut(head.title, 20) + "（" +
                 state_title(scene, head) + "）";
    }
    turn.say(listed == 0 ? scene.world.wording.say("say.nothing_of_yours") : lines);
}

void tell_help(Turn& turn, reader::Reading const&)
{
    bool const staff = std::any_of(turn.actor.roles.begin(), turn.actor.roles.end(),
                                   [](auto const& grant) { return grant.role == "committee_member" || grant.role == "party_secretary"; });
    turn.say_openly(turn.scene.world.wording.say(turn.direct() && staff ? "say.help_committee" : "say.help"));
}

void call_human(Turn& turn, reader::Reading const&)
{
    auto const& scene = turn.scene;
    auto const* grid = scene.world.organisation.ancestor(turn.actor.home.empty() && turn.group ? turn.group->scope : turn.actor.home,
                                                         governance::UnitType::grid);
    int told = 0;
    if (grid != nullptr && turn.actor.bound())
        for (auto const& leader : storage::holders(scene.db, "grid_leader", grid->id)) {
            tell(scene, {turn.community(), {}, grid->id, turn.occasion + "/human"}, "N-B05", leader,
                 scene.world.wording.say("say.human_wanted", {{"who", public_name(scene, turn.actor)}, {"name", turn.actor.display_name}}));
            ++told;
        }
    turn.say_key(told > 0 ? "say.human_called" : "say.human_contact");
    turn.answers.noted = told > 0;
}

void bind_resident(Turn& turn, reader::Reading const&)
{
    turn.say_key(turn.actor.bound() ? "say.bound_already" : "say.bind_by_code");
}

void set_notice_preference(Turn& turn, reader::Reading const& reading)
{
    if (!turn.actor.bound()) {
        turn.say_notice("N-C06", {});
        return;
    }
    auto const pref = std::string{reading.args.text("pref")};
    storage::Settings{turn.scene.db}.set(turn.actor.community, "notice_pref/" + turn.actor.person.str(), pref);
    turn.say_notice("N-B04", {{"设置", turn.scene.world.wording.word("pref." + pref, pref)}});
    turn.answers.noted = true;
}

void comes_later(Turn& turn, reader::Reading const& reading)
{
    auto const intent = std::string{name_of(reading.intent)};
    auto const& wording = turn.scene.world.wording;
    turn.say(wording.say(wording.has("later." + intent) ? "later." + intent : "later.other"));
}

} // namespace commands
