#include "bot/public/redactor.hpp"

#include <string>

namespace bot {
namespace {

struct Text {
    char const* name;
    char const* given;
    char const* shown;
};

class RedactorTable : public testing::TestWithParam<Text> {};

TEST_P(RedactorTable, TakesOutWhatLeadsToAPerson)
{
    Redactor const redactor({"李示岚", "高山", "欧阳示梅"}, {"幸福里", "柳湾"});
    EXPECT_EQ(redactor.clean(GetParam().given), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RedactorTable,
    testing::Values(Text{"plain", "聚居点入口装升降杆，外来车太多", "聚居点入口装升降杆，外来车太多"},
                    Text{"flat_in_words", "3栋2单元501漏水", "3栋漏水"}, Text{"flat_with_room", "3栋2单元501室漏水", "3栋漏水"},
                    Text{"flat_full_width", "３栋２单元５０１漏水", "3栋漏水"}, Text{"flat_in_chinese", "三栋二单元五零一漏水", "三栋漏水"},
                    Text{"flat_in_dashes", "住3-2-501的", "住3栋的"}, Text{"flat_with_hash", "3#2-501", "3栋"},
                    Text{"building_and_room", "1幢602室", "1幢"}, Text{"short_flat", "（4-302）反映", "（4栋）反映"},
                    Text{"unit_only", "2单元501", "某户"}, Text{"room", "602室吵", "某户吵"},
                    Text{"building_stays", "3栋和4栋之间", "3栋和4栋之间"}, Text{"unit_stays", "3栋2单元门口", "3栋门口"},
                    Text{"mobile", "找13812345678", "找（号码略）"}, Text{"mobile_spaced", "138 1234 5678", "（号码略）"},
                    Text{"landline", "0571-87654321", "（号码略）"}, Text{"masked", "100****0001", "（号码略）"},
                    Text{"identity", "11010519491231002X号", "（号码略）号"}, Text{"money", "预算1200000元", "预算1200000元"},
                    Text{"date", "2026-07-08前", "2026-07-08前"}, Text{"time", "7月11日24:00截止，40/64户", "7月11日24:00截止，40/64户"},
                    Text{"households", "3栋100户", "3栋100户"}, Text{"name", "李示岚家门口", "李某家门口"},
                    Text{"long_name", "由欧阳示梅负责", "由欧某负责"}, Text{"short_name_alone", "高山：我同意", "高某：我同意"},
                    Text{"short_name_as_word", "登上高山看看", "登上高山看看"}, Text{"house_number", "幸福里8号门前", "幸福里门前"},
                    Text{"house_number_spaced", "柳湾 十二号", "柳湾"}, Text{"building_number", "建设路1号楼", "建设路1号楼"},
                    Text{"emoji", "👍好", "👍好"}),
    [](auto const& tc) { return std::string(tc.param.name); });

TEST(Redactor, BoundsWhatItReads)
{
    Redactor const redactor;
    std::string const digits(100'000, '1');
    EXPECT_LT(redactor.clean(digits).size(), 10'000U);
    EXPECT_LE(redactor.clean(std::string(100'000, 'a')).size(), 4000U);
    EXPECT_NO_THROW(redactor.clean("\xff\xfe\xe8"));
}

} // namespace
} // namespace bot
