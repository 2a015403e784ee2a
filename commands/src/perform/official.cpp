#include "perform/official.hpp"

#include "perform/announce.hpp"
#include "perform/drafts.hpp"
#include "perform/proposal_steps.hpp"
#include "perform/step_input.hpp"

#include <algorithm>
#include <charconv>

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::Proposal;
using governance::RefusalCode;
using storage::PendingStep;

constexpr auto kDraftLife = std::chrono::hours{24};

bool same_input(workflow::StepInput const& a, workflow::StepInput const& b)
{
    return storage::write_step_input(a) == storage::write_step_input(b);
}

/// Free text of the message in the member that the trigger wants it in.
void apply_text(std::string const& trigger, std::string const& text, workflow::StepInput& input)
{
    namespace trig = governance::trigger;
    if (text.empty())
        return;
    if (trigger == trig::kDismissObjection || trigger == trig::kUpholdObjection)
        input.answer = text;
    else if (trigger == trig::kProgress || trigger == trig::kClaimCompletion)
        input.text = text;
    else if (trigger == trig::kPublishConsensus)
        input.agreement = text;
    else if (trigger == trig::kReworkDone)
        input.result = text;
    else
        input.reason = text;
    // A slipped percentage needs its reason; the same words serve.
    if (trigger == trig::kProgress)
        input.reason = text;
}

std::optional<std::string> trigger_of(reader::Reading const& reading, Proposal const& proposal)
{
    if (reading.intent == reader::Intent::review_decide)
        return governance::trigger_of_review(std::string{reading.args.text("decision")}, proposal.state);
    if (reading.intent == reader::Intent::progress_update)
        return reading.args.integer("percent").value_or(0) >= 100 ? governance::trigger::kClaimCompletion : governance::trigger::kProgress;
    return governance::trigger_of_stage(std::string{reading.args.text("to_stage")}, proposal.state);
}

std::string deciding_argument(reader::Reading const& reading)
{
    return reading.intent == reader::Intent::stage_advance ? std::string{reading.args.text("to_stage")} : std::string{};
}

PendingStep step_from(Turn const& turn, reader::Reading const& reading, Proposal const& proposal, std::string const& trigger)
{
    auto const& scene = turn.scene;
    PendingStep step;
    step.community = proposal.community;
    step.no = proposal.no;
    step.trigger = trigger;
    step.intent = std::string{name_of(reading.intent)};
    step.deciding = deciding_argument(reading);
    step.by = turn.actor.person;
    auto const raw = std::string{reading.args.has("reason") ? reading.args.text("reason") : reading.args.text("text")};
    auto const lines = reader::read_step_lines(raw);
    apply_lines(scene, proposal, lines, step.input);
    apply_text(trigger, lines.text, step.input);
    if (auto const percent = reading.args.integer("percent"))
        step.input.percent = static_cast<int>(*percent);
    if (auto const target = reading.args.integer("merge_into"))
        step.input.merge_target = governance::RefNo{*target};
    if (reading.args.has("transfer_to"))
        step.input.transfer_target = std::string{reading.args.text("transfer_to")};
    if (trigger == governance::trigger::kReject)
        if (auto const code = key_of_words(scene, "reject_reason", raw); !code.empty())
            step.input.reason_code = code;
    auto const pictures = std::count_if(turn.event.media.begin(), turn.event.media.end(),
                                        [](auto const& media) { return media.kind == adapters::chat::MediaKind::image; });
    if (pictures > 0)
        step.input.pictures = static_cast<int>(pictures);
    apply_defaults(scene, proposal, trigger, step.input);
    return step;
}

/// A step of the same kind on the same matter that another person began and that waits for this writer.
std::optional<storage::Draft> waiting_for(Turn const& turn, PendingStep const& step)
{
    for (auto& draft : storage::drafts_of(turn.scene.db, turn.event.account, turn.event.user_id, kDraftSecond, turn.scene.now)) {
        auto const other = storage::read_pending_step(draft.payload);
        if (other && other->no == step.no && other->community == step.community && other->trigger == step.trigger && other->by != step.by)
            return draft;
    }
    return std::nullopt;
}

/// True when the second person said no more than the step itself.
bool bare(reader::Reading const& reading)
{
    return reading.args.text("reason").empty() && reading.args.text("text").empty();
}

