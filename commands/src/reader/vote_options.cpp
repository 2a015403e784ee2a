#include "reader/ballots.hpp"
#include "reader/unicode.hpp"

namespace commands::reader {

namespace {

/// The label in 选B, 方案二, A方案: a capital letter or a digit; empty when there is none.
std::string option_label(View const& v, std::uint32_t begin, std::uint32_t& end)
{
    char32_t const c = v.at(begin);
    bool const word_goes_on = is_letter(v.at(begin + 1)) || is_digit(v.at(begin + 1));
    if (word_goes_on)
        return {};
    end = begin + 1;
    if (is_letter(c))
        return std::string(1, static_cast<char>(c - (c >= U'a' ? 0x20 : 0)));
    constexpr std::u32string_view numerals = U"一二三四五六七八九";
    if (auto const at = numerals.find(c); at != std::u32string_view::npos)
        return std::to_string(at + 1);
    return is_digit(c) && c != U'0' ? std::string(1, static_cast<char>(c)) : std::string{};
}

struct Option {
    std::string label;
    Span span;
};

/// 选B, 投方案二, A方案, 方案一; with a quoted card also a bare label.
std::optional<Option> option_in(View const& v, bool bare_allowed)
{
    std::uint32_t end = 0;
    for (auto const& word : v.all(W::option_word)) {
        if (auto label = option_label(v, word.end, end); !label.empty())
            return Option{std::move(label), {word.begin, end}};
        if (word.begin > 0)
            if (auto label = option_label(v, word.begin - 1, end);
                !label.empty() && !is_letter(v.at(word.begin >= 2 ? word.begin - 2 : v.size())))
                return Option{std::move(label), {word.begin - 1, word.end}};
    }
    for (auto const& verb : v.all(W::option_verb))
        if (auto label = option_label(v, verb.end, end);
            !label.empty() && (end >= v.size() || !is_han(v.at(end)) || v.at_word(W::vote_filler, end)))
            return Option{std::move(label), {verb.begin, end}};
    if (bare_allowed && v.size() <= 3)
        if (auto label = option_label(v, v.start, end); !label.empty())
            return Option{std::move(label), {v.start, end}};
    return std::nullopt;
}

} // namespace

Verdict option_vote(View const& v)
{
    bool const offered = quotes_vote(v) && !v.c.reply_to->options.empty();
    if (!v.has_any({W::option_word, W::option_verb}) && !offered)
        return std::nullopt;
    auto const option = option_in(v, offered);
    if (!option || v.asks())
        return std::nullopt;
    std::optional<std::int64_t> number;
    std::vector<Span> cut{option->span};
    for (auto const& n : v.refs())
        if (v.open_vote(n.value) && n.span.begin != option->span.begin && n.span.end <= option->span.begin &&
            ties(v, n.outer, option->span)) {
            number = n.value;
            cut.push_back(n.outer);
        }
    bool const plain = v.residue({W::vote_filler, W::own_voice, W::intensifier, W::option_verb, W::option_word}, cut) == 0;
    Mode mode = Mode::execute;
    if (!number && quotes_vote(v) && plain) {
        number = v.c.reply_to->ref_no;
    } else if (!number && plain && v.has(W::option_word)) {
        number = only_open(v);
        mode = Mode::confirm;
    }
    if (!number)
        return std::nullopt;
    auto r = vote(mode, number, {});
    r.args.set("option", ArgValue{option->label});
    return one(std::move(r));
}

} // namespace commands::reader
