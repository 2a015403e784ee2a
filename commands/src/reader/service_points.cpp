#include "reader/numerals.hpp"
#include "reader/services.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

Span subject_place(View const& v)
{
    Span span{};
    for (auto const& piece : v.s.pieces)
        if (piece.kind == PlaceKind::village || piece.kind == PlaceKind::estate || piece.kind == PlaceKind::grid ||
            piece.kind == PlaceKind::grid_name || piece.kind == PlaceKind::site || piece.kind == PlaceKind::hamlet)
            span = span.empty() ? Span{piece.begin, piece.end} : Span{span.begin, piece.end};
    return span;
}

void set_period(Reading& r, View const& v)
{
    set_text(r, "period", v.period());
}

} // namespace

std::optional<Reading> points_query(View const& v, bool forced)
{
    if (!v.has_any({W::points_word, W::points_query}) || v.has_any({W::rank_word, W::points_rules, W::shop_word}))
        return std::nullopt;
    auto const place = subject_place(v);
    auto const period = v.period_span();
    auto const left = v.residue({W::points_word, W::points_query, W::points_subject, W::look_up, W::question, W::first_wish, W::vote_filler,
                                 W::politeness, W::lead_in, W::own_voice, W::home, W::rank_scope},
                                {place, period});
    bool const own = v.has_any({W::points_subject, W::points_query}) || !place.empty();
    if (!(left <= 1 || (forced && left <= 6) || (wants_to_know(v) && own && left <= 6)))
        return std::nullopt;
    auto r = execute(Intent::points_query);
    auto const subject = v.value_of(W::points_subject);
    if (v.piece(PlaceKind::village)) {
        r.args.set("subject", "village");
        set_text(r, "name", v.text_in({v.piece(PlaceKind::village)->begin, v.piece(PlaceKind::village)->end}));
    } else if (!place.empty() && (v.piece(PlaceKind::grid) || v.piece(PlaceKind::grid_name))) {
        r.args.set("subject", "grid");
        set_text(r, "name", v.text_in(place));
    } else if (!subject.empty()) {
        r.args.set("subject", subject);
    } else if (left >= 2) {
        auto name = name_in(v, {keyword_span(v), place, period});
        if (name.empty())
            return std::nullopt;
        r.args.set("subject", "person");
        set_text(r, "name", std::move(name));
    }
    set_period(r, v);
    return r;
}

std::optional<Reading> points_rank(View const& v, bool forced)
{
    if (!v.has(W::rank_word))
        return std::nullopt;
    auto const left = v.residue({W::rank_word, W::points_word, W::rank_scope, W::points_subject, W::look_up, W::question, W::vote_filler,
                                 W::politeness, W::lead_in, W::own_voice, W::first_wish, W::home},
                                {v.period_span(), subject_place(v)});
    bool const own = v.has_any({W::points_word, W::rank_scope, W::points_subject});
    if (left > (forced || (own && wants_to_know(v)) ? 3U : 0U))
        return std::nullopt;
    auto r = execute(Intent::points_rank);
    if (auto const* scope = v.last(W::rank_scope))
        r.args.set("scope", v.value(scope));
    set_period(r, v);
    return r;
}

std::optional<Reading> points_rules(View const& v, bool forced)
{
    auto const* word = v.first(W::points_rules);
    if (!word || v.has(W::points_appeal))
        return std::nullopt;
    bool const about_points = v.has(W::points_word) || v.value(word) == "clear";
    if (!about_points || !(forced || wants_to_know(v) || v.direct() || v.value(word) == "clear"))
        return std::nullopt;
    auto r = execute(Intent::points_rules);
    std::vector<Span> cut;
    for (W const cls : {W::points_rules, W::points_word, W::look_up, W::question, W::lead_in, W::politeness, W::own_voice, W::first_wish})
        for (auto const& hit : v.all(cls))
            cut.push_back(span_of(hit));
    auto topic = v.text_without(cut);
    bool const said = v.residue({W::points_rules, W::points_word, W::look_up, W::question, W::lead_in, W::politeness, W::own_voice,
                                 W::first_wish, W::vote_filler}) >= 2;
    constexpr std::size_t kLongestTopic = 36;
    if (said && topic.size() <= kLongestTopic) {
        for (bool cut_more = true; cut_more;) {
            cut_more = false;
            for (std::string_view const tail : {"的", "能", "会", "要", "可以", "应该", "是"})
                if (topic.ends_with(tail)) {
                    topic.resize(topic.size() - tail.size());
                    cut_more = true;
                }
        }
        while (!topic.empty() && (topic.back() == '?' || topic.back() == ' ' || topic.ends_with("？")))
            topic.resize(topic.size() - (topic.ends_with("？") ? 3 : 1));
        set_text(r, "topic", topic);
    }
    return r;
}

