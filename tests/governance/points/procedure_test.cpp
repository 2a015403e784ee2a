#include "governance/points.hpp"

#include "governance/demo.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace points_procedure_test {
namespace {

using namespace governance;
using namespace governance::points_trigger;
using workflow::Actor;
using workflow::Request;
using workflow::Step;
using Bend = std::function<void(Request&, PointsEntry&)>;

Actor someone(char const* person, std::set<std::string> words, char const* household = "")
{
    Actor actor;
    actor.person = PersonId(person);
    actor.household = HouseholdId(household);
    actor.words = std::move(words);
    return actor;
}
Actor declarer()
{
    return someone("u0150", {"resident"}, "HH054");
}
Actor collector()
{
    return someone("s-v206", {"points_collector"});
}
Actor auditor()
{
    return someone("s-st02", {"points_auditor"});
}
Actor street()
{
    return someone("s-st01", {"street_admin", "appeal panel"});
}
Actor panel()
{
    return someone("s-v205", {"appeal panel"});
}
Actor timer()
{
    return Actor::timer();
}

CatalogueItem const& gain()
{
    static CatalogueItem const item{
        "HC-01",          "both",   "HC", {SubjectType::household}, "志愿服务", Points::whole(1), Points::whole(10), Points::whole(10),
        CapPeriod::month, "public", 3};
    return item;
}
CatalogueItem const& adjusting()
{
    static CatalogueItem const item{"X-D",
                                    "both",
                                    "X",
                                    {SubjectType::grid, SubjectType::village},
                                    "通报",
                                    Points::whole(-10),
                                    Points::whole(-1),
                                    Points::whole(-10),
                                    CapPeriod::event,
                                    "public",
                                    3};
    return item;
}
CatalogueItem const& deduction()
{
    static CatalogueItem const item{"HB-03",
                                    "both",
                                    "HB",
                                    {SubjectType::household},
                                    "乱堆乱放",
                                    Points::whole(-3),
                                    Points::whole(-1),
                                    Points::whole(-10),
                                    CapPeriod::quarter,
                                    "private",
                                    3};
    return item;
}

struct Bench {
    PointsEntry entry;
    Instant now = demo::at("2026-07-01T09:00");
    Step<PointsEntry> last;
    CatalogueItem const* item = &gain();

