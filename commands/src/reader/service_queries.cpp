#include "reader/services.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

bool wants_to_know(View const& v)
{
    return v.asks() || v.has_any({W::look_up, W::how_to});
}

Span keyword_span(View const& v)
{
    auto const* keyword = v.at_word(W::keyword, v.start);
    return keyword ? Span{0, keyword->end} : Span{0, v.start};
}

std::vector<Span> piece_spans(View const& v)
{
    std::vector<Span> spans;
    for (auto const& piece : v.s.pieces)
        if (piece.kind != PlaceKind::department && piece.kind != PlaceKind::goods)
            spans.push_back({piece.begin, piece.end});
    return spans;
}

std::string name_in(View const& v, std::vector<Span> cut, Span* where)
{
    auto const cut_out = [&](std::uint32_t i) {
        return std::any_of(cut.begin(), cut.end(), [i](Span s) { return i >= s.begin && i < s.end; });
    };
    for (std::uint32_t i = 0; i < v.size();) {
        if (!is_han(v.s.match[i]) || cut_out(i)) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < v.size() && is_han(v.s.match[end]) && !cut_out(end))
            ++end;
        auto begin = i;
        for (bool moved = true; moved && begin < end;) { // leave 的, 我叫, 查一下 and the like out
            moved = false;
            for (W const cls :
                 {W::vote_filler, W::look_up, W::points_word, W::points_query, W::own_voice, W::lead_in, W::politeness, W::name_intro})
                if (auto const* hit = v.at_word(cls, begin); hit && hit->begin == begin && hit->end <= end) {
                    begin = hit->end;
                    moved = true;
                    break;
                }
        }
        while (end > begin && v.s.match[end - 1] == U'的')
            --end;
        auto stop = end;
        for (W const cls : {W::points_word, W::points_query, W::question})
            if (auto const* hit = v.first(cls, {begin, end}))
                stop = std::min(stop, hit->begin);
        while (stop > begin && v.s.match[stop - 1] == U'的')
            --stop;
        if (stop >= begin + 2 && stop <= begin + 4) {
            if (where)
                *where = {begin, stop};
            return v.text_in({begin, stop});
        }
        i = end + 1;
    }
    return {};
}

std::optional<Code> code_in(View const& v, char32_t letter)
{
    for (auto const& n : v.s.numbers) {
        if (n.chinese || n.span.begin == 0 || v.at(n.span.begin - 1) != letter)
            continue;
        if (n.span.begin >= 2 && is_letter(v.at(n.span.begin - 2)))
            continue;
        Span const span{n.span.begin - 1, n.span.end};
        std::string text(1, static_cast<char>(letter - 0x20));
        for (auto i = n.span.begin; i < n.span.end; ++i)
            append_utf8(text, v.at(i));
        return Code{std::move(text), span};
    }
    return std::nullopt;
}

/// 看三务 · 查5月份村里财务 · 村里鱼塘、果园这些资源发包公开了没.
std::optional<Reading> disclosure_query(View const& v, bool forced)
{
    auto const* word = v.first(W::disclosure);
    if (!word)
        return std::nullopt;
    auto topic = v.value(word);
    for (auto const& hit : v.all(W::disclosure)) // 三务 and 党务 say more than 村里的钱
        if (v.value(&hit) != "finance" && topic == "finance" && v.has(W::disclosure_hint) && hit.end - hit.begin >= word->end - word->begin)
            topic = v.value(&hit);
    bool const named = topic == "three_affairs" || topic == "three_capitals" || topic == "party_affairs" || topic == "village_affairs";
    auto const left = v.residue({W::disclosure, W::disclosure_hint, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in,
                                 W::first_wish, W::own_voice},
                                {v.period_span()});
    bool const fits = forced || (named && (left <= 3 || wants_to_know(v))) ||
                      (v.has(W::disclosure_hint) && (wants_to_know(v) || left <= 2)) || (v.direct() && wants_to_know(v));
    if (!fits || v.s.category != nullptr)
        return std::nullopt;
    auto r = execute(Intent::disclosure_query);
    r.args.set("topic", topic);
    set_text(r, "period", v.period());
    return r;
}

std::optional<Reading> bulletin_query(View const& v, bool)
{
    bool const counted = v.has(W::bulletin_count);
    bool const named = v.has(W::bulletin_word);
    if (!named && !counted)
        return std::nullopt;
    auto const period = v.period_span();
    auto const left = v.residue({W::bulletin_word, W::bulletin_count, W::category_name, W::look_up, W::question, W::vote_filler,
                                 W::politeness, W::lead_in, W::first_wish, W::own_voice, W::report_word, W::vague_hint, W::communal},
                                {period});
    if (left > (wants_to_know(v) || counted ? 6U : 2U))
        return std::nullopt;
    auto r = execute(Intent::bulletin_query);
    set_text(r, "period", v.text_in(period));
    if (auto const* category = v.first(W::category_name))
        r.args.set("category", v.value(category));
    return r;
}

