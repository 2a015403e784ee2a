#pragma once

#include "reader/rules.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Choices, numbers, and which belong together.
namespace commands::reader {

/// A choice or a number, in the order of the text.
struct Token {
    bool is_choice = false;
    Span span;
    std::string_view choice;
    std::int64_t number = 0;
};

/// A number and the choice made for it.
struct Ballot {
    std::int64_t number = 0;
    std::string_view choice;
    Span span; ///< both and what stands between
};

[[nodiscard]] std::vector<Token> tokens_of(View const& v, W choice_class);
/// Between a number and its choice only words like 我, 投, 的, 提议 may stand.
[[nodiscard]] bool ties(View const& v, Span a, Span b);
/// Pairs numbers with choices: 赞成12和27 · 12、13都同意 · 同意12，反对15 · 同意12号，第14号弃权.
[[nodiscard]] std::vector<Ballot> ballots_of(View const& v, std::vector<Token> const& tokens);

/// What stands before and after the ballots of a clause decides whether they are the speaker's own.
enum class Voice { own, unsure, talk };

[[nodiscard]] Voice voice_of(View const& v, Ballot const& ballot);
/// The last choice of the text is in the speaker's own voice: 反正我反对.
[[nodiscard]] bool own_word_choice(View const& v, std::vector<Token> const& tokens);
/// The speaker's reason: what is left beside the ballots.
void set_comment(Reading& r, View const& v, std::vector<Ballot> const& ballots);

[[nodiscard]] Reading vote(Mode mode, std::optional<std::int64_t> number, std::string_view choice);
[[nodiscard]] std::optional<std::int64_t> only_open(View const& v); ///< the open vote, when there is exactly one
[[nodiscard]] bool quotes_vote(View const& v);
/// The number a qualified vote is about: one in the text that is open, else the quoted card.
[[nodiscard]] std::optional<std::int64_t> meant_vote(View const& v);

/// vote_options.cpp: 15选B, A方案.
[[nodiscard]] Verdict option_vote(View const& v);

} // namespace commands::reader
