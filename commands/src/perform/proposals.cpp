#include "perform/announce.hpp"
#include "perform/drafts.hpp"
#include "perform/follow_up.hpp"
#include "perform/intents.hpp"
#include "perform/place.hpp"
#include "perform/proposal_facts.hpp"
#include "perform/proposal_steps.hpp"
#include "storage/ledger.hpp"
#include "storage/matters.hpp"

#include <algorithm>

namespace commands {
namespace {

namespace workflow = governance::workflow;
namespace trigger = governance::trigger;
using governance::Proposal;
using governance::RefNo;

constexpr std::size_t kTitleCharacters = 20;

std::string number(RefNo no)
{
    return std::to_string(no.value());
}

std::optional<Proposal> named_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const ref = reading.args.integer("ref_no");
    auto proposal = ref ? storage::load_proposal(turn.scene.db, turn.community(), RefNo{*ref}) : std::nullopt;
    if (!proposal)
        turn.say_key("say.unknown_ref", {{"ref", ref ? std::to_string(*ref) : std::string{"？"}}});
    return proposal;
}

/// The first clause of the text is its title where none was given.
std::string title_of(reader::Reading const& reading)
{
    if (auto const title = reading.args.text("title"); !title.empty())
        return cut(title, kTitleCharacters);
    auto const text = reading.args.text("text");
    auto end = text.size();
    for (std::string_view const mark : {"，", "。", "；", "！", "？", "\n", ",", ";"})
        end = std::min(end, text.find(mark));
    return cut(text.substr(0, end), kTitleCharacters);
}

Proposal new_proposal(Turn const& turn, reader::Reading const& reading, governance::UnitId const& scope)
{
    auto const& scene = turn.scene;
    Proposal fresh;
    fresh.community = scene.world.organisation.community_of(scope);
    fresh.definition = "five_talks";
    fresh.definition_version = scene.world.definitions.newest("five_talks")->version;
    fresh.text = std::string{reading.args.text("text")};
    if (fresh.text.empty())
        fresh.text = std::string{reading.args.text("title")};
    fresh.title = title_of(reading);
    if (auto const* address = reading.args.address())
        fresh.address = address_text(*address);
    fresh.author = turn.actor.person;
    fresh.author_household = turn.actor.household;
    fresh.scope = scope;
    fresh.scope_kind = scope_kind(scene, scope);
    fresh.opened_at = scene.now;
    return fresh;
}

StepCall call_of(Turn const& turn, char const* trigger, governance::UnitId const& place, workflow::StepInput input = {})
{
    return {trigger, workflow_actor(turn.scene, turn.actor, place), {}, std::move(input)};
}

/// Takes what follows from a changed count of endorsements.
void count_endorsed(Scene const& scene, Proposal const& proposal)
{
    if (auto const now = storage::load_proposal(scene.db, proposal.community, proposal.no); now && now->state == "collecting")
        (void)perform_step(scene, *now, {trigger::kEndorsed, workflow::Actor::timer(), {}, {}});
}

void tell_endorsements(Turn& turn, Proposal const& proposal)
{
    turn.say_openly(turn.scene.world.wording.say(
        "say.endorsed", {{"ref", number(proposal.no)},
                         {"x", std::to_string(storage::count_endorsements(turn.scene.db, proposal.community, proposal.no))},
                         {"k", std::to_string(proposal.endorse_needed)}}));
    turn.answers.noted = true;
}

/// Half way to the threshold is worth a line in the digest, once.
void milestone(Turn const& turn, Proposal const& proposal)
{
    auto const x = storage::count_endorsements(turn.scene.db, proposal.community, proposal.no);
    if (x * 2 < proposal.endorse_needed || (x - 1) * 2 >= proposal.endorse_needed || x >= proposal.endorse_needed || !proposal.deadline)
        return;
    Params params{{"ref", number(proposal.no)},
                  {"标题", proposal.title},
                  {"x", std::to_string(x)},
                  {"k", std::to_string(proposal.endorse_needed)},
                  {"截止日", day_text(turn.scene, *proposal.deadline)}};
    announce(turn.scene, {proposal.community, proposal.no, proposal.scope, turn.occasion}, "N-P02", params, {});
}

void journal(Turn const& turn, Proposal const& proposal, std::string_view kind, std::string const& payload, std::string const& who)
{
    storage::Ledger{turn.scene.db}.append({turn.scene.now, proposal.community, kind, proposal.no, payload, who});
}

std::string who_text(Turn const& turn)
{
    return "{\"person\":" + json_text(turn.actor.person.str()) + ",\"household\":" + json_text(turn.actor.household.str()) + "}";
}

} // namespace

