#include "reader/rules.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

bool has_place(View const& v)
{
    Address const& a = v.s.address;
    return !is_empty(a);
}

/// Words that put a danger elsewhere: news, drills, figures of speech, what might be. The past counts unless something still goes on.
bool elsewhere(View const& v)
{
    if (v.has_any({W::news, W::drill, W::metaphor, W::hypothetical, W::solved, W::almost, W::long_ago}))
        return true;
    bool const goes_on = v.has_any({W::present, W::call_help});
    bool const lately = v.has(W::lately) && !(v.s.danger && v.s.danger->lasting);
    return (v.has(W::past) || lately) && !goes_on;
}

} // namespace

bool not_here_and_now(View const& v)
{
    if (v.has(W::what_now) && !has_place(v) && !v.has_any({W::call_help, W::present}))
        return true; // 别乱扔烟头，着火了怎么办
    bool const now = v.has(W::call_help) && !v.has_any({W::drill, W::news, W::metaphor});
    return !now && elsewhere(v);
}

Verdict danger_here_and_now(View const& v)
{
    bool const danger = v.s.danger_is_critical || (v.has(W::call_help) && v.residue({W::call_help, W::intensifier, W::vote_filler}) <= 2);
    if (!danger || not_here_and_now(v) || v.joking())
        return std::nullopt;
    bool const keyword_first = v.at_word(W::keyword, v.start) != nullptr;
    if (keyword_first && v.value(v.at_word(W::keyword, v.start)) != "report.create" && !v.has(W::call_help))
        return std::nullopt; // 吹哨, 应急哨, 代办 ... have their own way
    bool const question = v.has(W::small_question) && !v.has_any({W::call_help, W::present});
    bool const loud = v.has_any({W::call_help, W::present}) || v.s.match.find(U'!') != std::u32string::npos || v.size() <= 24;
    if (question || (!has_place(v) && !loud))
        return std::nullopt;
    std::vector<Span> cut;
    if (auto const* keyword = v.at_word(W::keyword, v.start))
        cut = {{0, keyword->end}};
    auto r = report_of(v, cut);
    if (v.s.danger) {
        r.args.set("category", v.s.danger->category);
        r.args.set("subcategory", v.s.danger->subcategory);
    } else {
        r.args.set("category", "public_safety");
        r.args.set("subcategory", "rescue");
    }
    r.args.set("urgency", "critical");
    r.mode = Mode::execute;
    r.missing.clear();
    return one(std::move(r));
}

Verdict danger_elsewhere(View const& v)
{
    if (v.at_word(W::keyword, v.start) || !v.refs().empty())
        return std::nullopt; // a command that mentions a danger is still a command
    bool const danger_words = v.s.danger != nullptr || v.has_any({W::metaphor, W::drill});
    return danger_words && (not_here_and_now(v) || v.joking()) ? nothing() : std::nullopt;
}

} // namespace commands::reader
