#include "reader/matter.hpp"
#include "reader/services.hpp"

namespace commands::reader {

namespace {

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

bool scored_as_question(Matter const& m, Span score)
{
    return m.v.asks_in(m.v.clause(score.begin)) || m.v.asks_in(m.v.clause(m.ref.span.begin));
}

} // namespace

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

std::optional<Reading> rate(Matter const& m)
{
    auto const* word = m.word(W::rate_word);
    Span score{};
    auto const stars = stars_in(m.v, &m.ref, score);
    bool const waits = m.v.rateable(m.ref.value);
    bool const scored_question = stars && scored_as_question(m, score);
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
    if (!m.v.has(W::urge))
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

/// For quoted cards and waiting ratings without a number in the text.
std::optional<std::int64_t> score_of(View const& v, Span& span)
{
    return stars_in(v, nullptr, span);
}

} // namespace commands::reader
