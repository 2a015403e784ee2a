#include "perform/rankings.hpp"

#include "commands/reader/step_lines.hpp"

#include "perform/announce.hpp"
#include "perform/intents.hpp"
#include "perform/points_steps.hpp"
#include "perform/points_words.hpp"
#include "perform/standings.hpp"
#include "storage/matters.hpp"
#include "storage/points.hpp"

#include <algorithm>

namespace commands {
namespace {

using governance::CommunityId;
using governance::RankingView;
using governance::SubjectType;
using governance::UnitType;
using std::chrono::year_month;

constexpr std::string_view kJob = "ranking";
constexpr std::string_view kMonthly = "ranking/month";
constexpr std::string_view kQuarterly = "ranking/quarter";
constexpr auto kHour = std::chrono::hours{9};
constexpr int kDisplayDays = 15;
constexpr int kAppealDays = 7;
constexpr std::size_t kOpenRows = 8; ///< as many as a short notice holds; the page has all

bool is_village(Scene const& scene, CommunityId const& community)
{
    auto const* unit = scene.world.organisation.find(governance::unit_of(community));
    return unit != nullptr && unit->type == UnitType::village;
}

/// The 1st of the next month at nine.
governance::Instant next_monthly(Scene const& scene, governance::Instant now)
{
    auto const month = month_of(scene, now) + std::chrono::months{1};
    auto const due = scene.world.calendar.zone.start_of(month / 1) + kHour;
    auto const this_month = scene.world.calendar.zone.start_of(month_of(scene, now) / 1) + kHour;
    return this_month > now ? this_month : due;
}

/// Nine o'clock on the tenth working day after the quarter that `month` lies in.
governance::Instant publication_of(Scene const& scene, year_month month)
{
    auto const& calendar = scene.world.calendar;
    auto const ends = calendar.zone.start_of(quarter_of(month).second / std::chrono::last);
    return calendar.zone.start_of(calendar.zone.date(add_working_days(calendar, ends, 10))) + kHour;
}

governance::Instant next_quarterly(Scene const& scene, governance::Instant now)
{
    auto month = quarter_of(month_of(scene, now)).first - std::chrono::months{1};
    auto due = publication_of(scene, month);
    while (due <= now) {
        month += std::chrono::months{3};
        due = publication_of(scene, month);
    }
    return due;
}

void arm(Scene const& scene, CommunityId const& community, std::string_view key, governance::Instant due)
{
    storage::Job job;
    job.community = community;
    job.kind = std::string{kJob};
    job.key = std::string{key};
    job.due_at = due;
    storage::Jobs{scene.db}.arm(job);
}

std::string rows_text(Scene const& scene, std::vector<governance::RankedRow> const& rows)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(rows.size(), kOpenRows); ++i) {
        auto const* unit = scene.world.organisation.find(governance::UnitId{rows[i].subject});
        out += (i == 0 ? "" : "；") + std::to_string(rows[i].rank) + " " + (unit == nullptr ? rows[i].subject : unit->name) + " " +
               governance::to_text(rows[i].points);
    }
    return out;
}

bool scored(RankingView const& view)
{
    return std::any_of(view.shown.begin(), view.shown.end(), [](auto const& row) { return row.points != governance::Points{}; });
}

/// Everybody's rank among grids or villages to the community's group, the own place to each grid's group; into the evening digest.
void announce_month(Scene const& scene, CommunityId const& community, year_month month, std::string const& occasion)
{
    auto const [first, last] = quarter_of(month);
    auto const type = is_village(scene, community) ? SubjectType::village : SubjectType::grid;
    auto const standings = unit_standings(scene, type, first, month);
    auto const view = governance::full_view(standings, std::nullopt);
    if (!scored(view))
        return; // nothing was earned, nothing is said
    auto const scope = governance::unit_of(community);
    About const about{community, {}, scope, occasion};
    auto const& wording = scene.world.wording;
    auto const title = wording.say(type == SubjectType::village ? "points.rank_villages" : "points.rank_grids");
    auto const text = wording.say(
        "points.month_ranking",
        {{"month", std::to_string(static_cast<unsigned>(month.month()))}, {"what", title}, {"rows", rows_text(scene, view.shown)}});
    for (auto const& group : groups_for(scene, scope))
        tell_group(scene, about, "ranking", group.id, text, storage::Lane::digest);
    storage::add_page_notice(scene.db, community, {}, "ranking", text, scene.now);
    if (type == SubjectType::village)
        return;
    for (auto const* grid : scene.world.organisation.grids_for(scope)) {
        auto const own = governance::full_view(standings, grid->id.str()).own;
        if (!own)
            continue;
        auto const line = wording.say("points.month_own", {{"month", std::to_string(static_cast<unsigned>(month.month()))},
                                                           {"unit", grid->name},
                                                           {"rank", std::to_string(own->rank)},
                                                           {"total", std::to_string(view.total)},
                                                           {"points", governance::to_text(own->points)}});
        for (auto const& group : storage::groups_at(scene.db, grid->id, "grid"))
            tell_group(scene, about, "ranking", group.id, line, storage::Lane::digest);
    }
}