void ask_item(Turn& turn, PendingStep step, std::string const& item)
{
    auto const& wording = turn.scene.world.wording;
    step.item = item;
    storage::Draft draft;
    draft.community = step.community;
    draft.account = turn.event.account;
    draft.user_id = turn.event.user_id;
    draft.kind = std::string{kDraftItem};
    draft.payload = storage::write_pending_step(step);
    draft.created_at = turn.scene.now;
    draft.expires_at = turn.scene.now + kDraftLife;
    storage::put_draft(turn.scene.db, draft);
    turn.say_notice("N-C02", {{"缺什么", wording.word("item." + item, item)}, {"例子", wording.word("item_example." + item, "……")}});
}

/// People who may be the second: holders of the roles that the actor words mean, in the matter's community, without those already in it.
std::vector<governance::PersonId> candidates(Scene const& scene, Proposal const& proposal, PendingStep const& step,
                                             std::string const& words)
{
    std::vector<governance::PersonId> found;
    auto add = [&](governance::PersonId const& person) {
        if (person != step.by && std::find(step.concurred.begin(), step.concurred.end(), person) == step.concurred.end() &&
            std::find(found.begin(), found.end(), person) == found.end())
            found.push_back(person);
    };
    std::size_t begin = 0;
    while (begin <= words.size()) {
        auto const end = words.find('|', begin);
        auto const word = words.substr(begin, end == std::string::npos ? end : end - begin);
        if (word == "author")
            add(proposal.author);
        if (auto const roles = scene.world.permissions.actors.find(word); roles != scene.world.permissions.actors.end())
            for (auto const& role : roles->second)
                for (auto const& person : storage::holders(scene.db, role, governance::unit_of(proposal.community)))
                    add(person);
        if (end == std::string::npos)
            break;
        begin = end + 1;
    }
    return found;
}

void ask_second(Turn& turn, Proposal const& proposal, PendingStep step, std::string const& words)
{
    auto const& scene = turn.scene;
    step.item.clear();
    step.shown = settings_text(scene, step.trigger, step.input);
    auto const payload = storage::write_pending_step(step);
    auto const asked = candidates(scene, proposal, step, words);
    if (asked.empty()) {
        turn.say_key("say.no_second_person", {{"roles", actors_text(scene, words)}});
        return;
    }
    // A step begun anew replaces the one that still waits.
    storage::drop_second_drafts(scene.db, step.community, kDraftSecond, proposal.no, step.trigger);
    Params params{{"ref", std::to_string(proposal.no.value())},
                  {"title", cut(proposal.title, 20)},
                  {"who", turn.actor.roles.empty() ? "同事" : role_text(scene, turn.actor.roles.front().role)},
                  {"action", scene.world.wording.word("act." + step.trigger, step.trigger)},
                  {"settings", step.shown}};
    auto const text = scene.world.wording.say("say.second_asked", params);
    for (auto const& person : asked) {
        adapters::chat::Card card;
        for (auto const& identity : storage::identities(scene.db, person)) {
            storage::Draft draft{0,       step.community, identity.account,      identity.user_id, std::string{kDraftSecond},
                                 payload, scene.now,      scene.now + kDraftLife};
            auto const id = storage::put_draft(scene.db, draft);
            card.task_id = "s@" + std::to_string(id);
        }
        card.kind = adapters::chat::CardKind::buttons;
        card.title = scene.world.wording.say("say.second_title", params);
        card.body = step.shown;
        card.buttons = {{"agree", "同意", true}, {"decline", "不同意", false}};
        card.fallback = text;
        tell(scene, {proposal.community, proposal.no, proposal.scope, turn.occasion + "/second"}, "N-B05", person, text, storage::Lane::now,
             card);
    }
    turn.say_key("say.second_waits", {{"ref", std::to_string(proposal.no.value())}, {"roles", actors_text(scene, words)}});
    turn.answers.noted = true;
}

void say_done(Turn& turn, workflow::Step<Proposal> const& step)
{
    auto const& scene = turn.scene;
    auto const& matter = step.opened ? *step.opened : step.after;
    auto const* state = definition_of(scene, matter).find_state(matter.state);
    turn.say_key("say.step_done", {{"ref", std::to_string(matter.no.value())},
                                   {"title", cut(matter.title, 20)},
                                   {"state", state == nullptr ? matter.state : state->title}});
}

} // namespace

