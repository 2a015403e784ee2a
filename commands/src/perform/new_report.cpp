#include "perform/new_report.hpp"

#include "perform/drafts.hpp"
#include "perform/place.hpp"
#include "perform/proposal_steps.hpp"
#include "perform/report_danger.hpp"
#include "perform/report_steps.hpp"
#include "storage/matters.hpp"

namespace commands {
namespace {

using governance::Case;
using governance::UnitId;
using governance::UnitType;

constexpr auto kJoinWindow = std::chrono::hours{72};

/// Building, hamlet or grid of the report; where nothing is said, the grid around the writer.
UnitId scope_of(Turn const& turn, reader::Reading const& reading)
{
    auto const& organisation = turn.scene.world.organisation;
    if (auto const* address = reading.args.address())
        if (auto at = unit_at(turn, *address); !at.empty())
            return at;
    if (turn.group && !organisation.community_of(turn.group->scope).empty())
        return turn.group->scope;
    if (auto const* grid = organisation.ancestor(turn.actor.home, UnitType::grid))
        return grid->id;
    auto const community = governance::unit_of(turn.community());
    return organisation.community_of(community).empty() ? UnitId{} : community;
}

} // namespace

Case report_from(Turn const& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    Case fresh;
    fresh.definition = "report";
    fresh.definition_version = scene.world.definitions.newest("report")->version;
    fresh.category = reading.args.has("category") ? std::string{reading.args.text("category")} : "other";
    fresh.subcategory = reading.args.has("subcategory") ? std::string{reading.args.text("subcategory")} : "unknown";
    fresh.urgency = governance::parse_urgency(std::string{reading.args.text("urgency")}).value_or(governance::Urgency::normal);
    fresh.anonymous = reading.args.flag("anonymous");
    fresh.text = reading.args.has("text") ? std::string{reading.args.text("text")} : turn.event.text;
    if (auto const* address = reading.args.address())
        fresh.address = address_text(*address);
    fresh.scope = scope_of(turn, reading);
    fresh.community = scene.world.organisation.community_of(fresh.scope);
    fresh.scope_kind = scope_kind(scene, fresh.scope);
    fresh.author = turn.actor.person;
    fresh.author_household = turn.actor.household;
    fresh.opened_at = scene.now;
    if (auto const* entry = scene.world.routing.find(fresh.category, fresh.subcategory))
        fresh.flags.confidential = entry->confidential;
    // What concerns an office needs no place beside its community.
    if (fresh.flags.confidential && fresh.address.empty())
        if (auto const* community = scene.world.organisation.find(governance::unit_of(fresh.community)))
            fresh.address = community->name;
    return fresh;
}

std::optional<Case> same_open_report(Scene const& scene, Case const& fresh)
{
    for (auto const& head : storage::live_matters(scene.db, fresh.community)) {
        if (head.kind != storage::kReport || head.scope != fresh.scope || scene.now - head.opened_at > kJoinWindow)
            continue;
        auto report = storage::load_report(scene.db, head.community, head.no);
        if (report && report->subcategory == fresh.subcategory && same_place(scene, fresh, *report))
            return report;
    }
    return std::nullopt;
}

void await_place(Scene const& scene, Case const& report, governance::PersonId const& person)
{
    storage::PendingText pending;
    pending.text = scene.world.wording.say("case.supplement_words", {{"ref", std::to_string(report.no.value())}});
    pending.intent = std::string{name_of(reader::Intent::report_supplement)};
    pending.missing = "address";
    pending.refs.push_back(report.no.value());
    for (auto const& identity : storage::identities(scene.db, person)) {
        storage::Draft draft;
        draft.community = report.community;
        draft.account = identity.account;
        draft.user_id = identity.user_id;
        draft.kind = std::string{kDraftText};
        draft.payload = storage::write_pending_text(pending);
        draft.created_at = scene.now;
        draft.expires_at = scene.now + kDraftLife;
        storage::put_draft(scene.db, draft);
    }
}

} // namespace commands
