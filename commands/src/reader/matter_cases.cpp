#include "reader/matter.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

std::vector<std::string> departments_of(View const& v)
{
    std::vector<std::string> names;
    auto const* level = v.first(W::whistle_level); // 应急 in 应急哨 is no department
    for (auto const& piece : v.s.pieces)
        if (piece.kind == PlaceKind::department && !(level && piece.begin >= level->begin && piece.end <= level->end))
            names.push_back(v.text_in({piece.begin, piece.end}));
    return names;
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

} // namespace

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
    if (m.kind == "report" && m.v.has(W::verify_result))
        return std::nullopt; // 到现场看了，不属实: what was found there
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

} // namespace commands::reader
