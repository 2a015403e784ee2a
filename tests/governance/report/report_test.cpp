#include "governance/report/bench.hpp"

#include <algorithm>
#include <functional>

namespace report_test {
namespace {

using namespace governance::case_trigger;
using Bend = std::function<void(Request&, Case&)>;

struct Row {
    char const* name;
    char const* from;
    char const* trigger;
    Actor (*actor)();
    Bend bend;
    int number;       ///< transition taken; 0 when refused
    std::string ends; ///< state reached, or the refusal's code
    std::map<std::string, std::string> details = {};
};
void PrintTo(Row const& row, std::ostream* out)
{
    *out << row.name;
}

class Report : public testing::TestWithParam<Row> {};

TEST_P(Report, TakesOrRefuses)
{
    auto const& row = GetParam();
    auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    if (row.bend)
        row.bend(request, bench.report);
    auto const step = advance(demo::definition("report"), bench.report, request);
    if (row.number == 0) {
        ASSERT_FALSE(step) << step->transition;
        EXPECT_EQ(name(step.error().code), row.ends);
        for (auto const& [key, value] : row.details)
            EXPECT_EQ(step.error().details.at(key), value) << key;
        return;
    }
    ASSERT_TRUE(step) << name(step.error().code);
    EXPECT_EQ(step->transition, "report." + std::to_string(row.number));
    EXPECT_EQ(step->after.state, row.ends);
}

Actor timer()
{
    return Actor::timer();
}
Actor bot()
{
    return Actor::bot();
}
Actor handler_of_the_office()
{
    return someone("s-d22", {"grid_worker", "dept_handler"}, "D06");
}
Actor colleague_of_the_office()
{
    return someone("s-d23", {"grid_worker", "dept_handler"}, "D06");
}
/// A confidential case, of an office with or without somebody else than the handler.
Bend confidential(bool office_checks)
{
    return [office_checks](Request& r, Case& c) {
        c.flags.confidential = true;
        r.facts.office_checks = office_checks;
    };
}
Actor hotline()
{
    return someone("", {"12345"});
}
void on(Request& request, char const* when)
{
    request.now = demo::at(when);
}

std::vector<Row> taken()
{
    return {Row{"t1", "-", kCreate, reporter, {}, 1, "submitted"},
            Row{"t1_hotline_without_place", "-", kCreate, hotline,
                [](Request&, Case& c) {
                    c.source = "12345";
                    c.address.clear();
                },
                1, "submitted"},
            Row{"t1_critical_without_place", "-", kCreate, reporter,
                [](Request&, Case& c) {
                    c.urgency = Urgency::critical;
                    c.address.clear();
                },
                1, "submitted"},
            Row{"t2", "submitted", kAsk, worker, {}, 2, "need_info"},
            Row{"t2_bot", "submitted", kAsk, bot, [](Request&, Case& c) { c.address.clear(); }, 2, "need_info"},
            Row{"t3", "need_info", kSupplement, reporter, {}, 3, "submitted"},
            Row{"t4", "submitted", kAccept, worker, {}, 4, "accepted"},
            Row{"t5", "submitted", kReject, leader, {}, 5, "rejected"},
            Row{"t6", "submitted", kMarkDuplicate, worker, {}, 6, "duplicate"},
            Row{"t6_accepted", "accepted", kMarkDuplicate, dispatcher, {}, 6, "duplicate"},
            Row{"t7_submitted", "submitted", kWithdraw, reporter, {}, 7, "withdrawn"},
            Row{"t7_need_info", "need_info", kWithdraw, reporter, {}, 7, "withdrawn"},
            Row{"t7_accepted", "accepted", kWithdraw, reporter, {}, 7, "withdrawn"},
            Row{"t8", "accepted", kVerifyTrue, worker, {}, 8, "verified"},
            Row{"t9", "accepted", kVerifyFalse, worker, [](Request& r, Case&) { r.concurring = {leader()}; }, 9, "unfounded"},
            Row{"t10", "verified", kInform, worker, {}, 10, "informed"},
            Row{"t11", "informed", kHandle, worker, [](Request&, Case& c) { c.first_level = HandlerLevel::grid; }, 11, "self_handling"},
            Row{"t12", "informed", kEscalate, worker, {}, 12, "escalated"},
            Row{"t13", "escalated", kEscalate, committee, {}, 13, "escalated"},
            Row{"t14_informed", "informed", kDispatch, dispatcher, {}, 14, "dispatched"},
            Row{"t14_escalated", "escalated", kDispatch, dispatcher, {}, 14, "dispatched"},
            Row{"t15", "dispatched", kSign, handler, {}, 15, "signed"},
            Row{"t16", "dispatched", kReturn, handler, {}, 16, "order_returned"},
            Row{"t17", "order_returned", kDispatch, dispatcher, {}, 17, "dispatched"},
            Row{"t18", "signed", kStart, handler, {}, 18, "in_progress"},
            Row{"t19_dispatched", "dispatched", kWhistle, committee, [](Request& r, Case&) { r.input.reason_code = "enforcement"; }, 19,
                "whistled"},
            Row{"t19_escalated", "escalated", kWhistle, dispatcher, [](Request& r, Case&) { r.input.reason_code = "emergency"; }, 19,
                "whistled"},
            Row{"t19_in_progress", "in_progress", kWhistle, committee, [](Request& r, Case&) { r.input.reason_code = "enforcement"; }, 19,
                "whistled"},
            Row{"t20", "whistled", kPlanAgreed, handler, {}, 20, "in_progress"},
            Row{"t21", "in_progress", kExtend, handler, {}, 21, "in_progress"},
            Row{"t22", "in_progress", kDone, handler, {}, 22, "done_claimed"},
            Row{"t22_grid", "self_handling", kDone, worker, {}, 22, "done_claimed"},
            Row{"t23", "done_claimed", kCheckFailed, leader, {}, 23, "in_progress"},
            Row{"t24", "done_claimed", kFeedBack, leader, {}, 24, "feedback"},
            Row{"t24_committee", "done_claimed", kFeedBack, committee, {}, 24, "feedback"},
            Row{"t23_confidential_by_the_reporter", "done_claimed", kCheckFailed, reporter, confidential(false), 23, "in_progress"},
            Row{"t24_confidential_by_the_reporter", "done_claimed", kFeedBack, reporter, confidential(false), 24, "feedback"},
            Row{"t24_confidential_by_a_colleague", "done_claimed", kFeedBack, colleague_of_the_office, confidential(true), 24, "feedback"},
            Row{"t25", "feedback", kRate, reporter, {}, 25, "closed"},
            Row{"t25_silence", "feedback", kRate, timer, [](Request& r, Case&) { on(r, "2026-07-07T00:00"); }, 25, "closed"},
            Row{"t26", "feedback", kReopen, reporter, [](Request& r, Case&) { r.input.stars = 2; }, 26, "in_progress"},
            Row{"t26_unsolved", "closed", kReopen, reporter, [](Request& r, Case&) { r.input.unsolved = true; }, 26, "in_progress"},
            Row{"t26_supervisor", "closed", kReopen, supervisor, [](Request&, Case& c) { c.reopened = 2; }, 26, "in_progress"}};
}

std::vector<Row> refused()
{
    return {
        Row{"problem_given", "-", kCreate, reporter, [](Request&, Case& c) { c.text.clear(); }, 0, "missing_item", {{"item", "text"}}},
        Row{"place_given", "-", kCreate, reporter, [](Request&, Case& c) { c.address.clear(); }, 0, "missing_item", {{"item", "address"}}},
        Row{"may_wait", "submitted", kAsk, worker, [](Request&, Case& c) { c.urgency = Urgency::critical; }, 0, "critical_never_waits"},
        Row{"something_missing", "submitted", kAsk, worker, [](Request& r, Case&) { r.input.reason.reset(); }, 0, "nothing_missing"},
        Row{"something_added", "need_info", kSupplement, reporter, [](Request& r, Case&) { r.input.pictures = 0; }, 0, "missing_item"},
        Row{"supplement_by_another", "need_info", kSupplement, worker, {}, 0, "not_the_actor", {{"actors", "reporter"}}},
        Row{"reject_by_a_worker", "submitted", kReject, worker, {}, 0, "not_the_actor", {{"actors", "grid_leader"}}},
        Row{"reason_code_in", "submitted", kReject, leader, [](Request& r, Case&) { r.input.reason_code = "busy"; }, 0, "bad_item"},
        Row{"channel_named",
            "submitted",
            kReject,
            leader,
            [](Request& r, Case&) { r.input.channel.reset(); },
            0,
            "missing_item",
            {{"item", "channel"}}},
        Row{"not_the_same_place",
            "submitted",
            kMarkDuplicate,
            worker,
            [](Request& r, Case&) { r.facts.target->same_place = false; },
            0,
            "not_the_same_matter",
            {{"ref", "3"}}},
        Row{"too_old_and_closed", "submitted", kMarkDuplicate, worker,
            [](Request& r, Case&) {
                r.facts.target->alive = false;
                r.facts.target->opened_at = r.now - std::chrono::hours{73};
            },
            0, "not_the_same_matter"},
        Row{"duplicate_of_itself", "submitted", kMarkDuplicate, worker, [](Request& r, Case&) { r.facts.target->no = RefNo(7); }, 0,
            "merge_with_itself"},
        Row{"not_critical", "submitted", kWithdraw, reporter, [](Request&, Case& c) { c.urgency = Urgency::critical; }, 0,
            "critical_not_withdrawn"},
        Row{"visit_noted",
            "accepted",
            kVerifyTrue,
            worker,
            [](Request& r, Case&) {
                r.input.pictures = 0;
                r.input.result.reset();
            },
            0,
            "missing_item",
            {{"item", "result"}}},
        Row{"unfounded_needs_two", "accepted", kVerifyFalse, worker, {}, 0, "needs_second_person", {{"roles", "grid_worker|committee"}}},
        Row{"unfounded_same_person", "accepted", kVerifyFalse, worker, [](Request& r, Case&) { r.concurring = {worker()}; }, 0,
            "same_person"},
        Row{"grid_handles", "informed", kHandle, worker, {}, 0, "beyond_the_grid", {{"level", "community"}}},
        Row{"beyond_grid", "informed", kEscalate, worker,
            [](Request& r, Case& c) {
                c.first_level = HandlerLevel::grid;
                r.input.reason.reset();
            },
            0, "within_the_grid"},
        Row{"not_at_top", "escalated", kEscalate, committee, [](Request&, Case& c) { c.level = CaseLevel::district; }, 0, "at_the_top"},
        Row{"unit_unknown", "informed", kDispatch, dispatcher, [](Request& r, Case&) { r.facts.unit_known = false; }, 0, "unit_unknown"},
        Row{"unit_named",
            "informed",
            kDispatch,
            dispatcher,
            [](Request& r, Case& c) {
                r.input.unit.reset();
                c.handler_unit.clear();
            },
            0,
            "missing_item",
            {{"item", "unit"}}},
        Row{"own_department_signs", "dispatched", kSign, other_department, {}, 0, "not_the_handler", {{"handler", "D06"}}},
        Row{"own_department_starts", "signed", kStart, other_department, {}, 0, "not_the_handler"},
        Row{"returned_late", "dispatched", kReturn, handler, [](Request& r, Case&) { on(r, "2026-07-02T17:31"); }, 0, "too_late"},
        Row{"returned_though_designated", "dispatched", kReturn, handler, [](Request&, Case& c) { c.designated = true; }, 0,
            "already_designated"},
        Row{"return_names_the_unit", "dispatched", kReturn, handler, [](Request& r, Case&) { r.input.unit.reset(); }, 0, "missing_item"},
        Row{"whistle_reason", "dispatched", kWhistle, committee, {}, 0, "bad_item"},
        Row{"extended_late", "in_progress", kExtend, handler, [](Request& r, Case&) { on(r, "2026-07-08T17:30"); }, 0, "too_late"},
        Row{"extended_thrice",
            "in_progress",
            kExtend,
            handler,
            [](Request&, Case& c) { c.extensions = 2; },
            0,
            "extension_limit",
            {{"max", "2"}}},
        Row{"extended_too_far", "in_progress", kExtend, handler, [](Request& r, Case&) { r.input.days = 6; }, 0, "extension_limit"},
        Row{"extended_by_nothing", "in_progress", kExtend, handler, [](Request& r, Case&) { r.input.days = 0; }, 0, "out_of_range"},
        Row{"done_by_another", "in_progress", kDone, worker, {}, 0, "not_the_actor", {{"actors", "handler"}}},
        Row{"done_without_a_picture",
            "in_progress",
            kDone,
            handler,
            [](Request& r, Case&) { r.input.pictures = 0; },
            0,
            "missing_item",
            {{"item", "pictures"}}},
        Row{"checked_by_the_handler", "done_claimed", kFeedBack, worker, [](Request&, Case& c) { c.handler = PersonId("s-gw01"); }, 0,
            "checker_is_handler"},
        Row{"confidential_by_the_reporter_though_the_office_can", "done_claimed", kFeedBack, reporter, confidential(true), 0,
            "not_the_actor"},
        Row{"ordinary_by_the_reporter", "done_claimed", kFeedBack, reporter, {}, 0, "not_the_actor"},
        Row{"confidential_by_the_handler", "done_claimed", kFeedBack, handler_of_the_office, confidential(true), 0, "checker_is_handler"},
        Row{"rated_badly", "feedback", kRate, reporter, [](Request& r, Case&) { r.input.stars = 2; }, 0, "rated_badly", {{"stars", "2"}}},
        Row{"six_stars", "feedback", kRate, reporter, [](Request& r, Case&) { r.input.stars = 6; }, 0, "out_of_range"},
        Row{"silence_not_over", "feedback", kRate, timer, [](Request& r, Case&) { on(r, "2026-07-06T23:59"); }, 0, "too_early"},
        Row{"reopened_with_five_stars", "closed", kReopen, reporter, {}, 0, "not_rated_badly"},
        Row{"reopened_thrice", "closed", kReopen, reporter,
            [](Request& r, Case& c) {
                c.reopened = 2;
                r.input.stars = 1;
            },
            0, "reopen_limit"},
        Row{"reopened_late", "closed", kReopen, reporter,
            [](Request& r, Case&) {
                on(r, "2026-07-19T00:00");
                r.input.stars = 1;
            },
            0, "too_late"},
        Row{"wrong_state", "submitted", kDone, handler, {}, 0, "wrong_state", {{"state_title", "已提交"}, {"next", "accept"}}}};
}

INSTANTIATE_TEST_SUITE_P(Taken, Report, testing::ValuesIn(taken()), [](auto const& tc) { return std::string(tc.param.name); });
INSTANTIATE_TEST_SUITE_P(Refused, Report, testing::ValuesIn(refused()), [](auto const& tc) { return std::string(tc.param.name); });

TEST(ReportTransitions, AllTwentySixAreTaken)
{
    std::set<int> numbers;
    for (auto const& row : taken())
        numbers.insert(row.number);
    EXPECT_EQ(numbers.size(), 26U);
}

/// Takes each guard out of the definition: some row of the refusals must notice.
TEST(ReportGuards, EachIsRefusedSomewhereInTheTable)
{
    auto const& whole = demo::definition("report");
    std::set<std::string> names;
    for (auto const& row : whole.transitions)
        for (auto const& guard : row.guards)
            names.insert(guard.name);
    EXPECT_GT(names.size(), 18U);
    auto const attempt = [](Row const& row, workflow::Definition const& definition) {
        auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
        auto request = bench.request(row.trigger, row.actor());
        if (row.bend)
            row.bend(request, bench.report);
        return advance(definition, bench.report, request);
    };
    for (auto const& name : names) {
        auto without = whole;
        for (auto& row : without.transitions)
            std::erase_if(row.guards, [&](workflow::Call const& guard) { return guard.name == name; });
        auto const table = refused();
        EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](Row const& row) {
            auto const step = attempt(row, without);
            return step.has_value() || step.error() != attempt(row, whole).error();
        })) << name;
    }
}

