#include "governance/demo.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// demo/workflows.json is the specification in prose; the executable definitions must have exactly its states and transitions.
namespace {

using namespace governance::workflow;

class Parity : public testing::TestWithParam<std::string> {
protected:
    nlohmann::json specification() const
    {
        auto const file = demo::json("workflows.json");
        for (auto const& workflow : file.at("workflows"))
            if (workflow.at("id") == GetParam())
                return workflow;
        throw std::runtime_error("no workflow " + GetParam());
    }
};

std::vector<std::string> split(std::string const& text)
{
    std::vector<std::string> words;
    std::size_t begin = 0;
    for (std::size_t bar = 0; bar != std::string::npos; begin = bar + 1) {
        bar = text.find('|', begin);
        words.push_back(text.substr(begin, bar == std::string::npos ? bar : bar - begin));
    }
    return words;
}

TEST_P(Parity, States)
{
    auto const& definition = demo::definition(GetParam());
    auto const wanted = specification();
    EXPECT_EQ(definition.title, wanted.at("zh"));
    ASSERT_EQ(definition.states.size(), wanted.at("states").size());
    for (std::size_t i = 0; i < definition.states.size(); ++i) {
        auto const& state = wanted.at("states")[i];
        EXPECT_EQ(definition.states[i].id, state.at("id"));
        EXPECT_EQ(definition.states[i].title, state.at("zh"));
        EXPECT_EQ(definition.states[i].terminal, state.at("terminal").get<bool>());
        EXPECT_EQ(definition.states[i].stage, state.at("stage").is_null() ? "" : state.at("stage").get<std::string>());
    }
}

TEST_P(Parity, Transitions)
{
    auto const& definition = demo::definition(GetParam());
    auto const wanted = specification();
    ASSERT_EQ(definition.transitions.size(), wanted.at("transitions").size());
    for (std::size_t i = 0; i < definition.transitions.size(); ++i) {
        auto const& row = definition.transitions[i];
        auto const& line = wanted.at("transitions")[i];
        SCOPED_TRACE(row.id);
        EXPECT_EQ(row.id, line.at("id"));
        EXPECT_EQ(row.sources, line.at("src").get<std::vector<std::string>>());
        EXPECT_EQ(row.target, line.at("dst"));
        EXPECT_EQ(row.actors, split(line.at("actor")));
        EXPECT_EQ(row.notices, line.at("notice").get<std::vector<std::string>>());
    }
}

INSTANTIATE_TEST_SUITE_P(Procedures, Parity, testing::Values("five_talks", "report", "points_entry"),
                         [](auto const& tc) { return tc.param; });

} // namespace
