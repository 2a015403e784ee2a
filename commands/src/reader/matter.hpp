#pragma once

#include "reader/rules.hpp"
#include "reader/unicode.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::reader {

/// A command about one number, while it is being made out.
struct Matter {
    View const& v;
    Number const& ref;
    bool strict; ///< T7: the word stands first or next to the number
    std::string_view kind;
    bool asks; ///< a question: it wants to know, not to do

    /// The word is asked about, not given: a question before it or right behind it (签收了吗, 什么时候公示). What free text after it asks
    /// is another thing (退回 请写清装在哪个门).
    [[nodiscard]] bool asked(Hit const* hit) const
    {
        if (!hit)
            return asks;
        constexpr std::uint32_t kRightBehind = 2;
        for (auto const& question : v.all(W::question))
            if (question.begin <= hit->end + kRightBehind && !(question.begin > hit->begin && question.end < hit->end))
                return true;
        auto after = hit->end;
        while (v.at(after) == U'了' || v.at(after) == U' ')
            ++after;
        char32_t const c = v.at(after);
        return c == U'?' || c == U'吗' || c == U'么' || c == U'否' ||
               (c == U'没' && ends_at(v.at(after + 1) == U'有' ? after + 2 : after + 1));
    }
    /// Asks in the clause of the number or of the word; later clauses may ask what they like.
    [[nodiscard]] bool asks_near(Hit const* hit) const
    {
        return v.asks_in(v.clause(ref.span.begin)) || (hit && v.asks_in(v.clause(hit->begin)));
    }
    [[nodiscard]] Reading make(Intent intent) const
    {
        auto r = execute(intent);
        r.args.set("ref_no", ArgValue{ref.value});
        return r;
    }
    /// What is left without the number and these words.
    [[nodiscard]] std::string rest(std::vector<Span> cut) const
    {
        cut.push_back(ref.outer);
        if (v.start > 0)
            cut.push_back({0, v.start});
        return v.text_without(std::move(cut));
    }
    /// First word of `cls` that is allowed to decide here.
    [[nodiscard]] Hit const* word(W cls) const
    {
        if (!v.has(cls))
            return nullptr;
        if (!strict)
            return nearest(cls);
        if (auto const* hit = v.at_word(cls, v.start); hit && tied(hit->end, ref.outer.begin))
            return hit;
        return tied(first_after_lead_in(), ref.outer.begin) ? v.at_word(cls, skip_filler(ref.outer.end)) : nullptr;
    }

private:
    /// Nothing more is said there: 签收了没 asks, 退回 没写清楚 gives the reason.
    [[nodiscard]] bool ends_at(std::uint32_t pos) const { return pos >= v.size() || is_mark(v.at(pos)); }
    [[nodiscard]] std::uint32_t first_after_lead_in() const { return v.start; }

    [[nodiscard]] bool tied(std::uint32_t from, std::uint32_t to) const
    {
        return from >= to
                   ? from == to || v.start == ref.outer.begin || ref.outer.begin < from
                   : v.only_covered({from, to}, {W::vote_filler, W::ref_before, W::matter_word, W::own_voice, W::politeness, W::lead_in});
    }
    [[nodiscard]] std::uint32_t skip_filler(std::uint32_t at) const
    {
        for (;;) {
            while (at < v.size() && is_mark(v.s.match[at]))
                ++at;
            auto const* filler = v.at_word(W::vote_filler, at);
            if (!filler)
                filler = v.at_word(W::politeness, at);
            if (!filler)
                return at;
            at = filler->end;
        }
    }
    [[nodiscard]] Hit const* nearest(W cls) const
    {
        Hit const* best = nullptr;
        std::uint32_t best_gap = 0;
        for (auto const& hit : v.s.hits) {
            if (static_cast<W>(hit.cls) != cls)
                continue;
            auto const gap = hit.begin >= ref.outer.end   ? hit.begin - ref.outer.end
                             : hit.end <= ref.outer.begin ? ref.outer.begin - hit.end
                                                          : 0;
            if (!best || gap < best_gap || (gap == best_gap && hit.end - hit.begin > best->end - best->begin)) {
                best = &hit;
                best_gap = gap;
            }
        }
        return best;
    }
};

// matter_proposals.cpp: the way of a proposal.
[[nodiscard]] std::optional<Reading> merge(Matter const& m);
[[nodiscard]] std::optional<Reading> check(Matter const& m);
[[nodiscard]] std::optional<Reading> step(Matter const& m);
[[nodiscard]] std::optional<Reading> review(Matter const& m);
[[nodiscard]] std::optional<Reading> progress(Matter const& m);
[[nodiscard]] std::optional<Reading> reopen_proposal(Matter const& m);
[[nodiscard]] std::optional<Reading> object(Matter const& m);

// matter_cases.cpp: cases, whistles, questions of a meeting.
[[nodiscard]] std::optional<Reading> blow(Matter const& m);
[[nodiscard]] std::optional<Reading> respond(Matter const& m);
[[nodiscard]] std::optional<Reading> answer_question(Matter const& m);
[[nodiscard]] std::optional<Reading> escalate(Matter const& m);
[[nodiscard]] std::optional<Reading> verify(Matter const& m);
[[nodiscard]] std::optional<Reading> case_action(Matter const& m);

// matter_talk.cpp: what residents say about a matter.
[[nodiscard]] std::optional<Reading> take_back(Matter const& m);
[[nodiscard]] std::optional<Reading> rate(Matter const& m);
[[nodiscard]] std::optional<Reading> supplement(Matter const& m);
[[nodiscard]] std::optional<Reading> second(Matter const& m);
[[nodiscard]] std::optional<Reading> urge(Matter const& m);
[[nodiscard]] std::optional<Reading> status(Matter const& m);
[[nodiscard]] std::optional<Reading> comment(Matter const& m);

} // namespace commands::reader