std::string due(Step<Case> const& step, std::string const& timer, int percent = 100)
{
    for (auto const& firing : step.arm)
        if (firing.timer == timer && firing.percent == percent)
            return demo::text(firing.due);
    return "none";
}

TEST(ReportClocks, FollowTheUrgency)
{
    struct Clock {
        Urgency urgency;
        char const* accept;
        char const* verify;
        char const* resolve;
    };
    for (auto const& [urgency, accept, verify, resolve] :
         {Clock{Urgency::critical, "2026-07-01T09:05:00", "2026-07-01T09:30:00", "2026-07-02T09:00:00"},
          Clock{Urgency::urgent, "2026-07-01T09:30:00", "2026-07-01T13:00:00", "2026-07-02T17:30:00"},
          Clock{Urgency::normal, "2026-07-01T15:00:00", "2026-07-02T17:30:00", "2026-07-08T17:30:00"}}) {
        Bench bench;
        bench.report.urgency = urgency;
        bench.take(kCreate, reporter());
        EXPECT_EQ(due(bench.last, "accept"), accept);
        bench.take(kAccept, worker());
        EXPECT_EQ(due(bench.last, "verify"), verify);
        EXPECT_EQ(due(bench.last, "resolve"), resolve);
    }
}

TEST(ReportClocks, NormalRemindersRunInOfficeHours)
{
    auto const bench = in_state("submitted");
    EXPECT_EQ(due(bench.last, "accept", 50), "2026-07-01T11:00:00");
    EXPECT_EQ(due(bench.last, "accept", 80), "2026-07-01T14:12:00");
}

