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
    if (!word || v.at_word(W::how_to, v.start))
        return std::nullopt;
    auto const left = v.residue({W::shop_word, W::points_word, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in,
                                 W::first_wish, W::redeem_verb, W::own_voice});
    return forced || left <= 4 || wants_to_know(v) ? std::optional(execute(Intent::points_shop)) : std::nullopt;
}

/// 兑换 洗衣液 2瓶 · 我想用积分换一袋米.
std::optional<Reading> points_redeem(View const& v, bool forced)
{
    auto const* verb = v.first(W::redeem_verb);
    bool const says_all = verb && verb->end - verb->begin >= 4; // 用积分换
    bool const wish = v.has(W::points_word) && (says_all || v.direct() || v.has_any({W::first_wish, W::own_voice}));
    if (!verb || v.asks() || !(forced || wish))
        return std::nullopt;
    PlacePiece const* goods = nullptr;
    for (auto const& piece : v.s.pieces)
        if (piece.kind == PlaceKind::goods && piece.begin + 4 >= verb->begin &&
            (!goods || piece.end - piece.begin > goods->end - goods->begin))
            goods = &piece;
    bool const counted = v.has(W::measure) && !v.s.numbers.empty();
    bool const runs_on = verb->end < v.size() && !is_mark(v.at(verb->end)) && !v.direct();
    if (runs_on && forced && !goods && (!counted || verb->end - verb->begin == 1))
        return std::nullopt; // 兑换密码忘了, 兑奖券: no goods of the shop
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