std::optional<governance::Instant> detect_proposal(Turn const& turn, reader::Reading const& reading)
{
    auto const fresh = new_proposal(turn, reading, scope_for(turn, reading));
    workflow::Request request;
    request.trigger = trigger::kDetect;
    request.actor = workflow_actor(turn.scene, turn.actor, fresh.scope);
    request.input.text = fresh.text;
    request.facts = proposal_facts(turn.scene, fresh, {trigger::kDetect, request.actor, {}, request.input});
    request.now = turn.scene.now;
    request.surroundings = {&turn.scene.world.calendar, &turn.scene.world.sla, &turn.scene.world.routing};
    auto const step = governance::advance(definition_of(turn.scene, fresh), fresh, request);
    if (!step.has_value() || step->arm.empty())
        return std::nullopt;
    return step->arm.front().due;
}

void create_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const scope = scope_for(turn, reading);
    if (!may(turn, "proposal.create", {}, scope))
        return;
    auto fresh = new_proposal(turn, reading, scope);
    for (auto const& earlier : follow_ups_in(scene, fresh.community, fresh.text))
        fresh.links.push_back({governance::LinkKind::follow_up_of, earlier});
    if (turn.confirmed)
        fresh.state = "draft";
    workflow::StepInput input;
    input.title = fresh.title;
    input.text = fresh.text;
    auto const step = perform_step(scene, fresh, call_of(turn, trigger::kCreate, scope, input));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    auto const& opened = step->after;
    turn.say_openly(scene.world.wording.render("N-C01", {{"摘要", "提议“" + opened.title + "”"}, {"ref", number(opened.no)}}));
    turn.answers.noted = true;
    // A presenter's own proposal needs no endorsements (domain.md 4.2).
    (void)perform_step(scene, opened, call_of(turn, trigger::kFastTrack, scope));
    count_endorsed(scene, opened);
    if (auto const alike = similar_open(scene, opened, {}); !alike.empty())
        turn.say_key("say.similar_open", {{"ref", number(opened.no)}, {"other", number(alike)}});
}

void endorse_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "proposal.endorse", {}, proposal->scope))
        return;
    auto const actor = workflow_actor(scene, turn.actor, proposal->scope);
    governance::Endorsing endorsing;
    endorsing.bound = actor.bound && !turn.actor.household.empty();
    endorsing.adult = actor.adult;
    endorsing.in_scope = actor.in_scope;
    endorsing.household_endorsed = storage::endorsed(scene.db, proposal->community, proposal->no, turn.actor.household);
    if (auto const allowed = decide_endorsement(*proposal, endorsing); !allowed.has_value()) {
        turn.refuse(allowed.error());
        return;
    }
    storage::add_endorsement(scene.db, proposal->community, proposal->no, turn.actor.household, turn.actor.person, scene.now);
    journal(turn, *proposal, "endorsed", "{}", who_text(turn));
    tell_endorsements(turn, *proposal);
    milestone(turn, *proposal);
    count_endorsed(scene, *proposal);
}

void amend_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "proposal.amend", {}, proposal->scope))
        return;
    workflow::StepInput input;
    input.text = std::string{reading.args.text("text")};
    input.pictures = static_cast<int>(turn.event.media.size());
    auto const step = perform_step(scene, *proposal, call_of(turn, trigger::kAmend, proposal->scope, input));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    turn.say_key("say.amended", {{"ref", number(proposal->no)}});
    turn.answers.noted = true;
}

void comment_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "proposal.comment", {}, proposal->scope))
        return;
    auto const text = std::string{reading.args.text("text")};
    if (auto const allowed = decide_comment(*proposal, turn.actor.bound(), text); !allowed.has_value()) {
        turn.refuse(allowed.error());
        return;
    }
    storage::add_comment(scene.db, proposal->community, proposal->no,
                         {turn.actor.person, std::string{reading.args.text("stance")}, text, scene.now});
    journal(turn, *proposal, "commented", "{}", who_text(turn));
    turn.say_key("say.commented", {{"ref", number(proposal->no)}});
    turn.answers.noted = true;
}