TEST(ReportClocks, TheResidentsClockRunsOnWhoeverHasTheCase)
{
    auto bench = in_state("dispatched");
    EXPECT_EQ(demo::text(*bench.report.resolve_due), "2026-07-08T17:30:00");
    auto request = bench.on("2026-07-08T17:30").request("", Actor::timer());
    auto const late = fire(demo::definition("report"), bench.report, "resolve", 100, request);
    ASSERT_TRUE(late);
    EXPECT_TRUE(late->after.flags.overdue);
    EXPECT_EQ(late->told, "street");
    EXPECT_EQ(late->notices[0].id, "N-R17");
    EXPECT_EQ(late->notices[0].parameters.at("actors"), "dept_handler");
}

TEST(ReportClocks, AnExtensionMovesTheClockAndItsReminders)
{
    auto bench = in_state("in_progress");
    bench.take(kExtend, handler());
    EXPECT_EQ(demo::text(*bench.report.resolve_due), "2026-07-10T17:30:00");
    EXPECT_EQ(due(bench.last, "resolve"), "2026-07-10T17:30:00");
    EXPECT_EQ(due(bench.last, "in_progress"), "2026-07-10T17:30:00");
    EXPECT_EQ(demo::text(*bench.report.deadline), "2026-07-10T17:30:00");
    EXPECT_EQ(demo::text(*bench.report.original_due), "2026-07-08T17:30:00");
}

