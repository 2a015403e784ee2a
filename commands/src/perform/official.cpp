#include "perform/official.hpp"

#include "perform/case_actions.hpp"
#include "perform/pending_steps.hpp"
#include "perform/points_steps.hpp"
#include "perform/proposal_steps.hpp"
#include "perform/signatures.hpp"
#include "perform/step_input.hpp"

namespace commands {
namespace {

namespace workflow = governance::workflow;
using governance::Proposal;
using governance::RefusalCode;
using storage::PendingStep;

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
    if (reading.intent == reader::Intent::progress_update) {
        bool const names_body = reader::read_step_lines(reading.args.text("text")).responsible.has_value();
        return governance::trigger_of_progress(reading.args.integer("percent").value_or(0), names_body, proposal.state);
    }
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
    if (auto const pictures = pictures_in(turn); pictures > 0)
        step.input.pictures = pictures;
    apply_defaults(scene, proposal, trigger, step.input);
    return step;
}

/// True when the second person said no more than the step itself.
bool bare(reader::Reading const& reading)
{
    return reading.args.text("reason").empty() && reading.args.text("text").empty();
}

/// What a waiting step is about, whatever its procedure.
std::optional<StepMatter> matter_of(Scene const& scene, PendingStep const& step)
{
    if (step.intent == kCaseIntent)
        return case_matter(scene, step);
    if (step.intent == kAuditIntent)
        return points_matter(scene, step);
    auto const proposal = storage::load_proposal(scene.db, step.community, step.no);
    if (!proposal)
        return std::nullopt;
    return StepMatter{step.community, step.no, std::to_string(step.no.value()), proposal->title, proposal->scope, proposal->author};
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
        if (bare(reading) || same_settings(other, step)) {
            second_answer(turn, other, true);
            return;
        }
    }
    run_official(turn, std::move(step));
}

void run_official(Turn& turn, PendingStep step)
{
    if (step.intent == kCaseIntent)
        return run_case_step(turn, std::move(step));
    if (step.intent == kAuditIntent)
        return run_points_step(turn, std::move(step));
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
        forget_waiting(scene, step);
        if (step.trigger == governance::trigger::kAccept)
            ask_signatures(turn, done->after);
        say_done(turn, *done);
        turn.answers.noted = true;
        return;
    }
    auto const& refusal = done.error();
    if (refusal.code == RefusalCode::missing_item && refusal.details.contains("item"))
        ask_item(turn, std::move(step), refusal.details.at("item"));
    else if (refusal.code == RefusalCode::pictures_missing)
        ask_item(turn, std::move(step), "pictures");
    else if (refusal.code == RefusalCode::needs_second_person ||
             (refusal.code == RefusalCode::revision_not_supported && step.concurred.empty())) {
        step.shown = settings_text(scene, step.trigger, step.input);
        auto const matter = matter_of(scene, step);
        // A revision of the plan needs the author's yes where the speakers did not ask for it.
        auto const roles = refusal.code == RefusalCode::needs_second_person ? refusal.details.at("roles") : std::string{"author"};
        ask_second(turn, *matter, std::move(step), roles);
    } else
        turn.refuse(refusal);
}

void second_answer(Turn& turn, PendingStep const& step, bool agrees)
{
    auto const matter = matter_of(turn.scene, step);
    if (!matter)
        return;
    if (!agrees)
        return decline_step(turn, *matter, step);
    auto agreed = step;
    agreed.concurred.push_back(turn.actor.person);
    run_official(turn, std::move(agreed));
}

bool add_item(Turn const& turn, PendingStep& step, std::string_view text)
{
    if (step.intent == kCaseIntent)
        return add_case_item(turn, step, text);
    if (step.intent == kAuditIntent)
        return add_points_item(turn, step, text);
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
        input.pictures = input.pictures.value_or(0) + pictures_in(turn);
    } else {
        auto const label = scene.world.wording.word("label." + step.item, "");
        apply_lines(scene, *proposal, reader::read_step_lines(label.empty() ? value : label + "：" + value), input);
    }
    return workflow::has_item(input, step.item);
}

} // namespace commands
