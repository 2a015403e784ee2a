#include "reader/matter.hpp"
#include "reader/services.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

std::optional<Number> other_ref(Matter const& m)
{
    for (auto const& n : m.v.refs())
        if (n.span.begin != m.ref.span.begin && n.value != m.ref.value)
            return n;
    return std::nullopt;
}

std::optional<Reading> step_reading(Matter const& m, Hit const* word)
{
    auto r = m.make(Intent::stage_advance);
    r.args.set("to_stage", m.v.value(word));
    set_text(r, "text", m.rest({span_of(*word)}));
    return r;
}

/// 60%, 百分之八十, 三成, 一半.
std::optional<std::int64_t> percent_in(View const& v, Span& span)
{
    auto const bounded = [](std::int64_t n) { return n >= 0 && n <= 100 ? std::optional(n) : std::nullopt; };
    for (auto const& n : v.s.numbers) {
        if (v.at(n.span.end) == U'%') {
            span = {n.span.begin, n.span.end + 1};
            return bounded(n.value);
        }
        if (v.at(n.span.end) == U'成' && n.value >= 1 && n.value <= 10 && v.at(n.span.end + 1) != U'立') {
            span = {n.span.begin, n.span.end + 1};
            return n.value * 10;
        }
        bool const of_hundred = n.span.begin >= 3 && std::u32string_view(v.s.match).substr(n.span.begin - 3, 3) == U"百分之";
        if (of_hundred) {
            span = {n.span.begin - 3, n.span.end};
            return bounded(n.value);
        }
    }
    auto const whole = std::u32string_view(v.s.match).find(U"百分之百");
    if (whole != std::u32string_view::npos) {
        span = {static_cast<std::uint32_t>(whole), static_cast<std::uint32_t>(whole + 4)};
        return 100;
    }
    return std::nullopt;
}

/// The word of an objection: next to the number, or shortly behind it in its clause (46号结果我有异议).
Hit const* objection_word(Matter const& m)
{
    constexpr std::uint32_t kShortly = 8;
    auto const* word = m.strict ? m.word(W::objection) : m.v.first(W::objection);
    if (word)
        return word;
    auto const clause = m.v.clause(m.ref.span.begin);
    auto const* behind = m.v.first(W::objection, {m.ref.outer.end, std::min(clause.end, m.ref.outer.end + kShortly)});
    return behind && !m.v.has_in(W::denial, clause) ? behind : nullptr;
}

} // namespace

/// The number that comes first in the text is the one moved, the second is where it goes.
std::optional<Reading> merge(Matter const& m)
{
    auto const* word = m.v.first(W::merge_into);
    auto const* same = m.v.first(W::duplicate);
    if ((!word && !same) || m.asked(word ? word : same))
        return std::nullopt;
    auto const other = other_ref(m);
    if (!other)
        return std::nullopt;
    auto const& from = m.ref.span.begin < other->span.begin ? m.ref : *other;
    auto const& into = m.ref.span.begin < other->span.begin ? *other : m.ref;
    bool const proposals = m.v.kind(from.value) == "proposal" || m.v.kind(into.value) == "proposal" || m.v.has(W::review_word);
    auto r = execute(proposals ? Intent::review_decide : Intent::case_action);
    r.args.set("ref_no", ArgValue{from.value});
    if (proposals) {
        r.args.set("decision", "merge");
        r.args.set("merge_into", ArgValue{into.value});
    } else {
        r.args.set("action", "mark_duplicate");
        r.args.set("duplicate_of", ArgValue{into.value});
    }
    return r;
}

