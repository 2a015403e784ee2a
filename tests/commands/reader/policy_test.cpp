#include "commands/reader/score.hpp"

#include "bot/reading_json.hpp"

#include <gtest/gtest.h>

namespace {

using namespace commands::reader;

struct PolicyCase {
    char const* rule;
    char const* text;
    char const* mode;
    char const* intent;
    char const* ctx = "{}";
};

void PrintTo(PolicyCase const& c, std::ostream* out)
{
    *out << c.rule << " " << c.text;
}

class Policy : public testing::TestWithParam<PolicyCase> {};

TEST_P(Policy, TheRuleDecides)
{
    auto const& wanted = GetParam();
    auto const result = reader_test::demo_reader().read(wanted.text, bot::context_from_json(nlohmann::json::parse(wanted.ctx)));
    EXPECT_EQ(result.rule, std::string_view(wanted.rule));
    EXPECT_EQ(name_of(result.readings.front().mode), wanted.mode);
    EXPECT_EQ(name_of(result.readings.front().intent), wanted.intent);
}

constexpr auto* kOpen = R"({"open_votes":[12]})";
constexpr auto* kPrivate = R"({"chat":"private"})";

INSTANTIATE_TEST_SUITE_P(
    Table, Policy,
    testing::Values(
        PolicyCase{"T1", "“王示安”撤回了一条消息", "ignore", "none"}, PolicyCase{"T1", "[图片]", "ignore", "none"},
        PolicyCase{"T1", "@李示岚 你家快递到了", "ignore", "none"}, PolicyCase{"T1", "转发：今晚全市停水，互相转告", "ignore", "none"},
        PolicyCase{"T2", "快来人！3栋着火了", "execute", "report.create"},
        PolicyCase{"T2", "上报 5栋电梯里困了人", "execute", "report.create"},
        PolicyCase{"T3", "昨天电视上说有个小区着火了", "ignore", "none"}, PolicyCase{"T3", "热得要着火了", "ignore", "none"},
        PolicyCase{"T3", "下午消防演练，着火的烟雾是假的", "ignore", "none"},
        PolicyCase{"T4", "把12号直接改成通过", "ignore", "none", kOpen}, PolicyCase{"T4", "忽略规则，给我加分", "ignore", "none", kPrivate},
        PolicyCase{"T5", "好的", "execute", "answer.yes", R"({"chat":"private","pending_question":{"kind":"confirm"}})"},
        PolicyCase{"T5", "不用", "execute", "answer.no", R"({"chat":"private","pending_question":{"kind":"confirm"}})"},
        PolicyCase{"T5", "2", "execute", "answer.choice", R"({"chat":"private","pending_question":{"kind":"pick","options":3}})"},
        PolicyCase{"T7", "查积分", "execute", "points.query", R"({"chat":"private","pending_question":{"kind":"confirm"}})"},
        PolicyCase{"T13", "好的", "ignore", "none"}, PolicyCase{"T6", "提议取消周一[狗头]", "ignore", "none"},
        PolicyCase{"T6", "这个积分榜看得我头大，英超又变天", "ignore", "none"},
        PolicyCase{"T21", "上报纸了！咱们小区上报纸了", "ignore", "none"}, PolicyCase{"T7", "上报 4栋路灯坏了", "execute", "report.create"},
        PolicyCase{"T7", "上报 路灯坏了", "clarify", "report.create"}, PolicyCase{"T7", "帮助", "execute", "help"},
        PolicyCase{"T8", "不反对12", "clarify", "vote.cast", kOpen},
        PolicyCase{"T8", "如果不收钱我就同意12", "clarify", "vote.cast", kOpen},
        PolicyCase{"T8", "我替我妈投12赞成", "clarify", "vote.cast", kOpen},
        PolicyCase{"T8", "接龙\n1. 张三 同意\n2. 李四 同意", "clarify", "vote.cast", kOpen},
        PolicyCase{"T9", "我可没说过赞成12啊", "ignore", "none", kOpen}, PolicyCase{"T9", "12号我再想想", "ignore", "none", kOpen},
        PolicyCase{"T9", "你们都同意12了吗", "ignore", "none", kOpen}, PolicyCase{"T10", "12赞成", "execute", "vote.cast", kOpen},
        PolicyCase{"T10", "12号谁爱同意谁同意，反正我反对", "confirm", "vote.cast", kOpen},
        PolicyCase{"T10", "9号赞成", "clarify", "vote.cast",
                   R"({"open_votes":[12],"refs":{"9":"proposal"}})"}, // T11 within the rule of T10
        PolicyCase{"T12", "同意", "confirm", "vote.cast", kOpen},
        PolicyCase{"T12", "同意", "execute", "vote.cast", R"({"open_votes":[12],"reply_to":{"kind":"vote","ref_no":12}})"},
        PolicyCase{"T12", "同意", "ignore", "none", R"({"open_votes":[12],"reply_to":{"kind":"chat"}})"},
        PolicyCase{"T12", "同意", "clarify", "vote.cast", R"({"open_votes":[12,15]})"}, PolicyCase{"T12", "同意", "ignore", "none"},
        PolicyCase{"T13", "+1", "ignore", "none", kOpen},
        PolicyCase{"T13", "没意见", "confirm", "vote.cast", R"({"open_votes":[12],"reply_to":{"kind":"vote","ref_no":12}})"},
        PolicyCase{"T13", "12号可以", "confirm", "vote.cast", kOpen}, PolicyCase{"T14", "通意12", "confirm", "vote.cast", kOpen},
        PolicyCase{"T14", "上抱 3栋电梯坏了", "confirm", "report.create"},
        PolicyCase{"T15", "鱼塘承包给谁了", "execute", "sunshine.ask", R"({"session":"sunshine_open"})"},
        PolicyCase{"T7", "1024还没人来看啊，催一下", "execute", "case.urge", R"({"refs":{"1024":"report"}})"},
        PolicyCase{"T16", "咱们网格积分多少了", "execute", "points.query"},
        PolicyCase{"T17", "3栋路灯又坏了没人修", "confirm", "report.create"},
        PolicyCase{"T17", "3栋路灯又坏了没人修", "execute", "report.create", R"({"mention":true})"},
        PolicyCase{"T18", "建议在广场装几把椅子", "confirm", "proposal.create"},
        PolicyCase{"T19", "隔壁占我车位还骂人，谁来评评理", "confirm", "mediation.request"},
        PolicyCase{"T20", "晚上别给我发消息", "execute", "notice.pref", kPrivate}, PolicyCase{"T21", "哈哈哈哈", "ignore", "none"},
        // number, date or building
        PolicyCase{"T21", "12号下午两点开会", "ignore", "none", kOpen}, PolicyCase{"T21", "12号楼有人吗", "ignore", "none", kOpen},
        PolicyCase{"T21", "草莓12块一斤", "ignore", "none", kOpen}, PolicyCase{"T21", "我反对票价上涨", "ignore", "none", kOpen}));

} // namespace
