#include "commands/conversation_fixture.hpp"

#include "storage/points.hpp"
#include "storage/settings.hpp"
#include "storage/verify.hpp"

#include <fstream>
#include <sstream>

namespace commands::test {
namespace {

/// The points book of C1: R001 of household HH001 lives there, S-C106 collects, S-ST02 audits, S-ST01 is the street.
class PointsBook : public ConversationTest {
protected:
    static governance::CommunityId community() { return governance::CommunityId{"C1"}; }

    std::string say_with_picture(std::string const& user, std::string const& text)
    {
        auto made = event(user, text, "");
        made.media.push_back({chat::MediaKind::image, "pic", ""});
        return handle(made).text;
    }
    std::optional<governance::PointsEntry> entry(std::int64_t no)
    {
        std::optional<governance::PointsEntry> found;
        store_->read_now([&](storage::Database& db) { found = storage::load_points_entry(db, community(), governance::RefNo{no}); });
        return found;
    }
    std::string entry_state(std::int64_t no) { return entry(no) ? entry(no)->state : "none"; }
    std::string posted(std::int64_t no) { return governance::to_text(entry(no)->posted); }
    void expect_books_in_order()
    {
        store_->read_now([&](storage::Database& db) {
            auto const report = storage::verify_books(db);
            EXPECT_TRUE(report.ok()) << (report.faults.empty() ? "" : report.faults.front());
        });
    }
    void record_and_approve(std::string const& what)
    {
        say_with_picture("s-c106", what);
        say("s-st02", "审核 P" + std::to_string(++recorded_) + " 通过");
    }
    int recorded_ = 0;
};

TEST_F(PointsBook, DeclaredCollectedAudited)
{
    auto const receipt = say("u0001", "申报积分 昨天参加志愿服务2小时");
    EXPECT_NE(receipt.find("P1"), std::string::npos) << receipt;
    EXPECT_EQ(entry_state(1), "declared");
    auto const asked = say("s-c106", "审核 P1 通过");
    EXPECT_NE(asked.find("证据"), std::string::npos) << asked;
    say("s-c106", "签到表");
    EXPECT_EQ(entry_state(1), "recorded");
    say("s-st02", "审核 P1 通过");
    EXPECT_EQ(entry_state(1), "posted");
    EXPECT_EQ(posted(1), "2");
    auto const own = say("u0001", "查积分");
    EXPECT_NE(own.find("您本人今年 2 分，您家 102 分"), std::string::npos) << own;
    auto const other = say("u0004", "查积分");
    EXPECT_NE(other.find("您本人今年 0 分"), std::string::npos) << other;
    expect_books_in_order();
}

TEST_F(PointsBook, TheFourFactsAreMandatory)
{
    auto const asked = say("s-c106", "记分 江南水都3栋2单元501 清扫楼道 +2");
    EXPECT_NE(asked.find("证据"), std::string::npos) << asked;
    EXPECT_EQ(entry_state(1), "none");
    say("s-c106", "邻居张贴的照片");
    ASSERT_EQ(entry_state(1), "recorded");
    EXPECT_EQ(entry(1)->evidence, std::vector<std::string>{"邻居张贴的照片"});
    EXPECT_EQ(entry(1)->subject, "R001");
}

TEST_F(PointsBook, CapOfTenHoursPosts442)
{
    for (auto const* day : {"6月1日", "6月8日", "6月15日"})
        record_and_approve("记分 李示岚 志愿服务 +4 " + std::string{day});
    EXPECT_EQ(posted(1), "4");
    EXPECT_EQ(posted(2), "4");
    EXPECT_EQ(posted(3), "2");
    EXPECT_TRUE(entry(3)->cap_reached);
    expect_books_in_order();
}

TEST_F(PointsBook, CorrectionReversesWithASecondPerson)
{
    record_and_approve("记分 李示岚 婚事新办 +5 6月1日");
    ASSERT_EQ(entry_state(1), "posted");
    take_queued();
    say("s-st02", "审核 P1 驳回 记错了户");
    EXPECT_EQ(entry_state(1), "posted") << "one person alone corrects nothing";
    auto const queued = take_queued();
    auto const asked = find_queued(queued, "N-B05", "S-ST01");
    ASSERT_NE(asked.task_id, "");
    click("s-st01", asked.task_id, "agree");
    EXPECT_EQ(entry_state(1), "reversed");
    EXPECT_EQ(posted(2), "-5");
    EXPECT_EQ(entry(2)->reversal_of.value(), 1);
    recorded_ = 2;
    record_and_approve("记分 李示岚 调解邻里纠纷成功 +3 6月1日");
    auto const own = say("u0001", "查一下我家积分");
    EXPECT_NE(own.find("您家 103 分"), std::string::npos) << own;
    expect_books_in_order();
}

TEST_F(PointsBook, AuditorIsNotCollectorNorOfTheHousehold)
{
    say_with_picture("s-c106", "记分 李示岚 清扫楼道 +2");
    auto const own = say("s-c106", "审核 P1 通过");
    EXPECT_EQ(entry_state(1), "recorded") << own;
    EXPECT_NE(own.find("没有执行"), std::string::npos) << own;
    say("u0001", "审核 P1 通过");
    EXPECT_EQ(entry_state(1), "recorded");
}

TEST_F(PointsBook, AFactIsScoredOnce)
{
    record_and_approve("记分 李示岚 清扫楼道 +2 6月1日");
    auto const again = say_with_picture("s-c106", "记分 李示岚 清扫楼道 +2 6月1日");
    EXPECT_NE(again.find("P1"), std::string::npos) << again;
    EXPECT_EQ(entry_state(2), "none");
}

TEST_F(PointsBook, RejectionIsToldWithItsReason)
{
    say_with_picture("s-c106", "记分 李示岚 清扫楼道 +2");
    take_queued();
    say("s-st02", "P1 驳回 没有照片");
    EXPECT_EQ(entry_state(1), "rejected");
    EXPECT_NE(find_queued(take_queued(), "N-J03", "R001").text.find("没有照片"), std::string::npos);
}

TEST_F(PointsBook, DeductionWarnsFirst)
{
    say_with_picture("s-c106", "记分 李示岚 楼道堆杂物 -2");
    ASSERT_EQ(entry_state(1), "recorded");
    EXPECT_NE(find_queued(take_queued(), "N-J04", "R001").text.find("改正就不扣分"), std::string::npos);
    auto const early = say("s-st02", "审核 P1 通过");
    EXPECT_EQ(entry_state(1), "recorded") << early;
    set_time("2026-07-09 09:00");
    say("s-st02", "审核 P1 通过");
    EXPECT_EQ(entry_state(1), "posted");
    EXPECT_EQ(posted(1), "-2");
}

/// Everything that is said in groups over a quarter with entries of grids and households.
class Ranking : public PointsBook {
protected:
    void earn()
    {
        set_time("2026-07-02 09:00");
        record_and_approve("记分 江南水都第一网格 U6-01 季度满意度90%以上 +5 7月1日");
        record_and_approve("记分 李示岚 清扫楼道 +2 7月1日");
    }
};

TEST_F(Ranking, IsAnnouncedToTheRightGroupsOnScheduleWithoutNames)
{
    earn();
    ASSERT_EQ(entry_state(1), "posted");
    take_queued();
    set_time("2026-08-01 08:59");
    EXPECT_EQ(find_queued(take_queued(), "ranking", "CG-C1").text, "");
    set_time("2026-08-01 09:00");
    auto const queued = take_queued();
    auto const whole = find_queued(queued, "ranking", "CG-C1").text;
    EXPECT_NE(whole.find("1 江南水都第一网格 5"), std::string::npos) << whole;
    EXPECT_NE(find_queued(queued, "ranking", "CG-G01").text.find("排第 1"), std::string::npos);
    EXPECT_NE(find_queued(queued, "ranking", "CG-G02").text.find("排第 2"), std::string::npos) << "ties share a rank";
    EXPECT_EQ(find_queued(queued, "ranking", "CG-V1").text, "") << "villages earned nothing: nothing is said";
    set_time("2026-10-31 00:00");
    auto const later = take_queued();
    EXPECT_NE(find_queued(later, "N-J05", "CG-C1").text.find("2026年第三季度"), std::string::npos);
    EXPECT_EQ(entry_state(1), "published");
    for (auto const& list : {queued, later})
        for (auto const& message : list)
            if (message.recipient.starts_with("CG-")) {
                EXPECT_EQ(message.text.find("李示岚"), std::string::npos) << message.text;
                EXPECT_EQ(message.text.find("501"), std::string::npos) << message.text;
            }
    set_time("2026-11-30 00:00");
    EXPECT_EQ(entry_state(1), "final");
    expect_books_in_order();
}

TEST_F(Ranking, HouseholdsAreNamedOnlyByConsent)
{
    earn();
    auto const own = say("u0001", "积分排名");
    EXPECT_NE(own.find("您家今年 102 分，在本社区（村）排第 1"), std::string::npos) << own;
    EXPECT_EQ(say("u0004", "积分排名").find("李示岚"), std::string::npos);
    store_->write_now([&](storage::Database& db) { storage::Settings{db}.set(community(), "rank_consent/HH001", "yes"); });
    EXPECT_NE(say("u0004", "积分排名").find("李示岚"), std::string::npos);
}

TEST_F(Ranking, GridsArePublicInTheirGroup)
{
    earn();
    auto const reply = say_in("CG-G01", "u0001", "积分排名 网格");
    EXPECT_NE(reply.find("1 江南水都第一网格 5"), std::string::npos) << reply;
}

TEST_F(PointsBook, AChangedCatalogueCountsFromTheNextQuarterOn)
{
    std::ifstream file(std::string{YIQI_SOURCE_DIR} + "/data/demo/points_catalog.csv");
    std::ostringstream kept;
    kept << file.rdbuf();
    auto changed = kept.str();
    std::string const old_points = "婚事新办、丧事简办,5,5,5";
    changed.replace(changed.find(old_points), old_points.size(), "婚事新办、丧事简办,6,6,6");
    store_->write_now([&](storage::Database& db) {
        EXPECT_TRUE(
            storage::import_catalogue(db, changed, governance::next_quarter(governance::Zone{std::chrono::hours{8}}, now_)).empty());
    });
    struct Recorded {
        char const* now;
        char const* words;
        int version; ///< under which it counts; 0: refused
    };
    std::int64_t no = 0;
    for (auto const& row : {Recorded{"2026-07-10 09:00", "记分 李示岚 婚事新办 +6 7月2日", 0},
                            Recorded{"2026-07-10 09:00", "记分 李示岚 婚事新办 +5 7月2日", 1},
                            Recorded{"2026-10-05 09:00", "记分 李示岚 婚事新办 +6 9月20日", 0},
                            Recorded{"2026-10-05 09:00", "记分 李示岚 婚事新办 +6 10月2日", 2}}) {
        set_time(row.now);
        auto const answer = say_with_picture("s-c106", row.words);
        no += row.version > 0 ? 1 : 0;
        EXPECT_EQ(entry_state(no + (row.version > 0 ? 0 : 1)), row.version > 0 ? "recorded" : "none") << row.words << ": " << answer;
        if (row.version > 0 && entry(no)) {
            EXPECT_EQ(entry(no)->catalogue_version, row.version) << row.words;
        }
    }
}

TEST(PointsCatalogue, IsImportedWholeOrNotAtAll)
{
    std::ifstream file(std::string{YIQI_SOURCE_DIR} + "/data/demo/points_catalog.csv");
    std::ostringstream good;
    good << file.rdbuf();
    EXPECT_TRUE(storage::check_points_catalogue(good.str()).empty());
    auto const bad = good.str() + "ZZ-01,both,HA,参与管理,nobody,坏行,1,1,,,photo,points_auditor,public,\n" +
                     "ZZ-02,both,HA,参与管理,household,坏行,一,1,,,photo,points_auditor,public,\n";
    auto const problems = storage::check_points_catalogue(bad);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_NE(problems[0].find("subject_type"), std::string::npos) << problems[0];
    EXPECT_NE(problems[1].find("points_min"), std::string::npos) << problems[1];
}

} // namespace
} // namespace commands::test