void reopen_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "proposal.reopen", {}, proposal->scope))
        return;
    if (proposal->state == "rejected" && !turn.actor.household.empty())
        storage::add_supporter(scene.db, proposal->community, proposal->no, turn.actor.household, turn.actor.person, scene.now);
    workflow::StepInput input;
    if (auto const reason = reading.args.text("reason"); !reason.empty())
        input.reason = std::string{reason};
    auto const step = perform_step(scene, *proposal, call_of(turn, trigger::kReopen, proposal->scope, input));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    auto const& opened = step->opened ? *step->opened : step->after;
    turn.say_openly(scene.world.wording.render("N-C01", {{"摘要", "重新提出“" + opened.title + "”"}, {"ref", number(opened.no)}}));
    turn.answers.noted = true;
}

void object_proposal(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "objection.raise", {}, proposal->scope))
        return;
    workflow::StepInput input;
    if (auto const text = reading.args.text("text"); !text.empty())
        input.reason = std::string{text};
    auto const step = perform_step(scene, *proposal, call_of(turn, trigger::kObject, proposal->scope, input));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    turn.say_key("say.objection_noted", {{"ref", number(proposal->no)}});
    turn.answers.noted = true;
}

void withdraw(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const ref = RefNo{reading.args.integer("ref_no").value_or(0)};
    auto const target = reading.args.has("target") ? reading.args.text("target") : std::string_view{"auto"};
    if (!turn.actor.bound()) {
        turn.say_notice("N-C06", {});
        return;
    }
    auto const proposal = storage::load_proposal(scene.db, turn.community(), ref);
    if (!proposal) {
        if (!withdraw_report(turn, ref))
            turn.say_key("say.unknown_ref", {{"ref", number(ref)}});
        return;
    }
    bool const any = target == "auto";
    bool const own = proposal->author == turn.actor.person;
    // The order of domain.md 15.4: own proposal not yet accepted, own ballot, own endorsement.
    bool const open = proposal->state == "collecting" || proposal->state == "screening" || proposal->state == "returned";
    if ((target == "proposal" || any) && own && (open || target == "proposal")) {
        auto const step = perform_step(scene, *proposal, call_of(turn, trigger::kWithdraw, proposal->scope));
        if (!step.has_value())
            turn.refuse(step.error());
        else
            turn.say_key("say.withdrawn", {{"ref", number(ref)}});
        turn.answers.noted = step.has_value();
        return;
    }
    if ((target == "vote" || any) && withdraw_vote(turn, *proposal))
        return;
    if ((target == "endorsement" || any) && proposal->state == "collecting" &&
        storage::take_endorsement(scene.db, proposal->community, ref, turn.actor.household, turn.actor.person)) {
        journal(turn, *proposal, "endorsement_withdrawn", "{}", who_text(turn));
        turn.say_key("say.endorsement_withdrawn", {{"ref", number(ref)}});
        turn.answers.noted = true;
        return;
    }
    turn.say_key("say.nothing_to_withdraw", {{"ref", number(ref)}});
}

void rate(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const ref = RefNo{reading.args.integer("ref_no").value_or(0)};
    auto const head = storage::find_matter(scene.db, turn.community(), ref);
    if (head && head->kind == storage::kReport) {
        rate_report(turn, reading);
        return;
    }
    auto const proposal = named_proposal(turn, reading);
    if (!proposal || !may(turn, "rate.submit", {}, proposal->scope))
        return;
    auto const actor = workflow_actor(scene, turn.actor, proposal->scope);
    governance::Rating rating;
    rating.bound = actor.bound;
    rating.in_scope = actor.in_scope && !turn.actor.household.empty();
    rating.score = static_cast<int>(reading.args.integer("stars").value_or(0));
    rating.household_rated = storage::rated(scene.db, proposal->community, ref, proposal->evaluation.round, turn.actor.household.str());
    if (auto const allowed = decide_rating(*proposal, rating); !allowed.has_value()) {
        turn.refuse(allowed.error());
        return;
    }
    auto const comment = std::string{reading.args.text("comment")};
    storage::add_rating(scene.db, proposal->community, ref, proposal->evaluation.round,
                        {turn.actor.household.str(), turn.actor.person, rating.score, comment, scene.now});
    journal(turn, *proposal, "rated",
            "{\"round\":" + std::to_string(proposal->evaluation.round) + ",\"score\":" + std::to_string(rating.score) + "}",
            "{\"person\":" + json_text(turn.actor.person.str()) + ",\"household\":" + json_text(turn.actor.household.str()) +
                ",\"comment\":" + json_text(comment) + "}");
    turn.say_key("say.rated", {{"ref", number(ref)}, {"score", std::to_string(rating.score)}});
    turn.answers.noted = true;
}

} // namespace commands