    Bench()
    {
        entry.no = RefNo(1);
        entry.subject = "HH054";
        entry.item_code = "HC-01";
        entry.declared = Points::whole(4);
        entry.occurred_at = demo::at("2026-06-30T15:00");
        entry.address = "幸福里";
        entry.cause = "清扫院落";
        entry.evidence = {"photo"};
    }
    Request request(std::string const& trigger, Actor actor) const
    {
        Request request;
        request.trigger = trigger;
        request.actor = std::move(actor);
        request.now = now;
        request.surroundings.calendar = &demo::calendar();
        request.facts.item = item;
        request.facts.fact_scored_before = false;
        request.facts.posted_in_cap_period_hundredths = 0;
        request.facts.period_ends = demo::at("2026-10-01T00:00");
        request.input.reason = "理由";
        request.input.evidence = std::vector<std::string>{"photo2"};
        request.input.panel = std::vector<PersonId>{PersonId("s-v205"), PersonId("s-st01"), PersonId("u0200")};
        return request;
    }
    Bench& take(Request const& asked)
    {
        auto step = advance(demo::definition("points_entry"), entry, asked);
        if (!step) {
            ADD_FAILURE() << asked.trigger << " in " << entry.state << " refused: " << name(step.error().code);
            return *this;
        }
        last = *step;
        entry = last.after;
        return *this;
    }
    Bench& take(std::string const& trigger, Actor actor) { return take(request(trigger, std::move(actor))); }
    Bench& on(char const* when)
    {
        now = demo::at(when);
        return *this;
    }
};

Bench deducting()
{
    Bench bench;
    bench.item = &deduction();
    bench.entry.item_code = "HB-03";
    bench.entry.declared = Points::whole(-3);
    return bench.take(kRecord, collector());
}

Bench in_state(std::string const& state)
{
    Bench bench;
    bench.take(kDeclare, declarer());
    if (state == "declared")
        return bench;
    bench.take(kCollect, collector());
    if (state == "recorded")
        return bench;
    if (state == "returned")
        return bench.take(kReturn, auditor());
    bench.on("2026-07-05T09:00").take(kApprove, auditor());
    if (state == "posted")
        return bench;
    if (state == "appealed")
        return bench.take(kAppeal, declarer());
    bench.on("2026-10-09T09:00").take(kPublish, street());
    if (state == "published")
        return bench;
    return bench.on("2026-10-25T00:00").take(kFinalise, timer());
}

struct Row {
    char const* name;
    char const* from;
    char const* trigger;
    Actor (*actor)();
    Bend bend;
    int number;
    std::string ends;
    std::map<std::string, std::string> details = {};
};
void PrintTo(Row const& row, std::ostream* out)
{
    *out << row.name;
}
class PointsEntries : public testing::TestWithParam<Row> {};

TEST_P(PointsEntries, TakeOrRefuse)
{
    auto const& row = GetParam();
    auto bench = std::string(row.from) == "-" ? Bench{} : std::string(row.from) == "deduction" ? deducting() : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    if (row.bend)
        row.bend(request, bench.entry);
    auto const step = advance(demo::definition("points_entry"), bench.entry, request);
    if (row.number == 0) {
        ASSERT_FALSE(step) << step->transition;
        EXPECT_EQ(name(step.error().code), row.ends);
        for (auto const& [key, value] : row.details)
            EXPECT_EQ(step.error().details.at(key), value) << key;
        return;
    }
    ASSERT_TRUE(step) << name(step.error().code);
    EXPECT_EQ(step->transition, "points_entry." + std::to_string(row.number));
    EXPECT_EQ(step->after.state, row.ends);
}

void second(Request& request, PointsEntry&)
{
    request.concurring = {street()};
}
void on(Request& request, char const* when)
{
    request.now = demo::at(when);
}

std::vector<Row> taken()
{
    return {Row{"t1", "-", kDeclare, declarer, {}, 1, "declared"},
            Row{"t2", "-", kRecord, collector, {}, 2, "recorded"},
            Row{"t3", "declared", kCollect, collector, {}, 3, "recorded"},
            Row{"t4", "declared", kReject, collector, {}, 4, "rejected"},
            Row{"t5", "recorded", kReturn, auditor, {}, 5, "returned"},
            Row{"t6", "returned", kComplete, declarer, {}, 6, "recorded"},
            Row{"t7", "recorded", kReject, auditor, {}, 7, "rejected"},
            Row{"t8", "recorded", kApprove, auditor, {}, 8, "posted"},
            Row{"t8_deduction", "deduction", kApprove, auditor, [](Request& r, PointsEntry&) { on(r, "2026-07-09T00:00"); }, 8, "posted"},
            Row{"t9", "posted", kPublish, street, [](Request& r, PointsEntry&) { on(r, "2026-10-09T09:00"); }, 9, "published"},
            Row{"t10", "published", kFinalise, timer, [](Request& r, PointsEntry&) { on(r, "2026-10-25T00:00"); }, 10, "final"},
            Row{"t11_posted", "posted", kAppeal, declarer, {}, 11, "appealed"},
            Row{"t11_published", "published", kAppeal, declarer, {}, 11, "appealed"},
            Row{"t11_final", "final", kAppeal, declarer, [](Request& r, PointsEntry& e) { e.published_at = r.now; }, 11, "appealed"},
            Row{"t12", "appealed", kUphold, panel, {}, 12, "posted"},
            Row{"t13", "appealed", kReverse, panel, {}, 13, "reversed"},
            Row{"t14_posted", "posted", kCorrect, auditor, second, 14, "reversed"},
            Row{"t14_published", "published", kCorrect, auditor, second, 14, "reversed"},
            Row{"t14_final", "final", kCorrect, auditor, second, 14, "reversed"}};
}

void adjust(Request& request, PointsEntry& entry)
{
    request.facts.item = &adjusting();
    entry.subject_type = SubjectType::grid;
    entry.declared = Points::whole(-5);
}

std::vector<Row> refused()
{
    return {
        Row{"declared_unbound", "-", kDeclare, declarer, [](Request& r, PointsEntry&) { r.actor.bound = false; }, 0, "not_bound"},
        Row{"declared_late",
            "-",
            kDeclare,
            declarer,
            [](Request& r, PointsEntry&) { on(r, "2026-07-08T00:00"); },
            0,
            "occurred_too_early",
            {{"days", "7"}}},
        Row{"declared_ahead", "-", kDeclare, declarer, [](Request& r, PointsEntry&) { on(r, "2026-06-30T14:59"); }, 0,
            "occurred_in_future"},
        Row{"recorded_ahead", "-", kRecord, collector, [](Request& r, PointsEntry&) { on(r, "2026-06-30T14:59"); }, 0,
            "occurred_in_future"},
        Row{"item_unknown",
            "-",
            kDeclare,
            declarer,
            [](Request& r, PointsEntry&) { r.facts.item = nullptr; },
            0,
            "item_unknown",
            {{"code", "HC-01"}}},
        Row{"item_of_others", "-", kDeclare, declarer, [](Request&, PointsEntry& e) { e.subject_type = SubjectType::grid; }, 0,
            "item_unknown"},
        Row{"no_time",
            "-",
            kRecord,
            collector,
            [](Request&, PointsEntry& e) { e.occurred_at = {}; },
            0,
            "missing_item",
            {{"item", "occurred_at"}}},
        Row{"no_place",
            "-",
            kRecord,
            collector,
            [](Request&, PointsEntry& e) { e.address.clear(); },
            0,
            "missing_item",
            {{"item", "address"}}},
        Row{"no_cause", "-", kRecord, collector, [](Request&, PointsEntry& e) { e.cause.clear(); }, 0, "missing_item", {{"item", "cause"}}},
        Row{"no_evidence",
            "declared",
            kCollect,
            collector,
            [](Request& r, PointsEntry& e) {
                e.evidence.clear();
                r.input.evidence.reset();
            },
            0,
            "missing_item",
            {{"item", "evidence"}}},
        Row{"too_much",
            "-",
            kRecord,
            collector,
            [](Request&, PointsEntry& e) { e.declared = Points::whole(11); },
            0,
            "delta_not_allowed",
            {{"max", "10"}}},
        Row{"scored_before", "-", kRecord, collector, [](Request& r, PointsEntry&) { r.facts.fact_scored_before = true; }, 0,
            "fact_scored_before"},
        Row{"rejected_without_a_reason", "declared", kReject, collector, [](Request& r, PointsEntry&) { r.input.reason.reset(); }, 0,
            "missing_item"},
        Row{"audited_by_the_collector",
            "recorded",
            kApprove,
            auditor,
            [](Request& r, PointsEntry&) { r.actor.person = PersonId("s-v206"); },
            0,
            "auditor_conflict",
            {{"why", "collector"}}},
        Row{"audited_by_the_declarer",
            "recorded",
            kApprove,
            auditor,
            [](Request& r, PointsEntry&) { r.actor.person = PersonId("u0150"); },
            0,
            "auditor_conflict",
            {{"why", "declarer"}}},
        Row{"audited_in_the_family",
            "recorded",
            kApprove,
            auditor,
            [](Request& r, PointsEntry&) { r.actor.household = HouseholdId("HH054"); },
            0,
            "auditor_conflict",
            {{"why", "household"}}},
        Row{"warning_over", "deduction", kApprove, auditor, [](Request& r, PointsEntry&) { on(r, "2026-07-08T23:59"); }, 0,
            "warning_not_due"},
        Row{"put_right", "deduction", kApprove, auditor,
            [](Request& r, PointsEntry&) {
                on(r, "2026-07-09T00:00");
                r.input.put_right = true;
            },
            0, "put_right"},
        Row{"adjustment_needs_two",
            "recorded",
            kApprove,
            auditor,
            adjust,
            0,
            "needs_second_person",
            {{"roles", "street_admin|points_auditor"}}},
        Row{"adjustment_whole", "recorded", kApprove, auditor,
            [](Request& r, PointsEntry& e) {
                adjust(r, e);
                e.declared = Points(-550);
            },
            0, "delta_not_allowed"},
        Row{"adjustment_eleven", "recorded", kApprove, auditor,
            [](Request& r, PointsEntry& e) {
                adjust(r, e);
                e.declared = Points::whole(-11);
            },
            0, "delta_not_allowed"},
        Row{"period_open", "posted", kPublish, street, {}, 0, "period_open"},
        Row{"publication_open", "published", kFinalise, timer, [](Request& r, PointsEntry&) { on(r, "2026-10-24T23:59"); }, 0, "too_early"},
        Row{"appealed_by_another", "posted", kAppeal, collector, {}, 0, "not_the_actor", {{"actors", "subject"}}},
        Row{"appealed_late", "published", kAppeal, declarer, [](Request& r, PointsEntry&) { on(r, "2026-10-17T00:00"); }, 0, "too_late"},
        Row{"appealed_twice", "posted", kAppeal, declarer, [](Request&, PointsEntry& e) { e.appealed_once = true; }, 0, "appeal_used"},
        Row{"panel_of_two",
            "appealed",
            kUphold,
            panel,
            [](Request& r, PointsEntry&) { r.input.panel->pop_back(); },
            0,
            "panel_wrong",
            {{"why", "too_few"}}},
        Row{"panel_with_the_auditor",
            "appealed",
            kReverse,
            panel,
            [](Request& r, PointsEntry&) { r.input.panel->back() = PersonId("s-st02"); },
            0,
            "panel_wrong",
            {{"why", "auditor"}}},
        Row{"panel_with_the_collector",
            "appealed",
            kUphold,
            panel,
            [](Request& r, PointsEntry&) { r.input.panel->back() = PersonId("s-v206"); },
            0,
            "panel_wrong",
            {{"why", "involved"}}},
        Row{"corrected_alone", "posted", kCorrect, auditor, {}, 0, "needs_second_person"}};
}

INSTANTIATE_TEST_SUITE_P(Taken, PointsEntries, testing::ValuesIn(taken()), [](auto const& tc) { return std::string(tc.param.name); });
INSTANTIATE_TEST_SUITE_P(Refused, PointsEntries, testing::ValuesIn(refused()), [](auto const& tc) { return std::string(tc.param.name); });

TEST(PointsSteps, AllFourteenAreTaken)
{
    std::set<int> numbers;
    for (auto const& row : taken())
        numbers.insert(row.number);
    EXPECT_EQ(numbers.size(), 14U);
}

/// Takes each guard out of the definition: some row of the refusals must notice.
TEST(PointsGuards, EachIsRefusedSomewhereInTheTable)
{
    auto const& whole = demo::definition("points_entry");
    std::set<std::string> names;
    for (auto const& row : whole.transitions)
        for (auto const& guard : row.guards)
            names.insert(guard.name);
    EXPECT_GT(names.size(), 14U);
    auto const attempt = [](Row const& row, workflow::Definition const& definition) {
        auto bench = std::string(row.from) == "-" ? Bench{} : std::string(row.from) == "deduction" ? deducting() : in_state(row.from);
        auto request = bench.request(row.trigger, row.actor());
        if (row.bend)
            row.bend(request, bench.entry);
        return advance(definition, bench.entry, request);
    };
    for (auto const& name : names) {
        auto without = whole;
        for (auto& row : without.transitions)
            std::erase_if(row.guards, [&](workflow::Call const& guard) { return guard.name == name; });
        auto const table = refused();
        EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](Row const& row) {
            try {
                auto const step = attempt(row, without);
                return step.has_value() || step.error() != attempt(row, whole).error();
            } catch (std::exception const&) {
                return true; // an effect met what the guard would have kept away
            }
        })) << name;
    }
}