void perform_official(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const ref = reading.args.integer("ref_no");
    auto const proposal = ref ? storage::load_proposal(scene.db, turn.community(), governance::RefNo{*ref}) : std::nullopt;
    if (!proposal) {
        turn.say_key("say.unknown_ref", {{"ref", ref ? std::to_string(*ref) : std::string{}}});
        return;
    }
    if (!may(turn, name_of(reading.intent), deciding_argument(reading), proposal->scope))
        return;
    auto const trigger = trigger_of(reading, *proposal);
    if (!trigger || trigger->empty()) {
        auto const* state = definition_of(scene, *proposal).find_state(proposal->state);
        turn.refuse({RefusalCode::wrong_state,
                     {{"state", proposal->state},
                      {"state_title", state == nullptr ? "" : state->title},
                      {"next", state == nullptr ? "" : state->next_step},
                      {"next_actors", ""}}});
        return;
    }
    auto step = step_from(turn, reading, *proposal, *trigger);
    if (auto const waiting = waiting_for(turn, step)) {
        auto const other = *storage::read_pending_step(waiting->payload);
        if (bare(reading) || same_input(other.input, step.input)) {
            second_answer(turn, other, true);
            return;
        }
    }
    run_official(turn, std::move(step));
}

void run_official(Turn& turn, PendingStep step)
{
    auto const& scene = turn.scene;
    auto const proposal = storage::load_proposal(scene.db, step.community, step.no);
    auto const first = storage::load_person(scene.db, step.by);
    if (!proposal || !first)
        return;
    StepCall call;
    call.trigger = step.trigger;
    call.actor = workflow_actor(scene, *first, proposal->scope);
    for (auto const& person : step.concurred)
        if (auto const other = storage::load_person(scene.db, person))
            call.concurring.push_back(workflow_actor(scene, *other, proposal->scope));
    call.input = step.input;
    auto const done = perform_step(scene, *proposal, call);
    if (done.has_value()) {
        storage::drop_second_drafts(scene.db, step.community, kDraftSecond, step.no, step.trigger);
        say_done(turn, *done);
        turn.answers.noted = true;
        return;
    }
    auto const& refusal = done.error();
    if (refusal.code == RefusalCode::missing_item && refusal.details.contains("item"))
        ask_item(turn, std::move(step), refusal.details.at("item"));
    else if (refusal.code == RefusalCode::pictures_missing)
        ask_item(turn, std::move(step), "pictures");
    else if (refusal.code == RefusalCode::needs_second_person)
        ask_second(turn, *proposal, std::move(step), refusal.details.at("roles"));
    else
        turn.refuse(refusal);
}

void second_answer(Turn& turn, PendingStep const& step, bool agrees)
{
    auto const& scene = turn.scene;
    auto const proposal = storage::load_proposal(scene.db, step.community, step.no);
    if (!proposal)
        return;
    if (!agrees) {
        storage::drop_second_drafts(scene.db, step.community, kDraftSecond, step.no, step.trigger);
        auto const ref = std::to_string(step.no.value());
        tell(scene, {step.community, step.no, proposal->scope, turn.occasion + "/declined"}, "N-B05", step.by,
             scene.world.wording.say("say.second_declined", {{"ref", ref}, {"title", cut(proposal->title, 20)}}));
        turn.say_key("say.second_declined_noted", {{"ref", ref}});
        turn.answers.noted = true;
        return;
    }
    auto agreed = step;
    agreed.concurred.push_back(turn.actor.person);
    run_official(turn, std::move(agreed));
}

bool add_item(Turn const& turn, PendingStep& step, std::string_view text)
{
    auto const& scene = turn.scene;
    auto const proposal = storage::load_proposal(scene.db, step.community, step.no);
    if (!proposal)
        return false;
    auto const value = std::string{text};
    auto& input = step.input;
    if (step.item == "reason")
        input.reason = value;
    else if (step.item == "answer")
        input.answer = value;
    else if (step.item == "text")
        input.text = value;
    else if (step.item == "result")
        input.result = value;
    else if (step.item == "agreement")
        input.agreement = value;
    else if (step.item == "party_study")
        input.party_study = value;
    else if (step.item == "amount_fen")
        input.amount_fen = reader::resolve_cents(text);
    else if (step.item == "reason_code")
        input.reason_code = key_of_words(scene, "reject_reason", text);
    else if (step.item == "transfer_target")
        input.transfer_target = key_of_words(scene, "transfer", text);
    else if (step.item == "pictures") {
        auto const pictures = std::count_if(turn.event.media.begin(), turn.event.media.end(),
                                            [](auto const& media) { return media.kind == adapters::chat::MediaKind::image; });
        input.pictures = input.pictures.value_or(0) + static_cast<int>(pictures);
    } else {
        auto const label = scene.world.wording.word("label." + step.item, "");
        apply_lines(scene, *proposal, reader::read_step_lines(label.empty() ? value : label + "：" + value), input);
    }
    return workflow::has_item(input, step.item);
}

} // namespace commands
