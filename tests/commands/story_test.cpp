#include "commands/conversation_fixture.hpp"

#include "storage/verify.hpp"

namespace commands::test {
namespace {

class Story : public ConversationTest {
protected:
    void collect()
    {
        say_in("CG-G12", "u0150", "提议 聚居点入口装升降杆，外来车太多");
        for (auto const* user : {"u0155", "u0159", "u0161", "u0151", "u0164"})
            say_in("CG-G12", user, "附议 1");
    }
    void accept()
    {
        set_time("2026-07-02 09:00");
        say("s-v201", "审议 1 通过\n方式：户表决\n范围：网格\n费用：预算内");
        say("s-v202", "审议 1 通过\n方式：户表决\n范围：网格\n费用：预算内");
    }
    void open_vote()
    {
        set_time("2026-07-06 09:00");
        say("s-v202", "1 进入表决\n纪要：7月5日议事，多数同意先装一处\n天数：5");
    }
};

TEST_F(Story, ProposalIsNumberedAndAnnounced)
{
    auto const reply = say_in("CG-G12", "u0150", "提议 聚居点入口装升降杆，外来车太多");
    EXPECT_NE(reply.find("编号 1"), std::string::npos) << reply;
    EXPECT_EQ(state(1), "collecting");
    auto const queued = take_queued();
    auto const notice = find_queued(queued, "N-P01", "CG-G12");
    EXPECT_NE(notice.text.find("前满 5 户进入审议，现 1 户"), std::string::npos) << notice.text;
}

TEST_F(Story, FifthHouseholdSendsItToReview)
{
    say_in("CG-G12", "u0150", "提议 聚居点入口装升降杆，外来车太多");
    for (auto const* user : {"u0155", "u0159", "u0161", "u0151"})
        say_in("CG-G12", user, "附议 1");
    EXPECT_EQ(state(1), "collecting") << "a second member of a household adds none";
    say_in("CG-G12", "u0164", "附议 1");
    EXPECT_EQ(state(1), "screening");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-P03", "CG-G12").text, "");
    EXPECT_NE(find_queued(queued, "N-B05", "CG-V2W").text.find("7月8日17:30"), std::string::npos);
}

/// What waits for the evening's digest must still be true then.
TEST_F(Story, OvertakenNewsIsNotTold)
{
    say_in("CG-G12", "u0150", "提议 聚居点入口装升降杆，外来车太多");
    for (auto const* user : {"u0155", "u0159"})
        say_in("CG-G12", user, "附议 1");
    EXPECT_NE(find_queued(take_queued(), "N-P02", "CG-G12").text, "") << "half of the households: news while it collects";

    say_in("CG-G12", "u0170", "提议 晒谷场边上加一排长椅，老人歇脚");
    for (auto const* user : {"u0155", "u0159", "u0161", "u0164"})
        say_in("CG-G12", user, "附议 2");
    ASSERT_EQ(state(2), "screening");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-P03", "CG-G12").text, "");
    EXPECT_EQ(find_queued(queued, "N-P02", "CG-G12").text, "");
}

TEST_F(Story, TwoMembersAccept)
{
    collect();
    take_queued();
    set_time("2026-07-02 09:00");
    auto const first = say("s-v201", "审议 1 通过\n方式：户表决\n范围：网格\n费用：预算内");
    EXPECT_EQ(state(1), "screening") << first;
    auto const asked = find_queued(take_queued(), "N-B05", "S-V202");
    EXPECT_NE(asked.text.find("户表决"), std::string::npos) << asked.text;
    auto const second = click("s-v202", asked.task_id, "agree");
    EXPECT_EQ(state(1), "deliberating") << second;
    EXPECT_NE(find_queued(take_queued(), "N-P10", "CG-G12").text, "");
}

TEST_F(Story, VotesCountAndStrangersAreRefused)
{
    collect();
    accept();
    EXPECT_EQ(state(1), "deliberating");
    open_vote();
    EXPECT_EQ(state(1), "voting");
    take_queued();
    EXPECT_EQ(say_in("CG-G12", "u0150", "赞成 1"), "");
    EXPECT_NE(find_queued(take_queued(), "", "R150").text.find("已记您对 1 的一票：赞成"), std::string::npos);
    auto const elsewhere = say("u0001", "赞成 1");
    EXPECT_NE(elsewhere.find("没记上"), std::string::npos) << elsewhere;
    take_queued();
    EXPECT_EQ(say_in("CG-G12", "u0001", "赞成 1"), "");
    auto const refused = find_queued(take_queued(), "", "R001").text;
    EXPECT_NE(refused.find("您不在这次表决的名册上"), std::string::npos) << refused;
}

TEST_F(Story, WholeWay)
{
    collect();
    accept();
    open_vote();
    std::vector<std::string> heads;
    store_->read_now([&](storage::Database& db) {
        heads.clear();
        auto rows = db.query("SELECT i.user_id FROM household h JOIN identity i ON i.person = h.head WHERE h.grid = 'G12' ORDER BY h.id");
        while (rows.next())
            heads.push_back(rows.str(0));
    });
    ASSERT_GE(heads.size(), 40U);
    for (std::size_t i = 0; i < 40; ++i)
        say(heads[i], i < 26 ? "赞成 1" : i < 37 ? "反对 1" : "弃权 1");
    set_time("2026-07-12 00:00");
    EXPECT_EQ(state(1), "publicity");
    auto const queued = take_queued();
    EXPECT_NE(find_queued(queued, "N-V04", "CG-G12").text.find("应投 64，参加 40，赞成 26、反对 11、弃权 3"), std::string::npos)
        << find_queued(queued, "N-V04", "CG-G12").text;
    EXPECT_NE(find_queued(queued, "N-V05", "CG-G12").text, "");
    set_time("2026-07-13 10:00");
    EXPECT_NE(say_in("CG-G12", "u0167", "异议 1 没通知到我家"), "x");
    EXPECT_EQ(state(1), "objected");
    set_time("2026-07-14 10:00");
    auto const dismissed = say("s-v202", "1 异议不成立 7月6日已在群里和楼道张贴通知");
    auto const asked = find_queued(take_queued(), "N-B05", "S-V205");
    auto const signed_off = click("s-v205", asked.task_id, "agree");
    EXPECT_EQ(state(1), "publicity") << dismissed << signed_off;
    set_time("2026-07-20 09:00");
    auto const started = say("s-v201", "开始实施 1\n负责：s-v203\n预算：3000元\n节点：7月28日安装完成");
    EXPECT_EQ(state(1), "executing") << started;
    set_time("2026-07-24 09:00");
    say("s-v203", "进度 1 60% 立柱已装好");
    auto done = event("s-v203", "进度 1 100% 全部完工\n花费：2800元", "");
    done.media.push_back({chat::MediaKind::image, "pic", ""});
    auto const claimed = handle(done);
    EXPECT_EQ(state(1), "checking") << claimed.text;
    auto const own = say("s-v203", "核验 1 通过");
    EXPECT_EQ(state(1), "checking") << own;
    set_time("2026-07-29 09:00");
    auto const checked = say("s-v205", "核验 1 通过");
    EXPECT_EQ(state(1), "evaluating") << checked;
    for (auto const* user : {"u0150", "u0155", "u0159", "u0161", "u0164"})
        say(user, "评议 1 5分 挺好");
    set_time("2026-08-06 00:00");
    EXPECT_EQ(state(1), "closed");
    store_->read_now([&](storage::Database& db) {
        auto const report = storage::verify_books(db);
        EXPECT_TRUE(report.ok()) << (report.faults.empty() ? "" : report.faults.front());
    });
}

} // namespace
} // namespace commands::test
