#include "commands/reader/score.hpp"

#include <gtest/gtest.h>

namespace {

std::string listed(reader_test::Score const& score)
{
    std::string text;
    for (auto const& [id, failure] : score.failures)
        text += id + " " + failure + "\n";
    return text;
}

/// Shares in percent that a file must reach; false executions and missed dangers to life are never allowed.
struct Gate {
    char const* name;
    char const* file;
    std::size_t messages; ///< at least
    std::size_t heads;
    std::size_t fulls;
};

class Utterances : public testing::TestWithParam<Gate> {};

TEST_P(Utterances, AreReadAsExpected)
{
    auto const& gate = GetParam();
    auto const score = reader_test::score_file(reader_test::demo_reader(), gate.file);
    ASSERT_GE(score.messages, gate.messages);
    EXPECT_GE(score.heads * 100, gate.heads * score.messages) << listed(score);
    EXPECT_GE(score.fulls * 100, gate.fulls * score.messages) << listed(score);
    EXPECT_THAT(score.false_executions, testing::IsEmpty()) << listed(score);
    EXPECT_THAT(score.missed_critical, testing::IsEmpty()) << listed(score);
}

INSTANTIATE_TEST_SUITE_P(Files, Utterances,
                         testing::Values(Gate{"examples", "utterances.jsonl", 275, 99, 97},
                                         Gate{"own", "own_utterances.jsonl", 3300, 99, 98}),
                         [](auto const& tc) { return std::string(tc.param.name); });

} // namespace