TEST(ReportClocks, ACriticalCaseCallsAgainUntilSomebodyAccepts)
{
    Bench bench;
    bench.report = blank("public_safety", "gas_leak");
    bench.on("2026-07-01T02:00").take(kCreate, reporter());
    EXPECT_EQ(bench.report.urgency, Urgency::critical) << "the routing table's urgency is the least";
    EXPECT_EQ(due(bench.last, "alarm"), "2026-07-01T02:03:00");
    auto const again =
        fire(demo::definition("report"), bench.report, "alarm", 100, bench.on("2026-07-01T02:03").request("", Actor::timer()));
    EXPECT_EQ(due(*again, "alarm"), "2026-07-01T02:06:00");
    bench.take(kAccept, worker());
    EXPECT_NE(std::find(bench.last.cancel.begin(), bench.last.cancel.end(), "alarm"), bench.last.cancel.end());
    EXPECT_EQ(due(in_state("submitted").last, "alarm"), "none") << "only danger repeats itself";
}

TEST(ReportClocks, AnAlarmThatNobodyHearsEndsAfterAFewTimes)
{
    Bench bench;
    bench.report = blank("public_safety", "gas_leak");
    bench.on("2026-07-01T02:00").take(kCreate, reporter());
    std::vector<std::string> times;
    for (auto next = due(bench.last, "alarm"); next != "none"; next = due(bench.last, "alarm")) {
        auto step = fire(demo::definition("report"), bench.report, "alarm", 100, bench.on(next.c_str()).request("", Actor::timer()));
        ASSERT_TRUE(step);
        times.push_back(step->notices.at(0).parameters.at("time") + " " + next.substr(11, 5));
        bench.last = *step;
        bench.report = step->after;
        ASSERT_LT(times.size(), 100U) << "without end";
    }
    EXPECT_EQ(times, (std::vector<std::string>{"1 02:03", "2 02:06", "3 02:09", "4 02:12", "5 02:15", "6 02:18"}));
    bench.take(kAccept, worker());
    EXPECT_TRUE(bench.report.rung.empty()) << "another stay counts from the beginning";
}

