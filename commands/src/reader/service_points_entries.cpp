#include "reader/services.hpp"

namespace commands::reader {

namespace {

/// 2小时, 两次, 3袋: how much was done.
Span quantity_span(View const& v, Span date)
{
    for (auto const& n : v.s.numbers) {
        auto const* measure = v.at_word(W::measure, n.span.end);
        bool const in_date = n.span.begin >= date.begin && n.span.end <= date.end && !date.empty();
        if (measure && measure->begin == n.span.end && !in_date && v.value(measure) == "deed")
            return {n.span.begin, measure->end};
    }
    return {};
}

} // namespace

std::optional<Reading> points_declare(View const& v, bool forced)
{
    auto const* word = v.first(W::points_declare);
    bool const asks_for_points = word && v.value(word) == "ask";
    bool const keyword = forced || (word && v.value(word) == "command");
    if (!keyword && !(asks_for_points && (v.has(W::deed) || v.has(W::own_voice)) && (v.direct() || v.has(W::deed))))
        return std::nullopt;
    if (keyword && !forced && !v.direct() && !v.has(W::first_wish))
        return std::nullopt;
    auto const date = v.date_span();
    bool const about_deed = v.has_any({W::deed, W::points_word}) || !quantity_span(v, date).empty();
    bool const bare_word = forced && word && word->end - word->begin <= 2 && !v.direct();
    if (bare_word && !about_deed && v.residue({W::points_declare, W::keyword, W::lead_in, W::politeness}) > 0)
        return std::nullopt; // 申报个税
    auto r = reading(keyword ? Mode::execute : Mode::confirm, Intent::points_declare);
    std::vector<Span> cut;
    if (word)
        cut.push_back(keyword ? Span{0, word->end} : span_of(*word));
    auto text = v.text_without(cut);
    bool const said =
        v.residue({W::points_declare, W::points_word, W::lead_in, W::politeness, W::vote_filler, W::own_voice, W::first_wish}) >= 2;
    if (!said) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    set_text(r, "date_raw", v.text_in(date));
    set_text(r, "quantity_raw", v.text_in(quantity_span(v, date)));
    set_address(r, v, false);
    return r;
}

std::optional<Reading> points_appeal(View const& v, bool forced)
{
    auto const* word = v.first(W::points_appeal);
    auto const code = code_in(v, U'p');
    if (!word || (v.value(word) == "grudge" && !v.has(W::points_word) && !code && v.residue({W::points_appeal}) > 20))
        return std::nullopt;
    bool const points = code || v.has(W::points_word) || v.first(W::points_appeal)->value != word->value || v.value(word) == "grudge";
    if (forced && !points && !v.direct() &&
        v.residue({W::points_appeal, W::keyword, W::lead_in, W::own_voice, W::first_wish, W::vote_filler, W::politeness}) > 4)
        return std::nullopt; // 我申诉离婚案成功了
    bool const own = forced || code || v.has(W::first_wish) || v.direct() || (v.value(word) == "grudge" && v.has(W::own_voice));
    if (!own || (v.asks() && v.has(W::how_to)))
        return std::nullopt;
    auto r = execute(Intent::points_appeal);
    std::vector<Span> cut;
    if (v.value(word) != "grudge" && forced)
        cut.push_back({0, word->end});
    if (code) {
        r.args.set("record_no", code->text);
        cut.push_back(code->span);
    } else {
        r.mode = Mode::clarify;
        r.missing.push_back("record_no");
    }
    set_text(r, "text", v.text_without(cut));
    return r;
}

/// 审核 P2031 通过 · P2032 驳回 没有照片.
std::optional<Reading> points_audit(View const& v, bool)
{
    auto const code = code_in(v, U'p');
    auto const* decision = v.first(W::review_decision);
    if (!code || v.asks())
        return std::nullopt;
    bool const first = code->span.begin == v.start || v.at_word(W::review_word, v.start);
    if (!first)
        return std::nullopt;
    if (!decision) {
        if (!v.at_word(W::review_word, v.start))
            return std::nullopt;
        auto ask = clarify(Intent::points_audit, "decision");
        ask.args.set("record_no", code->text);
        return ask;
    }
    auto r = execute(Intent::points_audit);
    r.args.set("record_no", code->text);
    auto const said = v.value(decision);
    r.args.set("decision", said == "accept" ? std::string_view("approve") : said);
    std::vector<Span> cut{code->span, span_of(*decision), span_of(v.first(W::review_word))};
    for (auto const& n : v.s.numbers)
        if (!n.code && v.at(n.span.end) == U'分' && said == "accept") {
            if (n.hundredths % 100 == 0 && n.sign >= 0)
                r.args.set("points", ArgValue{Hundredths{n.hundredths}});
            else
                r.args.set("points", ArgValue{Hundredths{n.sign < 0 ? -n.hundredths : n.hundredths}});
            break;
        }
    set_text(r, "reason", v.text_without(cut));
    return r;
}

/// 记分 3栋2单元501 清扫楼道 +2 · 记分 李示岚 乱停车 -1 昨天.
std::optional<Reading> points_record(View const& v, bool forced)
{
    if (!forced)
        return std::nullopt;
    auto const date = v.date_span();
    auto r = execute(Intent::points_record);
    std::vector<Span> cut{keyword_span(v), date};
    bool has_delta = false;
    for (auto const& n : v.s.numbers) {
        char32_t const before = n.span.begin > 0 ? v.at(n.span.begin - 1) : 0;
        bool const minus = n.sign < 0 || before == U'扣' || before == U'减';
        bool const plus = n.sign > 0 || before == U'加' || before == U'奖' || v.at(n.span.end) == U'分';
        if ((!minus && !plus) || n.code)
            continue;
        r.args.set("delta", ArgValue{Hundredths{minus ? -n.hundredths : n.hundredths}});
        cut.push_back({n.sign != 0 || minus || before == U'加' ? n.span.begin - 1 : n.span.begin,
                       n.span.end + (v.at(n.span.end) == U'分' ? 1U : 0U)});
        has_delta = true;
        break;
    }
    set_address(r, v, false);
    auto const places = piece_spans(v);
    cut.insert(cut.end(), places.begin(), places.end());
    Span named{};
    if (is_empty(v.s.address))
        if (auto name = name_in(v, cut, &named); !name.empty()) {
            r.args.set("name", ArgValue{std::move(name)});
            cut.push_back(named);
        }
    set_text(r, "date_raw", v.text_in(date));
    set_text(r, "text", v.text_without(cut));
    if (!has_delta) {
        r.mode = Mode::clarify;
        r.missing.push_back("score");
    } else if (!r.args.has("name") && !r.args.has("address")) {
        r.mode = Mode::clarify;
        r.missing.push_back("identity");
    }
    return r;
}

} // namespace commands::reader
