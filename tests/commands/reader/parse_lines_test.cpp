#include "bot/parse_lines.hpp"

#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using nlohmann::json;

std::vector<json> parsed(std::string const& lines, bot::Allowed const& allowed = {})
{
    std::istringstream in(lines);
    std::ostringstream out;
    (void)bot::parse_lines(in, out, reader_test::demo_reader(), allowed);
    std::vector<json> rows;
    std::istringstream rows_in(out.str());
    for (std::string line; std::getline(rows_in, line);)
        rows.push_back(json::parse(line));
    return rows;
}

TEST(ParseLines, ShapeOfTheExampleFiles)
{
    auto const rows = parsed(R"({"id":"a","text":"15选B","ctx":{"open_votes":[15]}})"
                             "\n\n"
                             R"({"id":"b","text":"同意12，反对15","ctx":{"open_votes":[12,15],"role":"resident"}})");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], json::parse(R"({"id":"a","result":{"mode":"execute","intent":"vote.cast","args":{"ref_no":15,"option":"B"}}})"));
    EXPECT_EQ(rows[1]["result"]["multi"].size(), 2U);
}

TEST(ParseLines, AuthzFollowsTheRole)
{
    auto const allowed = [](std::string const& role, commands::reader::Reading const&) { return role == "committee_member"; };
    auto const rows =
        parsed(R"({"id":1,"text":"审议 20 通过","ctx":{"role":"resident","refs":{"20":"proposal:screening"}}})"
               "\n"
               R"({"id":2,"text":"审议 20 通过","ctx":{"role":["resident","committee_member"],"refs":{"20":"proposal:screening"}}})",
               allowed);
    EXPECT_EQ(rows[0]["result"]["authz"], "deny");
    EXPECT_FALSE(rows[1]["result"].contains("authz"));
}

TEST(ParseLines, AFaultyLineDoesNotStopTheRun)
{
    auto const rows =
        parsed("nonsense\n{\"id\":\"x\"}\n[1]\n{\"id\":\"y\",\"text\":\"帮助\",\"ctx\":{\"chat\":7}}\n{\"id\":\"z\",\"text\":\"帮助\"}");
    ASSERT_EQ(rows.size(), 5U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_TRUE(rows[i].contains("error")) << i;
        EXPECT_EQ(rows[i]["result"]["mode"], "ignore") << i;
    }
    EXPECT_EQ(rows[1]["id"], "x");
    EXPECT_EQ(rows[4]["result"]["intent"], "help");
}

} // namespace