TEST(ReportClocks, EachAlarmReachesOneLevelMore)
{
    for (auto const& [time, level] :
         std::map<int, char const*>{{0, "grid"}, {1, "grid"}, {2, "community"}, {3, "street"}, {4, "district"}, {9, "district"}})
        EXPECT_STREQ(name(alarm_level(time)), level) << time;
}

TEST(ReportRouting, FreezesLevelConfidentialityAndDepartment)
{
    Bench bench;
    bench.report = blank("integrity", "conduct");
    bench.take(kCreate, reporter());
    EXPECT_TRUE(bench.report.flags.confidential);
    EXPECT_EQ(bench.report.first_level, HandlerLevel::department);
    EXPECT_EQ(bench.report.handler_unit, "D20");
    bench = Bench{};
    bench.report = blank("no", "such");
    bench.take(kCreate, reporter());
    EXPECT_EQ(bench.report.subcategory, "unknown");
}

TEST(ReportClosing, SilenceStaysUnrated)
{
    auto bench = in_state("feedback");
    auto const step =
        fire(demo::definition("report"), bench.report, "feedback", 100, bench.on("2026-07-07T00:00").request("", Actor::timer()));
    ASSERT_TRUE(step);
    EXPECT_EQ(step->after.state, "closed");
    EXPECT_FALSE(step->after.stars);
}

