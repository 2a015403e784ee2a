#include "reader/rules.hpp"
#include "reader/unicode.hpp"

#include <algorithm>
#include <array>

namespace commands::reader {

namespace {

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
        return c == U'?' || c == U'没' || c == U'吗' || c == U'么' || c == U'否';
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

using Try = std::optional<Reading> (*)(Matter const&);

std::optional<Number> other_ref(Matter const& m)
{
    for (auto const& n : m.v.refs())
        if (n.span.begin != m.ref.span.begin && n.value != m.ref.value)
            return n;
    return std::nullopt;
}

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

std::optional<Reading> take_back(Matter const& m)
{
    auto const* word = m.word(W::withdraw);
    if (!word && m.strict)
        word = m.v.first(W::withdraw_target) && m.v.first(W::own_voice) ? m.v.first(W::withdraw) : nullptr;
    if (!word || m.asked(word))
        return std::nullopt;
    auto r = m.make(Intent::withdraw);
    auto const* target = m.v.first(W::withdraw_target);
    r.args.set("target", target ? m.v.value(target) : std::string_view("auto"));
    return r;
}

std::optional<Reading> step_reading(Matter const& m, Hit const* word)
{
    auto r = m.make(Intent::stage_advance);
    r.args.set("to_stage", m.v.value(word));
    set_text(r, "text", m.rest({span_of(*word)}));
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

std::optional<Reading> object(Matter const& m)
{
    auto const* word = m.strict ? m.word(W::objection) : m.v.first(W::objection);
    if (!word || m.asks_near(word))
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

std::optional<Reading> reopen_proposal(Matter const& m)
{
    auto const* word = m.word(W::reopen_proposal);
    if (!word || m.asked(word))
        return std::nullopt;
    auto r = m.make(Intent::proposal_reopen);
    set_text(r, "reason", m.rest({span_of(*word)}));
    return r;
}

std::vector<std::string> departments_of(View const& v)
{
    std::vector<std::string> names;
    auto const* level = v.first(W::whistle_level); // 应急 in 应急哨 is no department
    for (auto const& piece : v.s.pieces)
        if (piece.kind == PlaceKind::department && !(level && piece.begin >= level->begin && piece.end <= level->end))
            names.push_back(v.text_in({piece.begin, piece.end}));
    return names;
}

std::optional<Reading> blow(Matter const& m)
{
    auto const* level = m.word(W::whistle_level);
    auto const* word = level ? level : m.word(W::whistle_word);
    if (!word || m.asked(word))
        return std::nullopt;
    auto r = m.make(Intent::whistle_blow);
    if (auto const* said = m.v.first(W::whistle_level); said && m.v.value(said) != "work")
        r.args.set("level", m.v.value(said));
    if (auto depts = departments_of(m.v); !depts.empty())
        r.args.set("depts", ArgValue{std::move(depts)});
    set_address(r, m.v, false);
    set_text(r, "text", m.rest({span_of(*word)}));
    return r;
}

std::optional<Reading> respond(Matter const& m)
{
    auto const* word = m.word(W::respond);
    if (!word || m.asked(word))
        return std::nullopt;
    auto const action = m.v.value(word);
    bool const whistle = m.kind == "whistle" || m.strict || m.v.staff();
    if (!whistle || ((action == "done" || action == "decline") && m.kind != "whistle"))
        return std::nullopt;
    auto r = m.make(Intent::whistle_respond);
    r.args.set("action", action);
    set_text(r, "text", m.rest({span_of(*word)}));
    return r;
}

std::optional<Reading> answer_question(Matter const& m)
{
    auto const* word = m.word(W::sunshine_answer);
    auto const* mode = m.v.first(W::sunshine_mode);
    bool const question = m.kind == "question" || m.v.c.session == "sunshine_open";
    if ((!word && !(question && mode && m.word(W::sunshine_mode))) || m.asked(word ? word : mode))
        return std::nullopt;
    if (word && !question && !m.strict)
        return std::nullopt;
    auto r = m.make(Intent::sunshine_answer);
    r.args.set("mode", mode ? m.v.value(mode) : std::string_view("on_spot"));
    set_text(r, "text", m.rest({span_of(word)}));
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

/// Whom a case goes to: a department of the gazetteer, else the word after the verb.
std::string target_of(Matter const& m, Hit const& verb)
{
    for (auto const& piece : m.v.s.pieces)
        if (piece.kind == PlaceKind::department && piece.begin >= verb.end)
            return m.v.text_in({piece.begin, piece.end});
    auto begin = verb.end;
    for (auto const* to = m.v.at_word(W::dispatch_to, begin); to; to = m.v.at_word(W::dispatch_to, begin))
        begin = to->end;
    while (begin < m.v.size() && is_mark(m.v.s.match[begin]))
        ++begin;
    if (m.ref.outer.begin == begin)
        begin = m.ref.outer.end;
    while (begin < m.v.size() && is_mark(m.v.s.match[begin]))
        ++begin;
    auto end = begin;
    while (end < m.v.size() && !is_mark(m.v.s.match[end]))
        ++end;
    return m.v.text_in({begin, end});
}

std::optional<std::int64_t> days_in(View const& v, Span& span)
{
    for (auto const& n : v.s.numbers) {
        std::u32string_view const after = std::u32string_view(v.s.match).substr(n.span.end);
        bool const week =
            after.starts_with(U"周") || after.starts_with(U"个星期") || after.starts_with(U"星期") || after.starts_with(U"个礼拜");
        bool const day = after.starts_with(U"天") || after.starts_with(U"日") || after.starts_with(U"个工作日");
        if ((!day && !week) || n.value < 1 || n.value > 365)
            continue;
        span = {n.span.begin, n.span.end + (day && !after.starts_with(U"个")   ? 1U
                                            : week && after.starts_with(U"周") ? 1U
                                            : after.starts_with(U"星")         ? 2U
                                            : after.starts_with(U"个工")       ? 4U
                                                                               : 3U)};
        return week ? n.value * 7 : n.value;
    }
    return std::nullopt;
}

/// 上报 next to a known case means: to the level above.
std::optional<Reading> escalate(Matter const& m)
{
    auto const* word = m.word(W::report_word);
    auto const* verb = m.word(W::case_verb);
    bool const by_verb = verb && m.v.value(verb) == "escalate";
    if ((!word && !by_verb) || m.asked(word ? word : verb) || (!m.v.staff() && !m.v.first(W::escalate_target)) ||
        (m.kind != "report" && !m.v.known(m.ref.value)))
        return std::nullopt;
    auto const* said = word ? word : verb;
    auto r = m.make(Intent::case_action);
    r.args.set("action", "escalate");
    if (auto const* level = m.v.first(W::escalate_target, {said->begin, m.v.size()}))
        r.args.set("target", m.v.said(level));
    return r;
}

std::optional<Reading> verify(Matter const& m)
{
    auto const* result = m.v.first(W::verify_result);
    auto const* verb = m.word(W::case_verb);
    bool const verify_verb = verb && m.v.value(verb) == "verify";
    if (!result || m.asked(result) || (m.strict && !verify_verb && !m.word(W::verify_result)))
        return std::nullopt;
    if (!verify_verb && !m.v.staff())
        return std::nullopt;
    auto r = m.make(Intent::case_action);
    r.args.set("action", "verify");
    r.args.set("result", m.v.value(result));
    set_text(r, "text", m.rest({verify_verb ? span_of(*verb) : Span{}, span_of(*result)}));
    return r;
}

std::optional<Reading> case_action(Matter const& m)
{
    auto const* verb = m.word(W::case_verb);
    if (!verb || m.asked(verb))
        return std::nullopt;
    auto const action = m.v.value(verb);
    bool const residents_word = action == "reopen";
    if (!m.strict && !m.v.staff() && !residents_word)
        return std::nullopt;
    if (m.kind == "proposal" || action == "verify" || action == "escalate")
        return std::nullopt;
    if (action == "sign" && m.kind == "whistle") {
        auto r = m.make(Intent::whistle_respond);
        r.args.set("action", "check_in");
        return r;
    }
    auto r = m.make(Intent::case_action);
    r.args.set("action", action);
    std::vector<Span> cut{span_of(*verb)};
    if (action == "dispatch") {
        auto target = target_of(m, *verb);
        if (target.empty())
            return std::nullopt;
        r.args.set("target", ArgValue{std::move(target)});
    }
    if (action == "extend") {
        Span days_span{};
        if (auto const days = days_in(m.v, days_span)) {
            r.args.set("days", ArgValue{*days});
            cut.push_back(days_span);
        }
    }
    set_text(r, "text", m.rest(std::move(cut)));
    return r;
}

/// A score: 5星, 五星, 4分, 满意, 差评.
std::optional<std::int64_t> stars_in(View const& v, Number const* ref, Span& span)
{
    for (auto const& n : v.s.numbers) {
        if ((ref && n.span == ref->span) || n.value < 1 || n.value > 5 || n.decimal)
            continue;
        if (auto const* unit = v.at_word(W::score_unit, n.span.end); unit && unit->begin == n.span.end) {
            span = {n.span.begin, unit->end};
            return n.value;
        }
    }
    if (auto const* word = v.first(W::score_word)) {
        span = span_of(*word);
        return v.value(word).front() - '0';
    }
    return std::nullopt;
}

bool v_asks(Matter const& m, Span score)
{
    return m.v.asks_in(m.v.clause(score.begin)) || m.v.asks_in(m.v.clause(m.ref.span.begin));
}

std::optional<Reading> rate(Matter const& m)
{
    auto const* word = m.word(W::rate_word);
    Span score{};
    auto const stars = stars_in(m.v, &m.ref, score);
    bool const waits = m.v.rateable(m.ref.value);
    bool const scored_question = stars && v_asks(m, score);
    if (!word && scored_question)
        return std::nullopt;
    if (!word && !(stars && waits))
        return std::nullopt;
    auto r = m.make(Intent::rate_submit);
    if (!stars) {
        if (!m.strict)
            return std::nullopt;
        r.mode = Mode::clarify;
        r.missing.push_back("stars");
        return r;
    }
    r.args.set("stars", ArgValue{*stars});
    set_text(r, "comment", m.rest({span_of(word), score}));
    return r;
}

std::optional<Reading> supplement(Matter const& m)
{
    auto const* amend_word = m.word(W::amend);
    auto const* word = amend_word ? amend_word : m.word(W::supplement);
    if (!word || m.asks_near(word) || (amend_word && (m.kind == "report" || m.v.has(W::choice))))
        return std::nullopt;
    bool const proposal = amend_word || m.kind == "proposal" || (m.kind.empty() && m.v.has(W::matter_word));
    auto r = m.make(proposal ? Intent::proposal_amend : Intent::report_supplement);
    auto text = m.rest({span_of(*word)});
    if (text.empty()) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    if (!proposal)
        set_address(r, m.v, false);
    return r;
}

std::optional<Reading> second(Matter const& m)
{
    bool const collecting = m.v.collecting(m.ref.value);
    auto const* word = m.word(W::endorse);
    if (!word && collecting)
        word = m.word(W::support);
    if (!word || m.asked(word) || m.v.has_any({W::denial, W::conditional}))
        return std::nullopt;
    return m.make(Intent::proposal_endorse);
}

std::optional<Reading> urge(Matter const& m)
{
    if (m.strict ? !m.word(W::urge) : !m.v.has(W::urge))
        return std::nullopt;
    return m.make(Intent::case_urge);
}

std::optional<Reading> status(Matter const& m)
{
    bool const result = m.v.has(W::result_question);
    bool const asked = m.v.has_any({W::status_question, W::result_question}) || (m.strict && m.word(W::look_up)) ||
                       (m.word(W::progress_word) != nullptr) ||
                       (m.asks && m.v.has_any({W::step, W::case_verb, W::review_decision, W::urge, W::endorse}));
    if (!asked || (m.v.has(W::thanks) && !m.asks))
        return std::nullopt;
    auto r = m.make(Intent::query_status);
    if (result)
        r.args.set("aspect", "result");
    return r;
}

std::optional<Reading> comment(Matter const& m)
{
    auto const* word = m.word(W::comment_word);
    bool const deliberating = m.v.stage(m.ref.value) == "deliberating";
    bool const opinion = m.v.has(W::opinion) || m.asks;
    if (!word && !(deliberating && opinion && !m.strict))
        return std::nullopt;
    auto text = m.rest({span_of(word)});
    auto r = m.make(Intent::proposal_comment);
    if (text.empty()) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    return r;
}

/// In this order: what takes back or moves a matter before what talks about it.
constexpr std::array<Try, 20> kTries{take_back, merge,           reopen_proposal, check,  step,     object,   blow,
                                     respond,   answer_question, comment,         verify, escalate, progress, case_action,
                                     rate,      review,          supplement,      second, urge,     status};

} // namespace

std::optional<Reading> matter_command(View const& v, Number const& ref, bool strict)
{
    auto const* comment_first = v.at_word(W::comment_word, v.start);
    Matter const m{v, ref, strict, v.kind(ref.value), v.asks() && !comment_first};
    for (auto const attempt : kTries)
        if (auto r = attempt(m))
            return r;
    return std::nullopt;
}

Verdict known_matter(View const& v)
{
    auto const ref = v.main_ref();
    if (!ref)
        return std::nullopt;
    bool const addressed = v.known(ref->value) || (ref->marked && v.direct());
    if (!addressed)
        return std::nullopt;
    if (v.joking() && !v.direct())
        return std::nullopt;
    return one(matter_command(v, *ref, false));
}

/// For quoted cards and waiting ratings without a number in the text.
std::optional<std::int64_t> score_of(View const& v, Span& span)
{
    return stars_in(v, nullptr, span);
}
std::optional<std::int64_t> percent_of(View const& v, Span& span)
{
    return percent_in(v, span);
}

} // namespace commands::reader
