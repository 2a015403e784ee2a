#include "commands/reader/hygiene.hpp"
#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

namespace {

using commands::reader::clean_text;

struct HygieneCase {
    char const* name;
    char const* text;
    char const* clean;
    bool damaged = false;
};

class Hygiene : public testing::TestWithParam<HygieneCase> {};

TEST_P(Hygiene, CleansAndIsIdempotent)
{
    auto const cleaned = clean_text(GetParam().text);
    EXPECT_EQ(cleaned.text, GetParam().clean);
    EXPECT_EQ(cleaned.damaged, GetParam().damaged);
    EXPECT_EQ(clean_text(cleaned.text).text, cleaned.text);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Hygiene,
    testing::Values(
        HygieneCase{"plain", "赞成 12", "赞成 12"}, HygieneCase{"full_width", "＃４０１室　ＡＢｃ", "#401室 ABc"},
        HygieneCase{"full_width_marks", "上报：路灯，坏了！", "上报:路灯,坏了!"}, HygieneCase{"circled", "①同意", "1同意"},
        HygieneCase{"entity", "&ldquo;敏捷&rdquo;&nbsp;网格", "“敏捷” 网格"}, HygieneCase{"lost_ampersand", "ldquo;敏捷rdquo;", "“敏捷”"},
        HygieneCase{"nested_entity", "&amp;amp;lt;b", "<b"}, HygieneCase{"numeric_entity", "&#36190;&#x6210;12", "赞成12"},
        HygieneCase{"no_entity", "rdquote; A&B;", "rdquote; A&B;"}, HygieneCase{"pinyin", "區(qū)里(li)的事", "區里的事"},
        HygieneCase{"pinyin_full_width", "区（qū）", "区"}, HygieneCase{"no_pinyin", "方案(A)和(b)", "方案(A)和"},
        HygieneCase{"zero_width", "赞\xE2\x80\x8B成\xEF\xBB\xBF 12", "赞成 12"}, HygieneCase{"emoji_selector", "❤\xEF\xB8\x8F好", "❤好"},
        HygieneCase{"spaces", "  上报   路灯 \t坏了 ", "上报 路灯 坏了"},
        HygieneCase{"lines", "提议 \r\n 标题：灯\n\n原因", "提议\n标题:灯\n\n原因"}, HygieneCase{"combining", "cafe\xCC\x81", "café"},
        HygieneCase{"ellipsis", "等等…", "等等..."}, HygieneCase{"truncated_utf8", "赞成\xE8\xB5", "赞成\xEF\xBF\xBD"},
        HygieneCase{"shifted", "?懊艚萼l村", "?懊艚萼l村", true},
        HygieneCase{"shifted_traditional", "?拔液蛬寢層袀", "?拔液蛬寢層袀", true},
        HygieneCase{"question_is_not_shifted", "什么?我们村也有啊", "什么?我们村也有啊"}, HygieneCase{"empty", "", ""}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(HygieneSimplify, TraditionalForMatching)
{
    EXPECT_EQ(commands::reader::simplify("贊成 棄權 樓棟 網格 電動車"), "赞成 弃权 楼栋 网格 电动车");
    EXPECT_EQ(commands::reader::simplify("abc 已经 12"), "abc 已经 12");
}

TEST(HygieneReader, DamagedTextIsFlaggedAndNotRead)
{
    auto const result = reader_test::demo_reader().read("上报 ?懊艚萼l村 路灯坏了 3栋", {});
    EXPECT_TRUE(result.damaged);
    EXPECT_TRUE(result.ignored());
}

} // namespace
