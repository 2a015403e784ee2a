#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

#include <map>

namespace {

using commands::reader::Address;

struct AddressCase {
    char const* text;
    std::map<std::string, std::string> fields;
    std::vector<std::string> buildings = {};
};

void PrintTo(AddressCase const& c, std::ostream* out)
{
    *out << c.text;
}

class Addresses : public testing::TestWithParam<AddressCase> {};

TEST_P(Addresses, AreParsed)
{
    auto address = reader_test::demo_reader().read_address(GetParam().text);
    if (!GetParam().fields.contains("landmark"))
        address.landmark.clear();
    std::map<std::string, std::string> fields;
    for (auto const& [name, value] : fields_of(address))
        fields.emplace(name, value);
    EXPECT_EQ(fields, GetParam().fields);
    EXPECT_EQ(address.buildings, GetParam().buildings);
}

std::map<std::string, std::string> const kThree{{"building", "3"}, {"unit", "2"}, {"room", "501"}};

// The rows of domain.md 15.5, then what looks like an address and is none.
INSTANTIATE_TEST_SUITE_P(
    Table, Addresses,
    testing::Values(AddressCase{"3栋2单元501", kThree}, AddressCase{"3-2-501", kThree}, AddressCase{"3#2-501", kThree},
                    AddressCase{"三栋二单元五零一", kThree}, AddressCase{"３栋２单元５０１室", kThree},
                    AddressCase{"3栋 2单元 501室", kThree}, AddressCase{"3幢门口", {{"building", "3"}}},
                    AddressCase{"3号楼", {{"building", "3"}}}, AddressCase{"3#楼", {{"building", "3"}}},
                    AddressCase{"3棟", {{"building", "3"}}}, AddressCase{"A座大厅", {{"building", "A"}}},
                    AddressCase{"4-302停电", {{"building", "4"}, {"room", "302"}}},
                    AddressCase{"1幢602室", {{"building", "1"}, {"room", "602"}}}, AddressCase{"3栋和4栋之间", {}, {"3", "4"}},
                    AddressCase{"3、4栋中间", {}, {"3", "4"}}, AddressCase{"4楼漏雨", {{"floor", "4"}}},
                    AddressCase{"四层平台", {{"floor", "4"}}}, AddressCase{"江南水都", {{"estate", "江南水都小区"}}},
                    AddressCase{"水都小区", {{"estate", "江南水都小区"}}}, AddressCase{"建设路1号", {{"road", "建设路"}, {"road_no", "1"}}},
                    AddressCase{"人民路88号", {{"road", "人民路"}, {"road_no", "88"}}}, // no road of the gazetteer
                    AddressCase{"解放东路3号", {{"road", "解放东路"}, {"road_no", "3"}}},
                    AddressCase{"滨江大道12号门口", {{"road", "滨江大道"}, {"road_no", "12"}}}, AddressCase{"我在马路3号", {}},
                    AddressCase{"石桥村上石桥组8号", {{"village", "石桥村"}, {"hamlet", "上石桥组"}, {"house_no", "8"}}},
                    AddressCase{"柳湾塘", {{"hamlet", "柳湾组"}}}, AddressCase{"幸福里", {{"site", "幸福里聚居点"}}},
                    AddressCase{"G07", {{"grid", "G07"}}}, AddressCase{"第二网格", {{"grid", "2"}}},
                    AddressCase{"江南水都第二网格", {{"estate", "江南水都小区"}, {"grid", "2"}}}, AddressCase{"商贸园", {{"grid", "G08"}}},
                    AddressCase{"北门", {{"landmark", "北门"}}}, AddressCase{"我家没电", {{"relative", "home"}}},
                    AddressCase{"我们单元", {{"relative", "home"}}}, AddressCase{"我是3栋的，5栋门口井盖坏了", {{"building", "5"}}},
                    AddressCase{"我住3栋，楼下路灯坏了", {{"building", "3"}}}, AddressCase{"6栋B座", {{"building", "6"}}},
                    AddressCase{"5月3号", {}}, AddressCase{"12块3", {}}, AddressCase{"2026-07-20", {}}, AddressCase{"下午3点", {}},
                    AddressCase{"3比2", {}}, AddressCase{"桌上一层灰", {}}, AddressCase{"我家孩子", {}}, AddressCase{"一滴水都没有", {}}));

TEST(AddressLimits, ImpossibleCombinationsAreAskedFor)
{
    auto const& reader = reader_test::demo_reader();
    for (auto const* text : {"上报 江南水都9栋电梯坏了", "上报 江南水都3栋5单元路灯坏了", "上报 立新花苑2栋1203停电就我家",
                             "上报 建设路150号路灯不亮", "上报 柏树村上石桥组路灯坏了"}) {
        auto const result = reader.read(text, {});
        ASSERT_EQ(result.readings.size(), 1U) << text;
        EXPECT_EQ(result.readings[0].mode, commands::reader::Mode::clarify) << text;
        EXPECT_THAT(result.readings[0].missing, testing::ElementsAre("address")) << text;
    }
}

} // namespace
