#include "commands/reader/score.hpp"

#include "bot/reading_json.hpp"

#include <gtest/gtest.h>

namespace {

using namespace commands::reader;

struct StepCase {
    char const* text;
    char const* intent;
    char const* name; ///< argument that says what is done
    char const* value;
    char const* kind = "proposal";
};

void PrintTo(StepCase const& c, std::ostream* out)
{
    *out << c.text;
}

class Steps : public testing::TestWithParam<StepCase> {};

TEST_P(Steps, WordsOfOfficials)
{
    auto const& wanted = GetParam();
    Context context;
    context.roles = {"committee_member"};
    context.refs[27] = {wanted.kind, ""};
    context.refs[8] = {wanted.kind, ""};
    auto const result = reader_test::demo_reader().read(wanted.text, context);
    ASSERT_EQ(result.readings.size(), 1U);
    auto const& reading = result.readings.front();
    EXPECT_EQ(name_of(reading.mode), "execute");
    EXPECT_EQ(name_of(reading.intent), wanted.intent);
    EXPECT_EQ(reading.args.text(wanted.name), wanted.value);
    EXPECT_EQ(reading.args.integer("ref_no"), 27);
}

// The words of domain.md 4.6, before and after the number, and of 8.3.
INSTANTIATE_TEST_SUITE_P(
    Table, Steps,
    testing::Values(
        StepCase{"27 提交审议", "stage.advance", "to_stage", "review"}, StepCase{"提交审议 27", "stage.advance", "to_stage", "review"},
        StepCase{"27并入8", "review.decide", "decision", "merge"}, StepCase{"审议 27 转上报", "review.decide", "transfer_to", "report"},
        StepCase{"审议 27 转点单", "review.decide", "transfer_to", "service"},
        StepCase{"审议 27 转调解", "review.decide", "transfer_to", "mediation"},
        StepCase{"审议 27 转四议两公开", "review.decide", "transfer_to", "four_two"},
        StepCase{"审议 27 转业主大会", "review.decide", "transfer_to", "owners_meeting"},
        StepCase{"审议 27 退回 写清位置", "review.decide", "decision", "return"},
        StepCase{"审议 27 不予受理 超出职权", "review.decide", "decision", "reject"},
        StepCase{"审议 27 通过", "review.decide", "decision", "accept"}, StepCase{"27 进入表决", "stage.advance", "to_stage", "vote"},
        StepCase{"进入表决 27", "stage.advance", "to_stage", "vote"}, StepCase{"27 公示", "stage.advance", "to_stage", "publish"},
        StepCase{"27 延期表决 天数：3", "stage.advance", "to_stage", "extend"},
        StepCase{"27 重新商议 加了隔音", "stage.advance", "to_stage", "deliberate"},
        StepCase{"27 异议不成立 已通知", "stage.advance", "to_stage", "publish"},
        StepCase{"27 异议成立 重新测算", "stage.advance", "to_stage", "deliberate"},
        StepCase{"27 开始实施", "stage.advance", "to_stage", "execute"}, StepCase{"27 暂停 下雨", "stage.advance", "to_stage", "suspend"},
        StepCase{"27 恢复实施", "stage.advance", "to_stage", "execute"}, StepCase{"27 终止 街道批准", "stage.advance", "to_stage", "stop"},
        StepCase{"核验 27 通过", "stage.advance", "to_stage", "evaluate"},
        StepCase{"核验 27 不通过 漆没干", "stage.advance", "to_stage", "execute"},
        StepCase{"27 整改完成 已加固", "stage.advance", "to_stage", "evaluate"},
        StepCase{"27 办结 无人响应", "stage.advance", "to_stage", "close"},
        StepCase{"重新提出 27 有资金了", "proposal.reopen", "reason", "有资金了"},
        StepCase{"受理 27", "case.action", "action", "accept", "report"},
        StepCase{"27不予受理", "case.action", "action", "reject", "report"},
        StepCase{"27核实属实", "case.action", "result", "true", "report"}, StepCase{"27不属实", "case.action", "result", "false", "report"},
        StepCase{"27已告知", "case.action", "action", "inform", "report"},
        StepCase{"27上报街道", "case.action", "target", "街道", "report"},
        StepCase{"27派单给环卫所", "case.action", "target", "环卫所", "report"},
        StepCase{"签收27", "case.action", "action", "sign", "report"}, StepCase{"27退单", "case.action", "action", "return", "report"},
        StepCase{"27开始办理", "case.action", "action", "start", "report"},
        StepCase{"27延期三天", "case.action", "action", "extend", "report"},
        StepCase{"27办好了", "case.action", "action", "done", "report"},
        StepCase{"核验 27 通过", "case.action", "action", "close", "report"},
        StepCase{"核验 27 不通过", "case.action", "action", "reopen", "report"},
        StepCase{"27和8重复", "case.action", "action", "mark_duplicate", "report"},
        StepCase{"27要求重办", "case.action", "action", "reopen", "report"},
        StepCase{"报到 27", "whistle.respond", "action", "check_in", "whistle"},
        StepCase{"27已到现场", "whistle.respond", "action", "on_site", "whistle"}));

TEST(Steps, LabelledLinesStayInTheText)
{
    Context context;
    context.roles = {"committee_member"};
    context.refs[27] = {"proposal", "deliberating"};
    auto const result = reader_test::demo_reader().read("27 进入表决\n纪要：6月28日已公开\n天数：5", context);
    EXPECT_EQ(result.readings.front().args.text("text"), "纪要：6月28日已公开\n天数：5");
}

} // namespace