TEST(ReportClosing, AfterTwoReopeningsABadRatingClosesUnderSupervision)
{
    auto bench = in_state("feedback");
    bench.report.reopened = 2;
    EXPECT_EQ(trigger_of_rating(bench.report, 1, false), kRate);
    auto rating = bench.request(kRate, reporter());
    rating.input.stars = 1;
    bench.take(rating);
    EXPECT_TRUE(bench.report.flags.supervised);
    EXPECT_EQ(bench.last.told, "supervisor");
    EXPECT_EQ(trigger_of_rating(in_state("feedback").report, 2, false), kReopen);
    EXPECT_EQ(trigger_of_rating(in_state("feedback").report, 5, true), kReopen);
    EXPECT_EQ(trigger_of_rating(in_state("feedback").report, 3, false), kRate);
}

TEST(ReportDispatch, AUnitDesignatedAgainMayNotReturn)
{
    auto bench = in_state("order_returned");
    bench.take(kDispatch, dispatcher());
    EXPECT_TRUE(bench.report.designated);
    auto elsewhere = in_state("order_returned");
    auto request = elsewhere.request(kDispatch, dispatcher());
    request.input.unit = "D05";
    elsewhere.take(request);
    EXPECT_FALSE(elsewhere.report.designated);
}

TEST(Duty, HandlerAndCheckerAreDifferentPeople)
{
    using Names = std::vector<std::string>;
    auto const usual = grid_duty({"w"}, {"l"}, {"c"});
    EXPECT_EQ(usual.handler, "w");
    EXPECT_EQ(usual.checkers, Names{"l"});
    auto const no_worker = grid_duty({}, {"l"}, {"c", "l"});
    EXPECT_EQ(no_worker.handler, "l");
    EXPECT_EQ(no_worker.checkers, Names{"c"});
    auto const both = grid_duty({"x"}, {"x"}, {"c"});
    EXPECT_EQ(both.checkers, Names{"c"});
    EXPECT_FALSE(grid_duty({}, {}, {"c"}).handler);
}

