#include "perform/case_actions.hpp"

#include "perform/case_input.hpp"
#include "perform/intents.hpp"
#include "perform/official.hpp"
#include "perform/report_lookup.hpp"
#include "perform/report_people.hpp"
#include "perform/report_steps.hpp"
#include "perform/report_words.hpp"

namespace commands {
namespace {

namespace trigger = governance::case_trigger;
using governance::Case;
using governance::RefusalCode;
using storage::PendingStep;

/// Who may do the action at all: by the matrix; of a confidential report those who may know of it, as far as its rules let them; of a
/// reopening also its reporter.
bool allowed(Turn& turn, Case const& report, std::string const& action)
{
    if (report.flags.confidential)
        return !hidden_from(turn.scene, report, turn.actor);
    if (action == "reopen" && turn.actor.bound() && turn.actor.person == report.author)
        return true;
    return may(turn, kCaseIntent, action, report.scope);
}

void refuse_state(Turn& turn, Case const& report)
{
    turn.refuse({RefusalCode::wrong_state, {{"state", report.state}, {"state_title", state_title(turn.scene, report)}, {"next", ""}}});
}

/// True when the second person said no more than the step itself.
bool bare(reader::Reading const& reading)
{
    return reading.args.text("text").empty();
}

} // namespace

void act_on_case(Turn& turn, reader::Reading const& reading)
{
    auto const report = named_report(turn, reading);
    auto const action = std::string{reading.args.text("action")};
    if (!report || !allowed(turn, *report, action))
        return;
    bool const by_reporter = turn.actor.person == report->author;
    auto const what = governance::trigger_of_case_action(action, std::string{reading.args.text("result")}, report->state, by_reporter);
    if (!what || what->empty()) {
        refuse_state(turn, *report);
        return;
    }
    PendingStep step;
    step.community = report->community;
    step.no = report->no;
    step.trigger = *what;
    step.intent = std::string{kCaseIntent};
    step.deciding = action;
    step.by = turn.actor.person;
    fill_case_input(turn, reading, *report, step);
    if (step.trigger == trigger::kReopen && by_reporter)
        step.input.unsolved = true;
    if (auto const waiting = waiting_for(turn, step)) {
        auto const other = *storage::read_pending_step(waiting->payload);
        if (bare(reading) || same_settings(other, step)) {
            second_answer(turn, other, true);
            return;
        }
    }
    run_case_step(turn, std::move(step));
}

void run_case_step(Turn& turn, PendingStep step)
{
    auto const& scene = turn.scene;
    auto const report = storage::load_report(scene.db, step.community, step.no);
    auto const first = storage::load_person(scene.db, step.by);
    if (!report || !first)
        return;
    StepCall call;
    call.trigger = step.trigger;
    call.actor = case_actor(scene, *report, *first);
    for (auto const& person : step.concurred)
        if (auto const other = storage::load_person(scene.db, person))
            call.concurring.push_back(case_actor(scene, *report, *other));
    call.input = step.input;
    auto const done = perform_case(scene, *report, call);
    if (done.has_value()) {
        forget_waiting(scene, step);
        turn.say_key("say.step_done", {{"ref", std::to_string(report->no.value())},
                                       {"title", case_title(scene, done->after)},
                                       {"state", state_title(scene, done->after)}});
        turn.answers.noted = true;
        return;
    }
    auto const& refusal = done.error();
    if (refusal.code == RefusalCode::missing_item && refusal.details.contains("item"))
        return ask_item(turn, std::move(step), refusal.details.at("item"));
    if (refusal.code == RefusalCode::needs_second_person) {
        step.shown = case_settings_text(step.input);
        auto const matter = case_matter(scene, step);
        return ask_second(turn, *matter, std::move(step), refusal.details.at("roles"));
    }
    turn.refuse(refusal);
}

bool add_case_item(Turn const& turn, PendingStep& step, std::string_view text)
{
    return add_case_value(turn, step, text);
}

std::optional<StepMatter> case_matter(Scene const& scene, PendingStep const& step)
{
    auto const report = storage::load_report(scene.db, step.community, step.no);
    if (!report)
        return std::nullopt;
    return StepMatter{step.community, step.no, std::to_string(step.no.value()), case_title(scene, *report), report->scope, {}};
}

} // namespace commands