std::optional<Reading> star_query(View const& v, bool)
{
    auto const* site = v.piece(PlaceKind::site);
    if (!v.has(W::star_word) || v.has(W::self_score))
        return std::nullopt;
    auto const left = v.residue(
        {W::star_word, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in, W::own_voice, W::vague_hint}, piece_spans(v));
    if (!site && !(v.direct() && left <= 4))
        return std::nullopt;
    if (left > (wants_to_know(v) ? 8U : 4U))
        return std::nullopt;
    auto r = execute(Intent::star_query);
    if (site)
        r.args.set("site", site->value);
    return r;
}

/// 聚居点自评 幸福里 三季度 88分 申报四星.
std::optional<Reading> star_self_score(View const& v, bool)
{
    if (!v.has(W::self_score) || v.asks())
        return std::nullopt;
    auto r = execute(Intent::star_self_score);
    auto const* site = v.piece(PlaceKind::site);
    if (site)
        r.args.set("site", site->value);
    std::optional<Hundredths> score;
    for (auto const& n : v.s.numbers) {
        auto const after = std::u32string_view(v.s.match).substr(n.span.end);
        if (after.starts_with(U"季") && n.value >= 1 && n.value <= 4)
            r.args.set("quarter", ArgValue{n.value});
        else if (after.starts_with(U"星") && n.value >= 1 && n.value <= 5)
            r.args.set("stars", ArgValue{n.value});
        else if (after.starts_with(U"分") && !score)
            score = Hundredths{n.hundredths};
    }
    if (score)
        r.args.set("score", ArgValue{*score});
    if (!score) {
        r.mode = Mode::clarify;
        r.missing.push_back("score");
    } else if (!site) {
        r.mode = Mode::clarify;
        r.missing.push_back("address");
    }
    return r;
}

std::optional<Reading> proposal_list(View const& v, bool forced)
{
    auto const* word = v.first(W::list_word);
    auto const* status = v.first(W::list_status);
    if (!word && !(status && v.has(W::vague_hint) && v.asks()))
        return std::nullopt;
    auto const left = v.residue({W::list_word, W::list_status, W::vague_hint, W::matter_word, W::look_up, W::question, W::vote_filler,
                                 W::politeness, W::lead_in, W::first_wish, W::own_voice, W::communal},
                                {v.period_span()});
    if (left > (forced || v.direct() ? 4U : 3U))
        return std::nullopt;
    auto r = execute(Intent::proposal_list);
    if (status)
        r.args.set("status", v.value(status));
    return r;
}

std::optional<Reading> query_mine(View const& v, bool forced)
{
    auto const* mine = v.first(W::mine);
    auto const* kind = v.first(W::mine_kind);
    if (!mine || v.has_any({W::points_word, W::withdraw}) || v.s.category != nullptr)
        return std::nullopt;
    auto const left = v.residue({W::mine, W::mine_kind, W::look_up, W::question, W::status_question, W::vote_filler, W::politeness,
                                 W::lead_in, W::own_voice, W::vague_hint, W::first_wish, W::matter_word, W::progress_word},
                                {v.period_span()});
    if (left > (forced || wants_to_know(v) || v.direct() ? 4U : 1U))
        return std::nullopt;
    auto r = execute(Intent::query_mine);
    auto value = v.value(mine);
    if (value == "any")
        value = kind ? v.value(kind) : std::string_view("all");
    r.args.set("kind", value);
    return r;
}

std::optional<Reading> task_report(View const& v, bool forced)
{
    auto const code = code_in(v, U't');
    if (!code) {
        if (!forced || v.residue({W::task_word, W::keyword, W::lead_in}) < 2)
            return std::nullopt;
        return std::nullopt;
    }
    bool const first = code->span.begin == v.start || v.at_word(W::task_word, v.start) || v.at_word(W::progress_word, v.start);
    if (!first || v.asks())
        return std::nullopt;
    Span percent_span{};
    auto const percent = percent_of(v, percent_span);
    auto r = execute(Intent::task_report);
    r.args.set("task_no", code->text);
    std::vector<Span> cut{{0, v.start}, code->span, span_of(v.at_word(W::task_word, v.start))};
    if (percent)
        r.args.set("percent", ArgValue{*percent});
    else {
        r.mode = Mode::clarify;
        r.missing.push_back("percent");
    }
    cut.push_back(percent_span);
    set_text(r, "text", v.text_without(cut));
    return r;
}

std::optional<Reading> task_query(View const& v, bool forced)
{
    if (!v.has(W::task_list))
        return std::nullopt;
    auto const left = v.residue(
        {W::task_list, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in, W::own_voice, W::vague_hint}, {v.period_span()});
    return left <= (forced || v.staff() ? 4U : 0U) ? std::optional(execute(Intent::task_query)) : std::nullopt;
}

} // namespace commands::reader