TEST(Sla, TheFileOfTheDistrictHasTheFiguresOfTheDomain)
{
    auto const expected = default_sla();
    int rows = 0;
    for (auto const& cells : demo::csv("sla.csv")) {
        std::string fault;
        auto const row = parse_sla_row(cells, fault);
        ASSERT_TRUE(row) << fault;
        auto const& wanted = expected.rows.at(cells.at("urgency"));
        auto const base = demo::at("2026-07-01T09:00");
        for (auto limit : {&SlaRow::accept, &SlaRow::verify, &SlaRow::inform, &SlaRow::dispatch, &SlaRow::sign, &SlaRow::resolve})
            EXPECT_EQ(add(demo::calendar(), base, (*row).*limit), add(demo::calendar(), base, wanted.*limit)) << cells.at("urgency");
        EXPECT_EQ(row->remind_at, wanted.remind_at);
        ++rows;
    }
    EXPECT_EQ(rows, 4);
}

TEST(Sla, AFaultyCellIsNamed)
{
    auto const good = demo::csv("sla.csv").front();
    for (auto const* column : {"accept_min", "verify", "inform_reporter", "dispatch_min", "resolve", "remind_at", "clock"}) {
        auto cells = good;
        cells[column] = "soon";
        std::string fault;
        EXPECT_FALSE(parse_sla_row(cells, fault));
        EXPECT_EQ(fault, column);
    }
}

TEST(Routing, ReadsTheWholeTableAndNamesFaultyCells)
{
    EXPECT_EQ(routing().entries.size(), 75U);
    auto const* lift = routing().find("public_safety", "elevator");
    ASSERT_NE(lift, nullptr);
    EXPECT_EQ(lift->emergency_numbers, (std::vector<std::string>{"96333", "119"}));
    EXPECT_EQ(lift->fallback_without_property, "C_SELF");
    EXPECT_EQ(routing().find("a", "b")->subcategory, "unknown");
    auto cells = demo::csv("routing.csv").front();
    cells["default_urgency"] = "soon";
    std::string fault;
    EXPECT_FALSE(parse_routing_row(cells, fault));
    EXPECT_EQ(fault, "default_urgency");
}

TEST(Rates, OfTheAcceptanceVectors)
{
    auto const vectors = demo::json("acceptance_vectors.json").at("rates");
    auto const got =
        rates({vectors["response"]["dispatched"], vectors["response"]["signed_in_time"], vectors["solution"]["rated_or_checked"],
               vectors["solution"]["solved"], vectors["satisfaction"]["rated"], vectors["satisfaction"]["stars_3_or_more"]});
    EXPECT_EQ(got.response, 9500);
    EXPECT_EQ(got.solution, 8750);
    EXPECT_EQ(got.satisfaction, 9000);
    EXPECT_EQ(rates({}).satisfaction, 0);
}

TEST(CaseWords, MeanWhatTheStateMakesOfThem)
{
    EXPECT_EQ(trigger_of_case_action("start", "", "informed", false), kHandle);
    EXPECT_EQ(trigger_of_case_action("start", "", "signed", false), kStart);
    EXPECT_EQ(trigger_of_case_action("verify", "false", "accepted", false), kVerifyFalse);
    EXPECT_EQ(trigger_of_case_action("close", "", "done_claimed", false), kFeedBack);
    EXPECT_EQ(trigger_of_case_action("reopen", "", "done_claimed", false), kCheckFailed);
    EXPECT_EQ(trigger_of_case_action("reopen", "", "done_claimed", true), kCheckFailed);
    EXPECT_EQ(trigger_of_case_action("reopen", "", "closed", true), kReopen);
    EXPECT_EQ(trigger_of_case_action("dance", "", "closed", true), std::nullopt);
}

} // namespace
} // namespace report_test
