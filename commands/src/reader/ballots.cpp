#include "reader/ballots.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

bool parted(View const& v, Span a, Span b)
{
    auto const between = std::u32string_view(v.s.match).substr(a.end, b.begin > a.end ? b.begin - a.end : 0);
    return between.find_first_of(U",。;、\n ") != std::u32string_view::npos;
}

Voice voice_before(View const& v, Span head)
{
    if (head.empty() || v.only_covered(head, {W::vote_filler, W::own_voice, W::intensifier, W::change, W::politeness, W::lead_in}))
        return Voice::own;
    if (v.has_in(W::denial, head) || v.has_in(W::undecided, head) || v.has_in(W::vote_talk, head) || v.has_in(W::others_say, head) ||
        v.has_in(W::kin, head) || v.asks_in(head) || v.has_in(W::news, head))
        return Voice::talk;
    return v.ending_at(W::own_voice, head.end) ? Voice::own : Voice::unsure;
}

} // namespace

std::vector<Token> tokens_of(View const& v, W choice_class)
{
    std::vector<Token> tokens;
    for (auto const& hit : v.all(choice_class))
        tokens.push_back({true, span_of(hit), v.value(&hit), 0});
    for (auto const& n : v.refs())
        tokens.push_back({false, n.outer, {}, n.value});
    std::sort(tokens.begin(), tokens.end(), [](auto const& a, auto const& b) { return a.span.begin < b.span.begin; });
    return tokens;
}

bool ties(View const& v, Span a, Span b)
{
    Span const gap{a.end, b.begin};
    if (b.begin < a.end || b.begin - a.end > 14)
        return false;
    auto const between = std::u32string_view(v.s.match).substr(gap.begin, gap.end - gap.begin);
    if (between.find_first_of(U"。!?\n") != std::u32string_view::npos)
        return false;
    return v.only_covered(gap, {W::vote_filler, W::own_voice, W::intensifier, W::change});
}

std::vector<Ballot> ballots_of(View const& v, std::vector<Token> const& tokens)
{
    std::vector<Ballot> ballots;
    for (std::size_t i = 0; i < tokens.size();) {
        std::size_t j = i + 1;
        if (tokens[i].is_choice) {
            for (; j < tokens.size() && !tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span); ++j) {
                bool const next_takes_it = j + 1 < tokens.size() && tokens[j + 1].is_choice &&
                                           ties(v, tokens[j].span, tokens[j + 1].span) && parted(v, tokens[j - 1].span, tokens[j].span);
                if (next_takes_it && (j > i + 1 || !parted(v, tokens[j].span, tokens[j + 1].span)))
                    break;
                ballots.push_back({tokens[j].number, tokens[i].choice, {tokens[i].span.begin, tokens[j].span.end}});
            }
        } else {
            while (j < tokens.size() && !tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span))
                ++j;
            if (j < tokens.size() && tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span)) {
                for (std::size_t k = i; k < j; ++k)
                    ballots.push_back({tokens[k].number, tokens[j].choice, {tokens[k].span.begin, tokens[j].span.end}});
                ++j;
            }
        }
        i = j;
    }
    return ballots;
}

Voice voice_of(View const& v, Ballot const& ballot)
{
    auto const clause = v.clause(ballot.span.begin);
    Span head{clause.begin, ballot.span.begin};
    for (auto const& n : v.refs()) // 12、13都同意: the words before 13 are those after 12
        if (n.outer.end <= head.end && n.outer.end > head.begin)
            head.begin = n.outer.end;
    for (auto const& hit : v.all(W::choice))
        if (hit.end <= head.end && hit.end > head.begin && v.only_covered({hit.end, head.end}, {W::vote_filler, W::own_voice}))
            head.begin = hit.end;
    auto voice = voice_before(v, head);
    auto const space = v.s.match.rfind(U' ', head.end > 0 ? head.end - 1 : 0);
    if (voice == Voice::unsure && space != std::u32string::npos && space >= head.begin)
        voice = voice_before(v, {static_cast<std::uint32_t>(space), head.end});
    if (voice == Voice::talk)
        return voice;
    auto const tail_end = std::max(ballot.span.end, v.clause(ballot.span.end > 0 ? ballot.span.end - 1 : 0).end);
    Span const tail{ballot.span.end, tail_end};
    bool const asked = v.asks_in(tail) || v.asks_in(ballot.span);
    bool const counted = v.at(tail.begin) == U'的' && tail.begin + 1 < tail.end && !v.only_covered(tail, {W::vote_filler});
    if (asked || counted || v.has_in(W::vote_talk, tail) || v.has_in(W::undecided, tail) || v.has_in(W::result_question, tail))
        return Voice::talk;
    return voice;
}

Reading vote(Mode mode, std::optional<std::int64_t> number, std::string_view choice)
{
    auto r = reading(mode, Intent::vote_cast);
    if (number)
        r.args.set("ref_no", ArgValue{*number});
    if (!choice.empty() && choice != "unclear")
        r.args.set("choice", choice);
    return r;
}

void set_comment(Reading& r, View const& v, std::vector<Ballot> const& ballots)
{
    std::vector<Span> cut;
    for (auto const& b : ballots) {
        Span span = b.span;
        while (auto const* tail = v.at_word(W::vote_filler, span.end)) {
            if (tail->begin != span.end)
                break;
            span.end = tail->end;
        }
        auto const clause = v.clause(span.begin);
        if (v.only_covered({clause.begin, span.begin},
                           {W::vote_filler, W::own_voice, W::intensifier, W::change, W::politeness, W::lead_in}))
            span.begin = clause.begin;
        cut.push_back(span);
    }
    auto comment = v.text_without(cut);
    if (comment.size() >= 3)
        set_text(r, "comment", std::move(comment));
}

bool own_word_choice(View const& v, std::vector<Token> const& tokens)
{
    auto const last = std::find_if(tokens.rbegin(), tokens.rend(), [](auto const& t) { return t.is_choice; });
    if (last == tokens.rend())
        return false;
    auto const clause = v.clause(last->span.begin);
    return v.has_in(W::own_voice, {clause.begin, last->span.begin}) && !v.has_in(W::denial, clause) && !v.asks_in(clause);
}

std::optional<std::int64_t> only_open(View const& v)
{
    return v.c.open_votes.size() == 1 ? std::optional(v.c.open_votes.front()) : std::nullopt;
}

bool quotes_vote(View const& v)
{
    return v.c.reply_to && v.c.reply_to->kind == "vote" && v.c.reply_to->ref_no;
}

std::optional<std::int64_t> meant_vote(View const& v)
{
    for (auto const& n : v.refs())
        if (v.open_vote(n.value))
            return n.value;
    return quotes_vote(v) ? v.c.reply_to->ref_no : std::nullopt;
}

} // namespace commands::reader