TEST(PointsSteps, OnlyADeductionIsWarnedAbout)
{
    Bench bench;
    bench.take(kRecord, collector());
    EXPECT_TRUE(bench.last.notices.empty());
    EXPECT_FALSE(bench.entry.warned_at);
    auto const warned = deducting();
    ASSERT_EQ(warned.last.notices.size(), 1U);
    EXPECT_EQ(warned.last.notices[0].id, "N-J04");
    EXPECT_EQ(warned.entry.warned_at, warned.now);
}

TEST(PointsSteps, TheCapPostsTheRestWithANote)
{
    auto bench = in_state("recorded");
    auto request = bench.on("2026-07-05T09:00").request(kApprove, auditor());
    request.facts.posted_in_cap_period_hundredths = 800;
    bench.take(request);
    EXPECT_EQ(bench.entry.posted, Points::whole(2));
    EXPECT_EQ(bench.entry.declared, Points::whole(4));
    EXPECT_TRUE(bench.entry.cap_reached);
    EXPECT_EQ(bench.entry.period, "2026Q2");
    EXPECT_EQ(bench.last.follow_ups[0].kind, workflow::FollowUp::Kind::post_entry);
}

TEST(PointsSteps, DeadlinesFollowTheCycle)
{
    EXPECT_EQ(demo::text(*in_state("recorded").entry.deadline), "2026-08-07T17:30:00") << "fifth working day of the next month";
    EXPECT_EQ(demo::text(*in_state("posted").entry.deadline), "2026-10-20T17:30:00") << "tenth working day after the quarter";
    EXPECT_EQ(demo::text(*in_state("published").entry.deadline), "2026-10-25T00:00:00");
}

TEST(PointsSteps, AnAppealFreezesUntilDecided)
{
    auto bench = in_state("appealed");
    EXPECT_TRUE(bench.entry.flags.frozen);
    bench.take(kReverse, panel());
    EXPECT_FALSE(bench.entry.flags.frozen);
    EXPECT_EQ(bench.last.follow_ups, (std::vector<workflow::FollowUp>{{workflow::FollowUp::Kind::post_reversal, RefNo(1), ""}}));
    EXPECT_EQ(bench.last.notices[0].parameters.at("outcome"), "reversed");
}

} // namespace
} // namespace points_procedure_test
