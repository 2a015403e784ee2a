#include "perform/hooks.hpp"
#include "perform/new_report.hpp"
#include "perform/report_steps.hpp"

/// Proposals that go on as reports (domain.md 4.4, row 11).
namespace commands {
namespace {

using governance::Case;

/// Kind and urgency as if the text had been reported.
void classify(Scene const& scene, std::string const& text, Case& report)
{
    reader::Context context;
    context.chat = reader::Chat::direct;
    context.mention = true;
    context.roles.emplace_back("resident");
    auto const result = scene.world.reader->read(scene.world.wording.say("case.report_words", {{"text", text}}), context);
    for (auto const& reading : result.readings) {
        if (reading.intent != reader::Intent::report_create || !reading.args.has("category"))
            continue;
        report.category = std::string{reading.args.text("category")};
        report.subcategory = std::string{reading.args.text("subcategory")};
        report.urgency = governance::parse_urgency(std::string{reading.args.text("urgency")}).value_or(governance::Urgency::normal);
        return;
    }
    report.subcategory = "suggestion";
}

} // namespace

governance::RefNo open_transferred(Scene const& scene, governance::Proposal const& proposal, std::string const& target_kind)
{
    if (target_kind != "report")
        return {};
    Case fresh;
    fresh.community = proposal.community;
    fresh.definition = "report";
    fresh.definition_version = scene.world.definitions.newest("report")->version;
    fresh.source = "proposal";
    fresh.foreign_id = std::to_string(proposal.no.value());
    fresh.text = proposal.text;
    fresh.address = proposal.address;
    fresh.scope = proposal.scope;
    fresh.scope_kind = proposal.scope_kind;
    fresh.author = proposal.author;
    fresh.author_household = proposal.author_household;
    fresh.co_authors = proposal.co_authors;
    fresh.opened_at = scene.now;
    fresh.links.push_back({governance::LinkKind::transferred_from, proposal.no});
    classify(scene, proposal.text, fresh);
    auto actor = governance::workflow::Actor::bot();
    actor.words.insert("staff");
    auto const opened = perform_case(scene, fresh, {governance::case_trigger::kCreate, actor, {}, {}});
    if (!opened.has_value())
        return {};
    auto const& report = opened->after;
    if (report.address.empty() && report.urgency != governance::Urgency::critical &&
        perform_case(scene, report, {governance::case_trigger::kAsk, governance::workflow::Actor::bot(), {}, {}}).has_value())
        await_place(scene, report, report.author);
    return report.no;
}

} // namespace commands