std::optional<Reading> points_shop(View const& v, bool forced)
{
    auto const* word = v.first(W::shop_word);
    if (!word)
        return std::nullopt;
    auto const left = v.residue({W::shop_word, W::points_word, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in,
                                 W::first_wish, W::redeem_verb, W::own_voice});
    return forced || left <= 4 || wants_to_know(v) ? std::optional(execute(Intent::points_shop)) : std::nullopt;
}

/// 兑换 洗衣液 2瓶 · 我想用积分换一袋米.
std::optional<Reading> points_redeem(View const& v, bool forced)
{
    auto const* verb = v.first(W::redeem_verb);
    if (!verb || v.asks() || !(forced || v.has(W::points_word)))
        return std::nullopt;
    PlacePiece const* goods = nullptr;
    for (auto const& piece : v.s.pieces)
        if (piece.kind == PlaceKind::goods && piece.begin + 4 >= verb->begin &&
            (!goods || piece.end - piece.begin > goods->end - goods->begin))
            goods = &piece;
    auto r = execute(Intent::points_redeem);
    std::int64_t quantity = 1;
    std::vector<Span> cut{{0, verb->end}};
    for (auto const& n : v.s.numbers) {
        auto const* measure = v.at_word(W::measure, n.span.end);
        bool const counts = measure && (measure->begin == n.span.end || !n.chinese) && n.value >= 1 && n.value <= 1000;
        if (counts || (!n.chinese && n.span.begin >= verb->end && n.span.end == v.size() && n.value >= 1 && n.value <= 1000)) {
            quantity = n.value;
            cut.push_back({n.span.begin, measure ? measure->end : n.span.end});
            break;
        }
    }
    std::string item;
    if (goods) {
        Span span{goods->begin, goods->end};
        for (auto const& c : cut) // 一袋米: the thing is 米
            if (c.begin == span.begin && c.end < span.end)
                span.begin = c.end;
        item = v.text_in(span);
    } else {
        for (auto const& hit : v.all(W::vote_filler))
            if (hit.begin >= verb->end)
                cut.push_back(span_of(hit));
        item = v.text_without(cut);
    }
    constexpr std::size_t kLongestItem = 30;
    if (item.empty() && (forced || v.direct())) {
        auto ask = clarify(Intent::points_redeem, "item");
        ask.args.set("quantity", ArgValue{quantity});
        return ask;
    }
    if (item.empty() || item.size() > kLongestItem)
        return std::nullopt;
    r.args.set("item", ArgValue{std::move(item)});
    r.args.set("quantity", ArgValue{quantity});
    return r;
}

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

std::optional<Reading> list_query(View const& v, bool)
{
    bool const both = v.has(W::both_lists) || (v.has(W::red_list) && v.has(W::black_list));
    if (!both && !v.has_any({W::red_list, W::black_list}))
        return std::nullopt;
    auto const left = v.residue({W::both_lists, W::red_list, W::black_list, W::look_up, W::question, W::vote_filler, W::politeness,
                                 W::lead_in, W::first_wish, W::own_voice, W::rank_scope, W::award_question},
                                {v.period_span(), subject_place(v)});
    if (left > (wants_to_know(v) ? 5U : 1U))
        return std::nullopt;
    auto r = execute(Intent::list_query);
    r.args.set("list", both ? std::string_view("both") : v.has(W::red_list) ? std::string_view("red") : std::string_view("black"));
    set_period(r, v);
    return r;
}

} // namespace commands::reader