/// Publishes the quarter's entries and says once where the ranking stands and until when it can be appealed.
void publish_quarter(Scene const& scene, CommunityId const& community, year_month month, std::string const& occasion)
{
    auto const [first, last] = quarter_of(month);
    auto const period =
        std::to_string(static_cast<int>(first.year())) + "Q" + std::to_string((static_cast<unsigned>(first.month()) - 1) / 3 + 1);
    auto actor = governance::workflow::Actor::timer();
    actor.words.insert("street_admin"); // the schedule stands for the street's quarterly review (domain.md 6.3)
    int published = 0;
    for (auto const no : storage::entries_in(scene.db, community, "posted", period))
        if (auto const entry = storage::load_points_entry(scene.db, community, no))
            published += perform_points(scene, *entry, {governance::points_trigger::kPublish, actor, {}, {}}).has_value() ? 1 : 0;
    if (published == 0)
        return;
    bool const village = is_village(scene, community);
    auto const& calendar = scene.world.calendar;
    Params params;
    params.set("季度", quarter_text(month));
    params.set("网格/村", village ? "各村" : "各网格");
    params.set("链接", scene.world.public_url + "/c/" + community.str() + "/");
    params.set("日期", day_text(scene, add_legal_days(calendar, scene.now, kDisplayDays)));
    params.set("异议截止", day_text(scene, add_calendar_days(calendar, scene.now, kAppealDays)));
    auto const scope = governance::unit_of(community);
    announce(scene, {community, {}, scope, occasion}, "N-J05", params, {});
    auto const type = village ? SubjectType::village : SubjectType::grid;
    auto const view = governance::full_view(unit_standings(scene, type, first, last), std::nullopt);
    storage::add_page_notice(scene.db, community, {}, "N-J05",
                             scene.world.wording.render("N-J05", params) + "\n" + rows_text(scene, view.shown), scene.now);
}

void tell_units(Turn& turn, SubjectType type, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const current = month_of(scene, scene.now);
    auto const today = scene.world.calendar.zone.date(scene.now);
    auto const [from, to] = reader::resolve_period(reading.args.text("period"), today).value_or(quarter_of(current));
    auto const* own = scene.world.organisation.ancestor(turn.actor.home.empty() && turn.group ? turn.group->scope : turn.actor.home,
                                                        type == SubjectType::village ? UnitType::village : UnitType::grid);
    auto const view =
        governance::full_view(unit_standings(scene, type, from, to), own == nullptr ? std::nullopt : std::optional(own->id.str()));
    auto text = scene.world.wording.say(type == SubjectType::village ? "points.rank_villages" : "points.rank_grids") + "：" +
                rows_text(scene, view.shown);
    if (view.own && turn.direct())
        text += "\n" + scene.world.wording.say(
                           "points.own_rank",
                           {{"unit", own->name}, {"rank", std::to_string(view.own->rank)}, {"total", std::to_string(view.total)}});
    turn.say_openly(text);
}

/// The own place privately; names only of those who agreed, at most the first ten.
void tell_households(Turn& turn)
{
    auto const& scene = turn.scene;
    if (!turn.actor.bound() || turn.actor.household.empty()) {
        turn.say_notice("N-C06", {});
        return;
    }
    auto const year = static_cast<int>(scene.world.calendar.zone.date(scene.now).year());
    auto const view = governance::consented_view(household_standings(scene, turn.actor.community, year), turn.actor.household.str());
    if (!view.own)
        return turn.say_key("points.unit_unknown");
    turn.say_key("points.own_household", {{"rank", std::to_string(view.own->rank)},
                                          {"total", std::to_string(view.total)},
                                          {"points", governance::to_text(view.own->points)}});
    std::string shown;
    for (auto const& row : view.shown) {
        auto const household = storage::load_household(scene.db, governance::HouseholdId{row.subject});
        auto const* home = household ? scene.world.organisation.find(household->home) : nullptr;
        shown += (shown.empty() ? "" : "；") + std::to_string(row.rank) + " " + (home == nullptr ? std::string{} : home->name) +
                 storage::person_name(scene.db, household ? household->head : governance::PersonId{}) + "家 " +
                 governance::to_text(row.points);
    }
    if (!shown.empty())
        turn.say(scene.world.wording.say("points.top", {{"rows", shown}}));
    if (!consents_to_ranking(scene, turn.actor.community, turn.actor.household.str()))
        turn.say_key("points.consent_hint");
}

} // namespace

void tell_ranking(Turn& turn, reader::Reading const& reading)
{
    auto scope = reading.args.text("scope");
    if (scope.empty())
        scope = turn.direct() ? "household" : turn.group && is_village(turn.scene, turn.group->community) ? "village" : "grid";
    if (scope == "grid")
        return tell_units(turn, SubjectType::grid, reading);
    if (scope == "village")
        return tell_units(turn, SubjectType::village, reading);
    tell_households(turn);
}

void arm_rankings(Scene const& scene)
{
    storage::Jobs jobs{scene.db};
    for (auto const* unit : scene.world.organisation.communities()) {
        auto const community = governance::community_from(unit->id);
        if (jobs.armed(community, kMonthly, 1).empty())
            arm(scene, community, kMonthly, next_monthly(scene, scene.now));
        if (jobs.armed(community, kQuarterly, 1).empty())
            arm(scene, community, kQuarterly, next_quarterly(scene, scene.now));
    }
}

void fire_ranking(Scene const& scene, storage::Job const& job)
{
    if (job.kind != kJob)
        return;
    auto const now = month_of(scene, job.due_at);
    auto const occasion =
        job.key + "/" + std::to_string(static_cast<int>(now.year())) + "-" + std::to_string(static_cast<unsigned>(now.month()));
    if (job.key == kMonthly) {
        announce_month(scene, job.community, now - std::chrono::months{1}, occasion);
        arm(scene, job.community, kMonthly, next_monthly(scene, job.due_at));
    } else {
        publish_quarter(scene, job.community, quarter_of(now).first - std::chrono::months{1}, occasion);
        arm(scene, job.community, kQuarterly, next_quarterly(scene, job.due_at));
    }
}

} // namespace commands
