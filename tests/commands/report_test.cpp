#include "commands/conversation_fixture.hpp"

#include "storage/verify.hpp"

#include <algorithm>

namespace commands::test {
namespace {

/// Reports in C1: R001 lives in building 3 of grid G01, whose worker is S-G01W and whose leader is S-G01L.
class Reports : public ConversationTest {
protected:
    static constexpr char const* kLamp = "上报 江南水都小区3栋楼道灯不亮";

    std::string state_of(std::int64_t no) { return state(no, "C1"); }
    std::string say_with_picture(std::string const& user, std::string const& text)
    {
        auto made = event(user, text, "");
        made.media.push_back({chat::MediaKind::image, "pic", ""});
        return handle(made).text;
    }
    void handle_lamp()
    {
        say("u0001", kLamp);
        say("s-g01w", "受理 1");
        say("s-g01w", "1核实属实，灯管坏了");
        say("s-g01w", "1 已告知，明天上午换");
        say("s-g01w", "1 开始办理");
    }
    void finish_lamp()
    {
        say_with_picture("s-g01w", "1办好了 灯管已换");
        say("s-g01l", "核验 1 通过");
    }
    void finish_integrity();
    void put_out_fire(std::string const& words);
    void expect_books_in_order()
    {
        store_->read_now([&](storage::Database& db) {
            auto const report = storage::verify_books(db);
            EXPECT_TRUE(report.ok()) << (report.faults.empty() ? "" : report.faults.front());
        });
    }
    std::int64_t count(std::string const& sql)
    {
        std::int64_t found = 0;
        store_->read_now([&](storage::Database& db) {
            auto rows = db.query(sql);
            found = rows.next() ? rows.integer(0) : 0;
        });
        return found;
    }
    template <class List>
    static std::string texts_to(List const& queued, std::string const& recipient)
    {
        std::string all;
        for (auto const& message : queued)
            if (message.recipient == recipient)
                all += message.notice + " " + message.text + "\n";
        return all;
    }
};

TEST_F(Reports, GridHandlesItFromReceiptToClosing)
{
    auto const receipt = say("u0001", kLamp);
    EXPECT_NE(receipt.find("编号 1"), std::string::npos) << receipt;
    EXPECT_NE(receipt.find("4个工作小时"), std::string::npos) << receipt;
    EXPECT_NE(find_queued(take_queued(), "N-B05", "S-G01W").text.find("受理 1"), std::string::npos);
    say("s-g01w", "受理 1");
    EXPECT_EQ(state_of(1), "accepted");
    EXPECT_NE(find_queued(take_queued(), "N-R03", "R001").text, "");
    say("s-g01w", "1核实属实，灯管坏了");
    EXPECT_EQ(state_of(1), "verified");
    say("s-g01w", "1 已告知，明天上午换");
    EXPECT_EQ(state_of(1), "informed");
    say("s-g01w", "1 开始办理");
    EXPECT_EQ(state_of(1), "self_handling");
    auto const asked = say("s-g01w", "1办好了 灯管已换");
    EXPECT_NE(asked.find("照片"), std::string::npos) << asked;
    say_with_picture("s-g01w", "");
    EXPECT_EQ(state_of(1), "done_claimed");
    auto const own = say("s-g01w", "核验 1 通过");
    EXPECT_NE(own.find("办理人"), std::string::npos) << own;
    EXPECT_EQ(state_of(1), "done_claimed");
    say("s-g01l", "核验 1 通过");
    EXPECT_EQ(state_of(1), "feedback");
    EXPECT_NE(find_queued(take_queued(), "N-R12", "R001").text.find("灯管已换"), std::string::npos);
    EXPECT_NE(say("u0001", "进度 1").find("灯管已换"), std::string::npos);
    EXPECT_EQ(say("u0004", "进度 1").find("灯管已换"), std::string::npos) << "neighbours see state and place only";
    auto const rated = say("u0001", "评单 1 5星 很及时");
    EXPECT_NE(rated.find("5 星"), std::string::npos) << rated;
    EXPECT_EQ(state_of(1), "closed");
    EXPECT_NE(find_queued(take_queued(), "N-R13", "CG-G01").text.find("已办结"), std::string::npos);
    expect_books_in_order();
}

TEST_F(Reports, ARatingChangedBehindTheProgramsBackIsNamed)
{
    handle_lamp();
    finish_lamp();
    say("u0001", "评单 1 5星 很及时");
    say("u0001", "评单 1 1星 又坏了");
    finish_lamp();
    say("u0001", "评单 1 4星 修好了");
    ASSERT_EQ(count("SELECT COUNT(*) FROM rating"), 2);
    expect_books_in_order();
    for (auto const* sql : {"DELETE FROM rating WHERE round = 2", "UPDATE rating SET score = 5 WHERE round = 1",
                            "UPDATE rating SET comment = '很好' WHERE round = 2",
                            "INSERT INTO rating (community, no, round, rater, person, score, comment, at) "
                            "VALUES ('C1', 1, 2, 'R004', 'R004', 5, '', 0)"})
        EXPECT_NE(fault_after(sql).find("C1 的事项 1"), std::string::npos) << sql << ": " << fault_after(sql);
}

TEST_F(Reports, DangerGetsItsNumberAtOnceEvenFromAStrangerAtNight)
{
    set_time("2026-07-02 02:00");
    auto const reply = say_in("CG-G01", "stranger", "着火了着火了！江南水都3栋4楼冒黑烟");
    EXPECT_NE(reply.find("119"), std::string::npos) << reply;
    EXPECT_NE(reply.find("机器人不能代替报警"), std::string::npos) << reply;
    EXPECT_EQ(state_of(1), "submitted");
    // Lane 0 passes quiet hours; leader, worker and the committees' group are called, the group itself was answered.
    EXPECT_EQ(count("SELECT COUNT(*) FROM outbox WHERE notice = 'N-R15' AND lane = 0"), 3);
    auto const queued = take_queued();
    for (auto const* who : {"S-G01L", "S-G01W", "CG-C1W"})
        EXPECT_NE(find_queued(queued, "N-R15", who).text, "") << who;
    EXPECT_EQ(find_queued(queued, "N-R15", "CG-G01").text, "");
    set_time("2026-07-02 02:03");
    EXPECT_NE(find_queued(take_queued(), "N-B05", "S-G01L").text, "") << "repeats until somebody takes it";
    say("s-g01l", "受理 1");
    EXPECT_EQ(state_of(1), "accepted");
    take_queued();
    set_time("2026-07-02 02:09");
    EXPECT_EQ(texts_to(take_queued(), "S-G01L"), "");
}

TEST_F(Reports, DangerThatNobodyTakesClimbsALevelEachTimeAndThenEnds)
{
    set_time("2026-07-02 02:00");
    say_in("CG-G01", "u0001", "着火了着火了！江南水都3栋4楼冒黑烟");
    take_queued();
    struct Alarm {
        char const* at;
        char const* reaches;
        std::vector<char const*> spares;
    };
    for (auto const& alarm :
         {Alarm{"2026-07-02 02:03", "S-G01L", {"S-C101", "S-ST03", "S-D05"}}, Alarm{"2026-07-02 02:06", "S-C101", {"S-ST03", "S-D05"}},
          Alarm{"2026-07-02 02:09", "S-ST03", {"S-D05"}}, Alarm{"2026-07-02 02:12", "S-D05", {"S-ST03"}}}) {
        set_time(alarm.at);
        auto const queued = take_queued();
        EXPECT_NE(find_queued(queued, "N-B05", alarm.reaches).text, "") << alarm.at;
        EXPECT_NE(find_queued(queued, "N-B05", "S-G01W").text, "") << alarm.at;
        EXPECT_EQ(find_queued(queued, "N-R15", "CG-STD").text.empty(), std::string{alarm.reaches} != "S-ST03") << alarm.at;
        for (auto const* spared : alarm.spares)
            EXPECT_EQ(find_queued(queued, "N-B05", spared).text, "") << alarm.at << " " << spared;
    }
    set_time("2026-07-05 09:00");
    EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE job_key LIKE 'm/1/alarm/%'"), 6);
    EXPECT_LT(take_queued().size(), 30U);
}

TEST_F(Reports, ABigClockJumpRingsAFewTimesOnly)
{
    set_time("2026-07-02 02:00");
    say("u0001", "着火了着火了！江南水都3栋4楼冒黑烟");
    take_queued();
    set_time("2026-09-02 02:00");
    EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE job_key LIKE 'm/1/alarm/%'"), 6);
    EXPECT_LT(take_queued().size(), 60U);
    EXPECT_EQ(state_of(1), "submitted");
}

/// A fire that its department has put out and the grid has checked.
void Reports::put_out_fire(std::string const& words)
{
    say("u0001", "着火了着火了！江南水都3栋4楼冒黑烟");
    for (auto const* step : {"受理 1", "1核实属实，4楼厨房", "1 已告知，消防在路上"})
        say("s-g01l", step);
    say("s-st03", "1 派单 消防");
    for (auto const* step : {"签收1", "1 开始办理"})
        say("s-d05", step);
    ASSERT_EQ(state_of(1), "in_progress");
    take_queued();
    say_with_picture("s-d05", words);
    ASSERT_EQ(state_of(1), "done_claimed");
    say("s-g01w", "核验 1 通过");
    ASSERT_EQ(state_of(1), "feedback");
}

TEST_F(Reports, NeighboursHearThatADangerIsOver)
{
    put_out_fire("1办好了 火已扑灭 原因：电线老化");
    auto const queued = take_queued();
    auto const told = find_queued(queued, "N-R16", "CG-G01").text;
    EXPECT_NE(told.find("险情已处置：已处理好"), std::string::npos) << told;
    EXPECT_NE(told.find("原因 电线老化"), std::string::npos) << told;
    EXPECT_NE(find_queued(queued, "N-R12", "R001").text.find("火已扑灭"), std::string::npos) << texts_to(queued, "R001");
    say("u0001", "评单 1 1星 又冒烟了");
    ASSERT_EQ(state_of(1), "in_progress");
    say_with_picture("s-d05", "1办好了 火已扑灭");
    say("s-g01w", "核验 1 通过");
    EXPECT_EQ(find_queued(take_queued(), "N-R16", "CG-G01").text, "") << "the group is told once";
}

TEST_F(Reports, NobodyAndNoFlatIsNamedWhenADangerIsOver)
{
    put_out_fire("1办好了 火已扑灭 原因：501室没关煤气");
    auto const told = find_queued(take_queued(), "N-R16", "CG-G01").text;
    EXPECT_NE(told.find("险情已处置"), std::string::npos) << told;
    EXPECT_EQ(told.find("501"), std::string::npos) << told;
}

TEST_F(Reports, AFalseAlarmEndsWithoutBlame)
{
    say("u0001", "着火了着火了！江南水都3栋4楼冒黑烟");
    say("s-g01w", "受理 1");
    take_queued();
    say("s-g01w", "1 不属实，是在熏腊肉");
    click("s-g01l", find_queued(take_queued(), "N-B05", "S-G01L").task_id, "agree");
    ASSERT_EQ(state_of(1), "unfounded");
    auto const told = find_queued(take_queued(), "N-R16", "CG-G01").text;
    EXPECT_NE(told.find("没有险情"), std::string::npos) << told;
    EXPECT_EQ(told.find("腊肉"), std::string::npos) << told;
}

TEST_F(Reports, AUsefulReportEarnsItsFirstReporterPointsOnce)
{
    say("u0001", kLamp);
    say("u0004", kLamp);
    say("s-g01w", "受理 1");
    EXPECT_EQ(count("SELECT COUNT(*) FROM points_entry"), 0);
    say("s-g01w", "1核实属实，灯管坏了");
    EXPECT_EQ(count("SELECT COUNT(*) FROM points_entry"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM points_entry WHERE subject = 'R001' AND item = 'HA-03' AND state = 'declared'"), 1);
    say("s-c106", "审核 P1 通过");
    take_queued();
    say("s-st02", "审核 P1 通过");
    EXPECT_EQ(count("SELECT posted FROM points_entry"), 100);
    auto const thanked = find_queued(take_queued(), "N-R20", "R001").text;
    EXPECT_NE(thanked.find("您反映的 1 属实有效，奖励 1 分积分"), std::string::npos) << thanked;
    expect_books_in_order();
}

TEST_F(Reports, TheReportersOfTheseEarnNothing)
{
    struct Unpaid {
        char const* what;
        char const* user;
        char const* text;
    };
    store_->write_now([](storage::Database& db) {
        db.run("INSERT INTO role_grant (community, person, role, scope, granted_at, source) VALUES ('C1', 'R005', 'grid_worker', 'G01', 0, "
               "'test')");
    });
    std::int64_t no = 0;
    for (auto const& unpaid :
         {Unpaid{"danger", "u0001", "着火了着火了！江南水都3栋4楼冒黑烟"},
          Unpaid{"anonymous", "u0001", "匿名上报 江南水都小区3栋旁边路灯不亮"}, Unpaid{"staff", "u0005", "上报 江南水都小区3栋单元门坏了"},
          Unpaid{"complaint", "u0001", "上报 江南水都小区3栋楼上邻居半夜吵闹，矛盾很大"}}) {
        say(unpaid.user, unpaid.text);
        auto const ref = std::to_string(++no);
        ASSERT_EQ(state_of(no), "submitted") << unpaid.what;
        say("s-g01l", "受理 " + ref);
        say("s-g01l", ref + "核实属实，看过了");
        EXPECT_EQ(state_of(no), "verified") << unpaid.what;
        EXPECT_EQ(count("SELECT COUNT(*) FROM points_entry"), 0) << unpaid.what;
    }
}

TEST_F(Reports, DangerWithoutAPlaceIsAskedForItAfterwards)
{
    auto const reply = say("u0001", "救命 漏煤气了");
    EXPECT_NE(reply.find("119"), std::string::npos) << reply;
    EXPECT_NE(reply.find("具体位置"), std::string::npos) << reply;
    take_queued();
    say("u0001", "江南水都3栋2单元");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-R15", "S-G01L").text.find("3栋"), std::string::npos) << texts_to(queued, "S-G01L");
}

TEST_F(Reports, AStrangerMayReportNothingElse)
{
    auto const reply = say("stranger", kLamp);
    EXPECT_NE(reply.find("绑定"), std::string::npos) << reply;
    EXPECT_EQ(state_of(1), "none");
}

TEST_F(Reports, IntegrityIsKnownToItsReporterAndOneHandlerOnly)
{
    auto const reply = say("u0001", "匿名上报 社区低保名额给了干部家亲戚");
    EXPECT_NE(reply.find("编号 1"), std::string::npos) << reply;
    auto const queued = take_queued();
    ASSERT_FALSE(queued.empty());
    for (auto const& message : queued)
        EXPECT_EQ(message.recipient, "S-ST06") << message.text;
    for (auto const* user : {"s-g01w", "s-c101", "s-st01", "u0002"}) {
        auto const seen = say(user, "进度 1");
        EXPECT_NE(seen.find("没有找到"), std::string::npos) << user << ": " << seen;
    }
    auto const tried = say("s-g01w", "受理 1");
    EXPECT_NE(tried.find("没有找到"), std::string::npos) << tried;
    EXPECT_NE(say("u0001", "进度 1").find("保密件"), std::string::npos);
    auto const taken = say("s-st06", "受理 1");
    EXPECT_EQ(state_of(1), "accepted") << taken;
    EXPECT_EQ(count("SELECT COUNT(*) FROM page_notice"), 0);
    set_time("2026-07-20 09:00");
    for (auto const& message : take_queued())
        EXPECT_TRUE(message.recipient == "S-ST06" || message.recipient == "R001") << message.recipient << message.text;
}

/// A report about conduct, handled by S-ST06 until the work is claimed to be done.
void Reports::finish_integrity()
{
    say("u0001", "匿名上报 社区低保名额给了干部家亲戚");
    for (auto const* step : {"受理 1", "1核实属实，查了名册", "1 已告知，两周内答复", "1 派单 街道纪工委", "签收1", "1 开始办理"})
        say("s-st06", step);
    ASSERT_EQ(state_of(1), "in_progress");
    take_queued();
    say_with_picture("s-st06", "1办好了 已按规定处理并退回名额");
    ASSERT_EQ(state_of(1), "done_claimed");
}

TEST_F(Reports, IntegrityIsCheckedByItsReporterWhereTheOfficeIsOnePerson)
{
    finish_integrity();
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-B05", "R001").text.find("已按规定处理"), std::string::npos) << texts_to(queued, "R001");
    for (auto const& message : queued)
        EXPECT_TRUE(message.recipient == "S-ST06" || message.recipient == "R001") << message.recipient << message.text;
    for (auto const* user : {"s-g01w", "s-g01l", "s-c101", "s-st01", "s-st04", "u0002"}) {
        say(user, "核验 1 通过");
        EXPECT_EQ(state_of(1), "done_claimed") << user;
    }
    auto const own = say("s-st06", "核验 1 通过");
    EXPECT_NE(own.find("办理人"), std::string::npos) << own;
    auto const failed = say("u0001", "核验 1 不通过 名额还没退");
    EXPECT_EQ(state_of(1), "in_progress") << failed;
    say_with_picture("s-st06", "1办好了 名额已退");
    auto const checked = say("u0001", "核验 1 通过");
    EXPECT_EQ(state_of(1), "feedback") << checked;
    say("u0001", "评单 1 5星");
    EXPECT_EQ(state_of(1), "closed");
    EXPECT_EQ(count("SELECT COUNT(*) FROM page_notice"), 0);
    expect_books_in_order();
}

TEST_F(Reports, IntegrityIsCheckedByAColleagueOfItsOffice)
{
    store_->write_now([](storage::Database& db) { db.run("UPDATE person SET note = 'integrity' WHERE id = 'S-ST01'"); });
    finish_integrity();
    EXPECT_NE(find_queued(take_queued(), "N-B05", "S-ST01").text, "");
    say("u0001", "核验 1 通过");
    EXPECT_EQ(state_of(1), "done_claimed") << "the reporter checks only where the office cannot";
    auto const checked = say("s-st01", "核验 1 通过");
    EXPECT_EQ(state_of(1), "feedback") << checked;
}

TEST_F(Reports, OthersAreRefused)
{
    say("u0001", kLamp);
    for (auto const* user : {"u0002", "s-g02w", "s-d03"}) {
        say(user, "受理 1");
        EXPECT_EQ(state_of(1), "submitted") << user;
    }
    auto const rated = say("u0005", "评单 1 1星");
    EXPECT_NE(rated.find("办不了"), std::string::npos) << rated;
    say("u0005", "撤回 1");
    EXPECT_EQ(state_of(1), "submitted");
    say("u0001", "撤回 1");
    EXPECT_EQ(state_of(1), "withdrawn");
}

TEST_F(Reports, SecondReporterJoinsTheOpenCase)
{
    say("u0001", kLamp);
    auto const reply = say("u0004", kLamp);
    EXPECT_NE(reply.find("已有人反映（1"), std::string::npos) << reply;
    EXPECT_EQ(state_of(2), "none");
    say("s-g01w", "受理 1");
    say("s-g01w", "1核实属实，灯管坏了");
    take_queued();
    say("s-g01w", "1 已告知，明天上午换");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-R07", "R004").text, "") << "joined reporters hear what comes of it";
    EXPECT_NE(find_queued(queued, "N-R07", "R001").text, "");
}

TEST_F(Reports, UnfoundedNeedsASecondPerson)
{
    say("u0001", kLamp);
    say("s-g01w", "受理 1");
    take_queued();
    say("s-g01w", "1 不属实，灯是好的");
    EXPECT_EQ(state_of(1), "accepted");
    auto const asked = find_queued(take_queued(), "N-B05", "S-G01L");
    ASSERT_NE(asked.task_id, "") << asked.text;
    click("s-g01l", asked.task_id, "agree");
    EXPECT_EQ(state_of(1), "unfounded");
    EXPECT_NE(find_queued(take_queued(), "N-R06", "R001").text.find("灯是好的"), std::string::npos);
}

TEST_F(Reports, ReopenedTwiceThenTheSupervisorTakesOver)
{
    handle_lamp();
    finish_lamp();
    for (int time = 0; time < 2; ++time) {
        say("u0001", "评单 1 1星 又坏了");
        ASSERT_EQ(state_of(1), "in_progress") << time;
        finish_lamp();
        ASSERT_EQ(state_of(1), "feedback") << time;
    }
    take_queued();
    say("u0001", "评单 1 1星 还是坏的");
    EXPECT_EQ(state_of(1), "closed");
    EXPECT_NE(find_queued(take_queued(), "N-B05", "S-ST04").text.find("督导组"), std::string::npos);
    expect_books_in_order();
}

TEST_F(Reports, SilenceClosesAfterThreeDaysUnrated)
{
    handle_lamp();
    finish_lamp();
    set_time("2026-07-03 09:00");
    EXPECT_EQ(state_of(1), "feedback");
    set_time("2026-07-05 00:00");
    EXPECT_EQ(state_of(1), "closed");
    EXPECT_EQ(count("SELECT COUNT(*) FROM rating"), 0);
}

TEST_F(Reports, AcceptingTooLateIsToldOneLevelUp)
{
    say("u0001", kLamp);
    take_queued();
    set_time("2026-07-01 14:00");
    EXPECT_EQ(find_queued(take_queued(), "N-R17", "CG-C1W").text, "");
    set_time("2026-07-01 15:00");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-R17", "CG-C1W").text, "");
    EXPECT_NE(find_queued(queued, "N-R17", "R001").text.find("抱歉"), std::string::npos);
    EXPECT_NE(find_queued(queued, "N-R17", "S-G01W").text, "");
}

TEST_F(Reports, DepartmentGetsWhatTheGridCannotDo)
{
    say("u0001", "上报 江南水都小区3栋旁边有人违法搭建");
    say("s-g01w", "受理 1");
    say("s-g01w", "1核实属实，搭了一间");
    say("s-g01w", "1 已告知，报给城管");
    say("s-g01w", "1上报社区");
    ASSERT_EQ(state_of(1), "escalated");
    take_queued();
    auto const sent = say("s-st03", "1 派单 城管");
    ASSERT_EQ(state_of(1), "dispatched") << sent;
    auto const queued = take_queued();
    auto const group = find_queued(queued, "N-R09", "CG-STD").text;
    EXPECT_NE(group.find("派单 1"), std::string::npos) << group;
    EXPECT_NE(find_queued(queued, "N-R09", "S-D03").text, "");
    say("s-d04", "签收1");
    EXPECT_EQ(state_of(1), "dispatched") << "another department signs nothing";
    say("s-d03", "签收1");
    EXPECT_EQ(state_of(1), "signed");
    say("s-d03", "1 开始办理");
    EXPECT_EQ(state_of(1), "in_progress");
    say_with_picture("s-d03", "1办好了 已拆除");
    EXPECT_EQ(state_of(1), "done_claimed");
    say("s-g01w", "核验 1 通过");
    EXPECT_EQ(state_of(1), "feedback");
}

TEST_F(Reports, UrgesAreCountedByTheDay)
{
    say("u0001", kLamp);
    EXPECT_NE(say("u0001", "催办 1").find("今天已催过 1 次"), std::string::npos);
    EXPECT_NE(say("u0001", "催办 1").find("今天已催过 2 次"), std::string::npos);
    set_time("2026-07-02 09:00");
    EXPECT_NE(say("u0001", "催办 1").find("今天已催过 1 次"), std::string::npos);
}

TEST_F(Reports, NothingPersonalReachesAGroup)
{
    say_in("CG-G01", "u0001", "上报 江南水都3栋2单元501门口堆满纸箱");
    say("s-g01w", "受理 1");
    set_time("2026-07-10 09:00");
    for (auto const& message : take_queued())
        if (message.recipient.starts_with("CG-")) {
            EXPECT_EQ(message.text.find("501"), std::string::npos) << message.text;
        }
}

TEST_F(Reports, AProposalGoesOnAsAReport)
{
    say_in("CG-G12", "u0150", "提议 幸福里聚居点东边的路灯坏了很久，要求尽快修好");
    for (auto const* user : {"u0155", "u0159", "u0161", "u0151", "u0164"})
        say_in("CG-G12", user, "附议 1");
    ASSERT_EQ(state(1), "screening");
    take_queued();
    auto const moved = say("s-v201", "审议 1 转上报");
    EXPECT_EQ(state(1), "transferred") << moved;
    EXPECT_NE(state(2), "none");
    auto const told = find_queued(take_queued(), "N-P07", "R150").text;
    EXPECT_NE(told.find("2"), std::string::npos) << told;
}

} // namespace
} // namespace commands::test
