#include "reader/rules.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// Weight from which a danger is taken for real; when in doubt it is (domain.md 8.5: danger first, questions later).
constexpr int kReal = 3;

/// A call for help and hardly another word.
bool only_calls(View const& v)
{
    return v.has(W::call_help) && v.residue({W::call_help, W::urging, W::intensifier, W::vote_filler}) <= 2 && here_and_now(v) > 0;
}

/// 吹哨, 代办 ... have their own way, unless the text cries for help.
bool other_command(View const& v)
{
    auto const* keyword = v.at_word(W::keyword, v.start);
    return keyword && v.value(keyword) != "report.create" && !v.has_any({W::call_help, W::urging});
}

} // namespace

bool danger_is_here(View const& v)
{
    return v.s.danger && v.s.danger_weight + here_and_now(v) >= kReal;
}

Verdict danger_here_and_now(View const& v)
{
    if ((!danger_is_here(v) && !only_calls(v)) || other_command(v))
        return std::nullopt;
    std::vector<Span> cut;
    if (auto const* keyword = v.at_word(W::keyword, v.start))
        cut = {{0, keyword->end}};
    auto r = report_of(v, cut);
    r.args.set("category", v.s.danger ? std::string_view(v.s.danger->category) : std::string_view("public_safety"));
    r.args.set("subcategory", v.s.danger ? std::string_view(v.s.danger->subcategory) : std::string_view("rescue"));
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
    return danger_words && not_here_and_now(v) ? nothing() : std::nullopt;
}

} // namespace commands::reader
