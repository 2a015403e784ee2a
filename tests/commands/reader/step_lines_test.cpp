#include "commands/reader/step_lines.hpp"

#include <gtest/gtest.h>

namespace {

using namespace commands::reader;
using namespace std::chrono;

TEST(StepLines, OneALine)
{
    auto const lines = read_step_lines("请尽快\n方式：户表决\n范围: 小区\n费用：分摊，每户120元\n涉及：3栋、4栋住户\n补充说明见附件");
    EXPECT_EQ(lines.mode, "户表决");
    EXPECT_EQ(lines.scope, "小区");
    EXPECT_EQ(lines.cost, (Cost{CostKind::shared, 12000}));
    EXPECT_EQ(lines.affected, "3栋、4栋住户");
    EXPECT_EQ(lines.text, "请尽快\n补充说明见附件");
}

TEST(StepLines, SemicolonsAndOptions)
{
    auto const lines = read_step_lines("纪要：6月28日已公开；选项：A 装在北门；B 装在南门；天数：五天");
    EXPECT_EQ(lines.minutes, "6月28日已公开");
    EXPECT_EQ(lines.options, (std::vector<StepOption>{{"A", "装在北门"}, {"B", "装在南门"}}));
    EXPECT_EQ(lines.days, 5);
    EXPECT_EQ(lines.text, "");
}

TEST(StepLines, PlanOfExecution)
{
    auto const lines = read_step_lines("负责：水都示范物业；预算：3.2万；节点：7月20日 进场、8月5日 完工");
    EXPECT_EQ(lines.responsible, "水都示范物业");
    EXPECT_EQ(lines.budget_cents, 3'200'000);
    EXPECT_EQ(lines.milestones, (std::vector<Milestone>{{"7月20日", "进场"}, {"8月5日", "完工"}}));
}

TEST(StepLines, LabelBehindOtherWordsAndSeveralOnALine)
{
    auto const lines = read_step_lines("全部完工 花费：2.8万元");
    EXPECT_EQ(lines.text, "全部完工");
    EXPECT_EQ(lines.spent_cents, 2'800'000);
    auto const two = read_step_lines("方式：户表决 范围：小区 天数：7");
    EXPECT_EQ(two.mode, "户表决");
    EXPECT_EQ(two.scope, "小区");
    EXPECT_EQ(two.days, 7);
}

TEST(StepLines, OtherLabelsAreFreeText)
{
    auto const lines = read_step_lines("备注：下雨顺延\n恢复：7月20日\n依据：居民会议决定");
    EXPECT_EQ(lines.text, "备注：下雨顺延");
    EXPECT_EQ(lines.resume_raw, "7月20日");
    EXPECT_EQ(lines.basis, "居民会议决定");
    EXPECT_EQ(lines.cost, std::nullopt);
}

TEST(StepLines, CostsInWords)
{
    EXPECT_EQ(read_step_lines("费用：无").cost, (Cost{CostKind::none, {}}));
    EXPECT_EQ(read_step_lines("费用：预算内").cost, (Cost{CostKind::within_budget, {}}));
    EXPECT_EQ(read_step_lines("费用：另议").cost, std::nullopt);
    EXPECT_EQ(read_step_lines("费用：另议").cost_raw, "另议");
}

TEST(Values, Numbers)
{
    for (auto const& [text, number] : std::vector<std::pair<char const*, std::int64_t>>{{"12", 12},
                                                                                        {"１２", 12},
                                                                                        {"十二", 12},
                                                                                        {"二十七", 27},
                                                                                        {"两百", 200},
                                                                                        {"一百零五", 105},
                                                                                        {"一百五", 150},
                                                                                        {"五零一", 501},
                                                                                        {"廿八", 28},
                                                                                        {"三千二", 3200},
                                                                                        {"两万三千", 23000},
                                                                                        {"〇", 0}})
        EXPECT_EQ(resolve_number(text), number) << text;
    for (auto const* text : {"", "十二个", "abc", "一点五", "99999999999999"})
        EXPECT_EQ(resolve_number(text), std::nullopt) << text;
}

TEST(Values, Amounts)
{
    for (auto const& [text, cents] : std::vector<std::pair<char const*, std::int64_t>>{{"300元", 30000},
                                                                                       {"1.2万", 1'200'000},
                                                                                       {"三百块", 30000},
                                                                                       {"￥1,200.50", 120050},
                                                                                       {"五万元", 5'000'000},
                                                                                       {"每户120元", 12000},
                                                                                       {"0.5元", 50},
                                                                                       {"8角", 80}})
        EXPECT_EQ(resolve_cents(text), cents) << text;
    for (auto const* text : {"", "无", "-5元", "60%", "9999999999999999999元"})
        EXPECT_EQ(resolve_cents(text), std::nullopt) << text;
}

TEST(Values, DatesSeenFromADay)
{
    auto const today = 2026y / July / 1; // a Wednesday
    for (auto const& [text, date] : std::vector<std::pair<char const*, year_month_day>>{{"2026-07-20", 2026y / July / 20},
                                                                                        {"2026年7月20日", 2026y / July / 20},
                                                                                        {"7月20日", 2026y / July / 20},
                                                                                        {"七月二十号", 2026y / July / 20},
                                                                                        {"5月3号", 2027y / May / 3},
                                                                                        {"20号", 2026y / July / 20},
                                                                                        {"1号", 2026y / July / 1},
                                                                                        {"明天", 2026y / July / 2},
                                                                                        {"后天上午", 2026y / July / 3},
                                                                                        {"周五", 2026y / July / 3},
                                                                                        {"周二", 2026y / July / 7},
                                                                                        {"下周三", 2026y / July / 8},
                                                                                        {"上周五", 2026y / June / 26},
                                                                                        {"昨天", 2026y / June / 30},
                                                                                        {"月底", 2026y / July / 31},
                                                                                        {"三天后", 2026y / July / 4},
                                                                                        {"7/20", 2026y / July / 20},
                                                                                        {"下个月5号", 2026y / August / 5},
                                                                                        {"年底", 2026y / December / 31}})
        EXPECT_EQ(resolve_date(text, today), date) << text;
    for (auto const* text : {"", "尽快", "2月30日", "13月1日", "2026-02-29"})
        EXPECT_EQ(resolve_date(text, today), std::nullopt) << text;
    EXPECT_EQ(resolve_date("31号", 2026y / February / 10), 2026y / March / 31); // the next month that has such a day
}

TEST(Values, Periods)
{
    auto const today = 2026y / July / 1;
    using Period = std::pair<year_month, year_month>;
    for (auto const& [text, period] : std::vector<std::pair<char const*, Period>>{{"上个月", {2026y / June, 2026y / June}},
                                                                                  {"5月份", {2026y / May, 2026y / May}},
                                                                                  {"本季度", {2026y / July, 2026y / September}},
                                                                                  {"上季度", {2026y / April, 2026y / June}},
                                                                                  {"二季度", {2026y / April, 2026y / June}},
                                                                                  {"去年", {2025y / January, 2025y / December}},
                                                                                  {"2026年二季度", {2026y / April, 2026y / June}},
                                                                                  {"9月", {2025y / September, 2025y / September}}})
        EXPECT_EQ(resolve_period(text, today), period) << text;
    EXPECT_EQ(resolve_period("最近", today), std::nullopt);
}

} // namespace
