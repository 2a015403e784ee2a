#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

namespace {

using namespace commands::reader;

/// What makes the same words a danger here and now, or none.
struct DangerCase {
    char const* name;
    char const* text;
    bool danger;
};

void PrintTo(DangerCase const& c, std::ostream* out)
{
    *out << c.text;
}

class Dangers : public testing::TestWithParam<DangerCase> {};

TEST_P(Dangers, AreToldFromTalk)
{
    auto const result = reader_test::demo_reader().read(GetParam().text, Context{});
    auto const& reading = result.readings.front();
    bool const critical = reading.mode == Mode::execute && reading.args.text("urgency") == "critical";
    EXPECT_EQ(critical, GetParam().danger) << reading.args.text("text");
}

INSTANTIATE_TEST_SUITE_P(
    Table, Dangers,
    testing::Values(DangerCase{"plain", "3栋着火了", true}, DangerCase{"denied", "3栋没着火，大家别慌", false},
                    DangerCase{"denied_drill", "不是演习！3栋着火了", true}, DangerCase{"drill", "明天演习，3栋模拟着火", false},
                    DangerCase{"guess", "3栋是不是着火了，好多烟", true}, DangerCase{"comparison", "心里跟掉冰窟窿里一样", false},
                    DangerCase{"feeling", "气得我想跳楼", false}, DangerCase{"feeling_of_another", "气得我爸晕倒了", true},
                    DangerCase{"cause_of_a_feeling", "我真要被我家娃气到心梗", false},
                    DangerCase{"for_effect", "看到账单我直接昏倒", false}, DangerCase{"name", "西瓜跳楼价，快来抢", false},
                    DangerCase{"title", "昨晚看了《失火的天堂》", false}, DangerCase{"part_of_a_word", "晚上吃火锅，烟火气十足", false},
                    DangerCase{"thing", "手机掉河里了还能修不", false}, DangerCase{"person_with_a_thing", "有孩子捡球掉河里了", true},
                    DangerCase{"animal", "小猫卡在树上下不来", false}, DangerCase{"past", "去年柳湾塘淹死过人", false},
                    DangerCase{"over", "3栋的火已经扑灭了", false}, DangerCase{"over_but_goes_on", "说是扑灭了，3栋现在又烧起来了", true},
                    DangerCase{"supposed", "如果有人触电，先断电再救人", false},
                    DangerCase{"hearsay", "听我姑说她们县有个老人走丢了", false},
                    DangerCase{"heard_by_the_speaker", "听见楼上喊救命，3栋2单元", true}),
    [](auto const& tc) { return std::string(tc.param.name); });

} // namespace
