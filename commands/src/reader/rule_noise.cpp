#include "reader/rules.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// [图片], [语音] and the like and nothing else.
bool is_placeholder(View const& v)
{
    return v.has(W::placeholder) && v.residue({W::placeholder}) == 0;
}

/// Asks the bot to change what only procedure changes: a result, a count, a role, points (domain.md 14.4).
bool orders_change(View const& v)
{
    for (auto const& change : v.all(W::change)) {
        Span const after{change.end, std::min(v.size(), change.end + 6)};
        if (v.has_in(W::injection_topic, after))
            return true;
    }
    return false;
}

} // namespace

Verdict not_a_message(View const& v)
{
    if (v.size() == 0 || v.has(W::system_line) || is_placeholder(v) || v.has(W::spam))
        return nothing();
    if (auto const* word = v.first(W::forwarded); word && (word->begin <= 2 || v.value(word) == "anywhere"))
        return nothing();
    bool const somebody_else = v.s.mentions_other && !v.c.mention && !v.s.mentions_bot;
    bool const danger = danger_is_here(v);
    if (somebody_else && !danger)
        return nothing();
    return std::nullopt;
}

Verdict orders_to_the_bot(View const& v)
{
    return v.has(W::injection) || orders_change(v) ? nothing() : std::nullopt;
}

/// A command word that speaks of something else: school, sports, other kinds of points, a joke.
Verdict other_meaning(View const& v)
{
    bool const books = v.has_any({W::points_word, W::rank_word, W::red_list, W::black_list, W::points_rules});
    if (books && v.has_any({W::other_points, W::other_subject}) && (v.s.category == nullptr || !v.s.category->defect) &&
        !v.has(W::points_declare) && !v.has(W::points_appeal))
        return nothing();
    auto const* keyword = v.at_word(W::keyword, v.start);
    auto const named = keyword ? intent_named(v.value(keyword)).value_or(Intent::none) : Intent::none;
    if (named == Intent::service_request && v.has(W::advert) && !v.direct())
        return nothing(); // 代办签证，价格优惠
    bool const light = v.has(W::joke) || v.has(W::sarcasm);
    if (named != Intent::none && light && !v.direct()) {
        bool const joke_prone = named == Intent::proposal_create || named == Intent::objection_raise || named == Intent::volunteer_signup ||
                                named == Intent::points_declare || named == Intent::points_appeal || named == Intent::mediation_request;
        bool const no_matter = named == Intent::report_create && v.s.category == nullptr && is_empty(v.s.address);
        if (joke_prone || no_matter)
            return nothing();
    }
    if (v.has(W::choice) && light && v.refs().empty() && !v.c.reply_to)
        return nothing();
    return std::nullopt;
}

} // namespace commands::reader
