#include "reader/numerals.hpp"
#include "reader/rules.hpp"
#include "reader/unicode.hpp"

namespace commands::reader {

namespace {

/// A whole new command is no answer (domain.md 15.4, T5).
bool is_full_command(View const& v)
{
    auto const commands = explicit_command(v);
    if (!commands)
        return false;
    for (auto const& r : *commands)
        if (r.mode == Mode::execute && r.intent != Intent::answer_yes && r.intent != Intent::answer_no)
            return true;
    return false;
}

/// 2, 选2, 第二个, ②.
std::optional<std::int64_t> picked(View const& v)
{
    if (v.s.numbers.size() != 1 || v.s.numbers.front().decimal)
        return std::nullopt;
    auto const& n = v.s.numbers.front();
    if (v.residue({W::vote_filler, W::own_voice, W::option_verb, W::option_word, W::measure, W::ref_before, W::ref_after, W::not_ref_after,
                   W::yes},
                  {n.outer}) != 0)
        return std::nullopt;
    return n.value;
}

} // namespace

Verdict pending_answer(View const& v)
{
    if (!v.c.pending_question || v.c.chat != Chat::direct || is_full_command(v))
        return std::nullopt;
    auto const& question = *v.c.pending_question;
    if (question.options > 0 || question.kind == "pick") {
        auto const index = picked(v);
        if (index && *index >= 1 && (question.options == 0 || *index <= question.options)) {
            auto r = execute(Intent::answer_choice);
            r.args.set("index", ArgValue{*index});
            return one(std::move(r));
        }
    }
    constexpr std::uint32_t kLongestAnswer = 24;
    if (v.size() > kLongestAnswer || v.s.match.find(U'?') != std::u32string::npos)
        return std::nullopt;
    auto const* yes = v.at_word(W::yes, 0);
    auto const* no = v.at_word(W::no, 0);
    if (no && (!yes || no->end >= yes->end))
        return one(execute(Intent::answer_no));
    return yes ? one(execute(Intent::answer_yes)) : std::nullopt;
}

} // namespace commands::reader