/// 核验 {ref} 通过: proposals move on, cases close or go back (domain.md 4.6 rows 33 and 34, 8.3).
std::optional<Reading> check(Matter const& m)
{
    auto const* word = m.word(W::check_step);
    if (!word)
        return std::nullopt;
    auto const* outcome = m.v.first(W::review_decision, {word->end, m.v.size()});
    if (!outcome || m.asked(outcome))
        return std::nullopt;
    bool const passed = m.v.value(outcome) == "accept";
    auto const text = m.rest({span_of(*word), span_of(*outcome)});
    if (m.kind == "report" || m.kind == "service") {
        auto r = m.make(Intent::case_action);
        r.args.set("action", passed ? "close" : "reopen");
        set_text(r, "text", text);
        return r;
    }
    auto r = m.make(Intent::stage_advance);
    r.args.set("to_stage", passed ? "evaluate" : "execute");
    set_text(r, "text", text);
    return r;
}

std::optional<Reading> step(Matter const& m)
{
    if (m.kind == "report" || m.kind == "whistle" || m.kind == "question")
        return std::nullopt;
    if (auto const* outcome = m.word(W::objection_outcome); outcome && !m.asked(outcome))
        return step_reading(m, outcome);
    auto const* word = m.word(W::step);
    if (!word || m.asked(word))
        return std::nullopt;
    bool const talk = !m.strict && !m.v.staff();
    return talk ? std::nullopt : step_reading(m, word);
}

std::optional<Reading> review(Matter const& m)
{
    auto const* word = m.word(W::review_word);
    if (m.kind == "report")
        return std::nullopt;
    auto const* decision = m.v.first(W::review_decision);
    auto const* target = m.v.first(W::transfer_target);
    bool const screening = m.v.stage(m.ref.value) == "screening" || m.v.staff();
    bool const plain =
        m.kind == "proposal" && screening && (decision || target) && m.word(target && !decision ? W::transfer_target : W::review_decision);
    if ((!word && !plain) || ((decision || target) && m.asked(decision ? decision : target)))
        return std::nullopt;
    if (!decision && !target)
        return word && m.strict ? std::optional([&] {
            auto r = m.make(Intent::review_decide);
            r.mode = Mode::clarify;
            r.missing.push_back("decision");
            return r;
        }())
                                : std::nullopt;
    auto r = m.make(Intent::review_decide);
    bool const transfer = target && (!decision || target->begin <= decision->begin + 2);
    r.args.set("decision", transfer ? std::string_view("transfer") : m.v.value(decision));
    if (transfer)
        r.args.set("transfer_to", m.v.value(target));
    set_text(r, "reason", m.rest({span_of(word), transfer ? span_of(*target) : span_of(*decision)}));
    return r;
}

std::optional<Reading> progress(Matter const& m)
{
    auto const* word = m.word(W::progress_word);
    if (!word || m.asked(word))
        return std::nullopt;
    Span percent_span{};
    auto const percent = percent_in(m.v, percent_span);
    bool const content =
        m.v.residue({W::progress_word, W::vote_filler, W::politeness, W::matter_word, W::look_up, W::lead_in, W::status_question},
                    {m.ref.outer}) > 1;
    if (!percent && (!content || !m.v.staff()))
        return std::nullopt; // 进度 12 alone asks
    auto r = m.make(Intent::progress_update);
    if (percent)
        r.args.set("percent", ArgValue{*percent});
    set_text(r, "text", m.rest({span_of(*word), percent_span}));
    return r;
}

std::optional<Reading> reopen_proposal(Matter const& m)
{
    auto const* word = m.word(W::reopen_proposal);
    if (!word || m.asked(word))
        return std::nullopt;
    auto r = m.make(Intent::proposal_reopen);
    set_text(r, "reason", m.rest({span_of(*word)}));
    return r;
}

std::optional<Reading> object(Matter const& m)
{
    auto const* word = objection_word(m);
    if (!word || m.v.has(W::objection_outcome) || m.asks_near(word))
        return std::nullopt;
    auto r = m.make(Intent::objection_raise);
    auto text = m.rest({{word->begin, word->end}});
    bool const about_text = m.v.residue({W::objection, W::vote_filler, W::own_voice, W::matter_word, W::lead_in}, {m.ref.outer}) > 0;
    if (!about_text) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    return r;
}

std::optional<std::int64_t> percent_of(View const& v, Span& span)
{
    return percent_in(v, span);
}

} // namespace commands::reader
