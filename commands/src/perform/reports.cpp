#include "perform/drafts.hpp"
#include "perform/intents.hpp"
#include "perform/new_report.hpp"
#include "perform/pending_steps.hpp"
#include "perform/place.hpp"
#include "perform/report_danger.hpp"
#include "perform/report_lookup.hpp"
#include "perform/report_notices.hpp"
#include "perform/report_people.hpp"
#include "perform/report_steps.hpp"
#include "perform/report_words.hpp"
#include "storage/ledger.hpp"

#include <algorithm>

namespace commands {
namespace {

namespace workflow = governance::workflow;
namespace trigger = governance::case_trigger;
using governance::Case;
using governance::Urgency;

std::string number(Case const& report)
{
    return std::to_string(report.no.value());
}

bool reported_by(Case const& report, governance::PersonId const& person)
{
    auto const own = reporters(report);
    return !person.empty() && std::find(own.begin(), own.end(), person) != own.end();
}

StepCall call_of(Turn const& turn, Case const& report, char const* what, workflow::StepInput input = {})
{
    StepCall call{what, case_actor(turn.scene, report, turn.actor), {}, std::move(input)};
    // Everybody may report, wherever they live (domain.md 2.5); danger may be told by a stranger.
    if (report.state.empty())
        call.actor.words.insert("resident");
    return call;
}

/// The place as the chat it was written in may see it.
std::string place_for_chat(Turn const& turn, reader::Reading const& reading, Case const& report)
{
    auto const* address = reading.args.address();
    if (address == nullptr)
        return {};
    if (!turn.direct())
        return public_place(turn, *address);
    return full_place(turn.scene, report);
}

/// A neighbour was first: the writer joins and hears what comes of it.
void join(Turn& turn, Case report, Case const& fresh)
{
    auto const& scene = turn.scene;
    auto const& person = turn.actor.person;
    bool const known = reported_by(report, person);
    if (!known && !person.empty())
        report.co_authors.push_back(person);
    report.urgency = std::max(report.urgency, fresh.urgency);
    storage::save_report(scene.db, report, true);
    storage::Ledger{scene.db}.append({scene.now, report.community, "case_joined", report.no, "{}",
                                      "{\"person\":" + json_text(person.str()) + ",\"text\":" + json_text(fresh.text) + "}"});
    turn.say_notice("N-R05", {{"主件", number(report)}, {"状态", state_title(scene, report)}});
    turn.answers.noted = true;
}

/// The receipt: everything privately, in a group only the number.
void confirm_receipt(Turn& turn, CaseStep const& step, StepCall const& call)
{
    auto const& report = step.after;
    std::string const occasion;
    turn.say_notice("N-R01", case_params(turn.scene, {report, step, call, occasion}, {"N-R01", {}, {}}));
    if (!turn.direct() && !report.anonymous && !report.flags.confidential && turn.answers.urgent.empty())
        turn.say_openly(turn.scene.world.wording.say("case.received_open", {{"ref", number(report)}}));
    turn.answers.noted = true;
}

} // namespace

void create_report(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const fresh = report_from(turn, reading);
    bool const danger = is_critical(scene, reading) && !fresh.flags.confidential;
    if (danger)
        answer_danger(turn, fresh, place_for_chat(turn, reading, fresh));
    else if (!may(turn, "report.create", {}, fresh.scope))
        return;
    if (fresh.community.empty()) {
        ask_missing(turn, reading); // nobody can be sent before it is known where
        return;
    }
    if (!fresh.flags.confidential)
        if (auto same = same_open_report(scene, fresh))
            return join(turn, std::move(*same), fresh);
    workflow::StepInput input;
    input.text = fresh.text;
    if (auto const pictures = pictures_in(turn); pictures > 0)
        input.pictures = pictures;
    auto const call = call_of(turn, fresh, trigger::kCreate, input);
    auto const step = perform_case(scene, fresh, call);
    if (!step.has_value()) {
        if (step.error().code == governance::RefusalCode::missing_item) {
            auto asked = reading;
            asked.missing = {step.error().details.at("item") == "address" ? "address" : "text"};
            ask_missing(turn, asked);
        } else
            turn.refuse(step.error());
        return;
    }
    confirm_receipt(turn, *step, call);
    if (!danger)
        return;
    warn_neighbours(turn, step->after);
    if (step->after.address.empty()) {
        turn.say_notice("N-R02", {});
        await_place(scene, step->after, turn.actor.person);
    }
}

void supplement_report(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto report = named_report(turn, reading);
    if (!report)
        return;
    if (!reported_by(*report, turn.actor.person)) {
        turn.refuse({governance::RefusalCode::not_the_actor, {{"actors", "reporter"}}});
        return;
    }
    workflow::StepInput input;
    if (auto const text = reading.args.text("text"); !text.empty())
        input.text = std::string{text};
    if (auto const* address = reading.args.address())
        input.address = address_text(*address);
    if (auto const pictures = pictures_in(turn); pictures > 0)
        input.pictures = pictures;
    if (report->state == "need_info") {
        auto const step = perform_case(scene, *report, call_of(turn, *report, trigger::kSupplement, input));
        if (!step.has_value()) {
            turn.refuse(step.error());
            return;
        }
    } else {
        bool const placed = report->address.empty() && input.address;
        if (input.text)
            report->text += (report->text.empty() ? "" : "\n") + *input.text;
        if (placed) {
            report->address = *input.address;
            if (auto const at = unit_at(turn, *reading.args.address());
                !at.empty() && scene.world.organisation.community_of(at) == report->community)
                report->scope = at;
            report->title = case_title(scene, *report);
        }
        report->pictures += input.pictures.value_or(0);
        storage::save_report(scene.db, *report, is_live(scene, *report));
        StepCall const call{trigger::kSupplement, case_actor(scene, *report, turn.actor), {}, input};
        auto const occasion = std::to_string(journal_step(scene, "case_step", *report, *report, "supplement", call));
        if (placed && report->urgency == Urgency::critical) {
            alarm_staff(scene, *report, occasion);
            warn_neighbours(turn, *report);
        } else {
            auto people = next_people(scene, *report);
            if (people.empty() && !report->flags.confidential) // an objection to how it ended
                people = leaders_of(scene, *report);
            for (auto const& person : people)
                tell(scene, about_case(*report, occasion), "N-B05", person,
                     scene.world.wording.say("case.supplemented", {{"ref", number(*report)},
                                                                   {"title", case_title(scene, *report)},
                                                                   {"text", cut(input.text.value_or(input.address.value_or("")), 40)}}));
        }
    }
    turn.say_key("case.supplement_noted", {{"ref", number(*report)}});
    turn.answers.noted = true;
}

bool withdraw_report(Turn& turn, governance::RefNo no)
{
    auto const& scene = turn.scene;
    auto report = find_report(turn, no);
    if (!report || !reported_by(*report, turn.actor.person))
        return false;
    if (report->author != turn.actor.person) {
        std::erase(report->co_authors, turn.actor.person);
        storage::save_report(scene.db, *report, is_live(scene, *report));
        turn.say_key("case.left", {{"ref", number(*report)}});
        return true;
    }
    auto const step = perform_case(scene, *report, call_of(turn, *report, trigger::kWithdraw));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return true;
    }
    turn.say_key("case.withdrawn", {{"ref", number(*report)}});
    turn.answers.noted = true;
    return true;
}

void rate_report(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const report = named_report(turn, reading);
    if (!report)
        return;
    auto const stars = static_cast<int>(reading.args.integer("stars").value_or(0));
    workflow::StepInput input;
    input.stars = stars;
    if (auto const comment = reading.args.text("comment"); !comment.empty())
        input.text = std::string{comment};
    auto const what = governance::trigger_of_rating(*report, stars, false);
    auto const step = perform_case(scene, *report, call_of(turn, *report, what.c_str(), input));
    if (!step.has_value()) {
        turn.refuse(step.error());
        return;
    }
    storage::add_rating(scene.db, report->community, report->no, report->reopened + 1,
                        {turn.actor.person.str(), turn.actor.person, stars, input.text.value_or(""), scene.now});
    turn.say_key(what == trigger::kRate ? "case.rated" : "case.rated_reopened",
                 {{"ref", number(*report)}, {"stars", std::to_string(stars)}});
    turn.answers.noted = true;
}

} // namespace commands
