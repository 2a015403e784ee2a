#include "reader/forms.hpp"

#include <algorithm>

namespace commands::reader {

std::optional<Reading> with_number(View const& v)
{
    auto const ref = v.main_ref();
    if (!ref)
        return std::nullopt;
    bool const number_first = ref->outer.begin <= v.start && ref->outer.end > v.start;
    auto const* keyword = v.at_word(W::keyword, v.start);
    if (!number_first && !keyword && !v.at_word(W::step, v.start) && !v.at_word(W::case_verb, v.start) &&
        !v.at_word(W::review_word, v.start) && !v.at_word(W::check_step, v.start) && !v.at_word(W::respond, v.start) &&
        !v.at_word(W::sunshine_answer, v.start) && !v.at_word(W::endorse, v.start) && !v.at_word(W::amend, v.start) &&
        !v.at_word(W::supplement, v.start) && !v.at_word(W::objection, v.start))
        return std::nullopt;
    bool const known = v.known(ref->value);
    if (number_first && !known && !ref->marked && !v.staff() && !v.direct())
        return std::nullopt;
    return matter_command(v, *ref, true);
}

namespace {

/// The part of a text between two positions, as a text of its own.
Scan part_of(Scan const& s, Span span)
{
    Scan part;
    part.match = s.match.substr(span.begin, span.end - span.begin);
    part.shown = s.shown.substr(span.begin, span.end - span.begin);
    auto const inside = [&](auto begin, auto end) { return begin >= span.begin && end <= span.end; };
    for (auto hit : s.hits)
        if (inside(hit.begin, hit.end)) {
            hit.begin -= span.begin;
            hit.end -= span.begin;
            part.hits.push_back(hit);
            part.classes.set(std::min<std::size_t>(hit.cls, kMostClasses - 1));
        }
    for (auto n : s.numbers)
        if (inside(n.span.begin, n.span.end)) {
            for (auto* one : {&n.span, &n.outer}) {
                one->begin -= std::min(one->begin, span.begin);
                one->end -= span.begin;
            }
            part.numbers.push_back(n);
        }
    for (auto piece : s.pieces)
        if (inside(piece.begin, piece.end)) {
            piece.begin -= span.begin;
            piece.end -= span.begin;
            part.pieces.push_back(piece);
        }
    return part;
}

/// 附议31、32 · 1024和1031都签收: one word for a list of numbers.
Verdict shared_word(View const& v, std::vector<Number> const& refs)
{
    for (std::size_t i = 1; i < refs.size(); ++i) {
        Span const gap{refs[i - 1].outer.end, refs[i].outer.begin};
        if (gap.begin > gap.end || !v.known(refs[i].value) || !v.only_covered(gap, {W::vote_filler}))
            return std::nullopt;
    }
    auto const tail = v.at_word(W::case_verb, refs.back().outer.end) || v.at_word(W::endorse, refs.back().outer.end) ||
                      v.at_word(W::respond, refs.back().outer.end);
    bool const two_words = tail && v.start < refs.front().outer.begin && v.at_word(W::keyword, v.start);
    if (two_words)
        return std::nullopt; // 签收1024，1025退单
    auto const r = with_number(v);
    if (!r || !v.known(refs.front().value) || r->args.has("merge_into") || r->args.has("duplicate_of") || r->mode != Mode::execute)
        return std::nullopt;
    bool const shareable = r->intent == Intent::proposal_endorse || r->intent == Intent::case_urge || r->intent == Intent::case_action ||
                           r->intent == Intent::withdraw || r->intent == Intent::query_status || r->intent == Intent::whistle_respond;
    if (!shareable)
        return std::nullopt;
    Readings readings;
    for (auto const& ref : refs) {
        readings.push_back(*r);
        readings.back().args.set("ref_no", ArgValue{ref.value});
        if (readings.back().args.has("text"))
            readings.back().args.erase("text"); // it holds the other numbers
    }
    return readings;
}

} // namespace

Verdict several(View const& v)
{
    auto const refs = v.refs();
    if (refs.size() < 2)
        return std::nullopt;
    if (auto shared = shared_word(v, refs))
        return shared;
    Readings readings;
    bool only_ballots = true;
    for (auto const& ref : refs) {
        auto const clause = v.clause(ref.span.begin);
        bool const crowded = std::any_of(refs.begin(), refs.end(), [&](auto const& n) {
            return n.span.begin != ref.span.begin && n.span.begin >= clause.begin && n.span.end <= clause.end;
        });
        if (crowded || !v.known(ref.value))
            return std::nullopt;
        auto const part = part_of(v.s, clause);
        View const view(part, v.c, v.lexicon, v.places);
        if (auto r = with_number(view)) {
            only_ballots = false;
            readings.push_back(std::move(*r));
            continue;
        }
        auto ballots = vote_with_number(view);
        if (!ballots || ballots->size() != 1 || v.has_any({W::conditional, W::proxy_verb, W::others_say}))
            return std::nullopt;
        readings.push_back(std::move(ballots->front()));
    }
    return only_ballots ? std::nullopt : Verdict(std::move(readings));
}

} // namespace commands::reader
