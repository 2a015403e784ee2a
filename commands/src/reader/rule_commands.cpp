#include "reader/rules.hpp"
#include "reader/services.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// A line of a labelled form: 标题：…, 地点：….
struct FormLine {
    std::string_view label;
    Span value;
};

std::vector<FormLine> form_lines(View const& v)
{
    std::vector<FormLine> lines;
    for (auto const& hit : v.all(W::form_label)) {
        bool const line_start =
            hit.begin == 0 || v.at(hit.begin - 1) == U'\n' || v.at(hit.begin - 1) == U';' || v.at(hit.begin - 1) == U' ';
        if (!line_start || v.at(hit.end) != U':')
            continue;
        auto end = hit.end + 1;
        while (end < v.size() && v.s.match[end] != U'\n' && v.s.match[end] != U';')
            ++end;
        lines.push_back({v.value(&hit), {hit.end + 1, end}});
    }
    return lines;
}

std::optional<Reading> proposal_create(View const& v, Mode mode, std::vector<Span> cut)
{
    auto r = reading(mode, Intent::proposal_create);
    for (auto const& line : form_lines(v))
        if (line.label == "title")
            set_text(r, "title", v.text_in(line.value));
    auto text = v.text_without(std::move(cut));
    if (text.empty() && !r.args.has("title")) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    set_address(r, v, true);
    return r;
}

/// A keyword that speaks about proposals or reports without making one: 提议通过了吗, 投诉电话多少.
bool only_talks(View const& v, Hit const& keyword)
{
    auto const next =
        v.at_word(W::status_question, keyword.end) || v.at_word(W::result_question, keyword.end) || v.at_word(W::how_to, keyword.end);
    return next || (v.asks() && v.s.category == nullptr && is_empty(v.s.address) && v.size() < keyword.end + 10 && !v.direct());
}

/// 提议 31 …: speaks about a matter that has its number.
bool about_known(View const& v, Hit const& keyword)
{
    auto const ref = v.main_ref();
    return ref && v.known(ref->value) && ref->span.begin <= keyword.end + 1;
}

/// 附议, 评单, 催办, 撤回 ... without a number.
Verdict matter_without_number(View const& v, Intent intent, Hit const& keyword)
{
    auto const& quoted = v.c.reply_to;
    if (quoted && quoted->ref_no && quoted->kind != "chat") {
        Number ref;
        ref.value = *quoted->ref_no;
        ref.span = ref.outer = {v.size(), v.size()};
        if (intent == Intent::proposal_endorse) {
            auto r = execute(intent);
            r.args.set("ref_no", ArgValue{ref.value});
            return one(std::move(r));
        }
        if (auto r = matter_command(v, ref, false))
            return one(std::move(r));
    }
    bool const alone = v.residue({W::keyword, W::lead_in, W::politeness, W::vote_filler, W::own_voice, W::intensifier, W::plus_one,
                                  W::endorse, W::withdraw, W::withdraw_target, W::urge, W::rate_word, W::score_word, W::score_unit,
                                  W::review_word, W::matter_word, W::support}) <= 1;
    if (intent == Intent::proposal_endorse) {
        if (!alone || v.asks())
            return std::nullopt;
        if (v.c.open_endorse.size() == 1) {
            auto r = reading(Mode::confirm, intent);
            r.args.set("ref_no", ArgValue{v.c.open_endorse.front()});
            return one(std::move(r));
        }
        return v.c.open_endorse.empty() && !v.direct() ? nothing() : one(clarify(intent, "ref_no"));
    }
    if (intent == Intent::withdraw && !v.direct() &&
        v.residue({W::keyword, W::lead_in, W::politeness, W::withdraw, W::withdraw_target, W::own_voice}) > 0)
        return std::nullopt; // 取消订单了
    if (!alone && !(v.direct() && v.size() < keyword.end + 8))
        return std::nullopt;
    auto r = clarify(intent, "ref_no");
    if (intent == Intent::rate_submit) {
        Span score{};
        if (auto const stars = score_of(v, score))
            r.args.set("stars", ArgValue{*stars});
        if (v.c.pending_rate.size() == 1) {
            r.args.set("ref_no", ArgValue{v.c.pending_rate.front()});
            r.missing.clear();
            r.mode = r.args.has("stars") ? Mode::confirm : Mode::clarify;
            if (!r.args.has("stars"))
                r.missing.push_back("stars");
        }
    }
    if (intent == Intent::withdraw) {
        auto const* target = v.first(W::withdraw_target);
        r.args.set("target", target ? v.value(target) : std::string_view("auto"));
    }
    return one(std::move(r));
}

/// 反映了半天也没人理, 帮助是相互的: the word is told of, not said to the bot.
bool narrated(View const& v, Hit const& keyword)
{
    auto const* next = v.at_word(W::narrated, keyword.end);
    return next && next->begin == keyword.end && !v.c.mention;
}

/// What the keyword at the start asks for.
Verdict by_keyword(View const& v, Intent intent, Hit const& keyword)
{
    Span const cut{0, keyword.end};
    switch (intent) {
    case Intent::proposal_create:
        if (only_talks(v, keyword) || about_known(v, keyword))
            return std::nullopt;
        return one(proposal_create(v, Mode::execute, {cut}));
    case Intent::report_create: {
        if (only_talks(v, keyword))
            return std::nullopt;
        if (v.residue({W::keyword, W::lead_in, W::politeness, W::vote_filler, W::anonymous}, {cut}) < 2)
            return one(clarify(intent, "text"));
        auto r = report_of(v, {cut});
        return one(std::move(r));
    }
    case Intent::points_query: return one(points_query(v, true));
    case Intent::points_rank: return one(points_rank(v, true));
    case Intent::points_rules: return one(points_rules(v, true));
    case Intent::points_shop: return one(points_shop(v, true));
    case Intent::points_redeem: return one(points_redeem(v, true));
    case Intent::points_declare: return one(points_declare(v, true));
    case Intent::points_appeal: return one(points_appeal(v, true));
    case Intent::points_audit: return one(points_audit(v, true));
    case Intent::points_record: return one(points_record(v, true));
    case Intent::list_query: return one(list_query(v, true));
    case Intent::disclosure_query: return one(disclosure_query(v, true));
    case Intent::bulletin_query: return one(bulletin_query(v, true));
    case Intent::star_query: return one(star_query(v, true));
    case Intent::star_self_score: return one(star_self_score(v, true));
    case Intent::proposal_list: return one(proposal_list(v, true));
    case Intent::query_mine: return one(query_mine(v, true));
    case Intent::task_report: return one(task_report(v, true));
    case Intent::task_query: return one(task_query(v, true));
    case Intent::service_request: return one(service_request(v, true));
    case Intent::mediation_request: {
        bool const named = v.has(W::quarrel) || (v.s.category && v.s.category->category == "dispute") || !is_empty(v.s.address);
        bool const applied = keyword.end - keyword.begin > 2 || named;
        return v.direct() || applied ? one(mediation_request(v, true)) : std::nullopt; // 调解节目真好看
    }
    case Intent::volunteer_signup: return one(volunteer_signup(v, true));
    case Intent::whistle_blow: return one(whistle_blow(v, true));
    case Intent::help: return one(help(v, true));
    case Intent::bind: return one(bind(v, true));
    case Intent::notice_pref: return one(notice_pref(v, true));
    case Intent::human: return one(human(v, true));
    case Intent::sunshine_ask: {
        auto r = execute(intent);
        auto text = v.text_without({cut});
        if (text.empty())
            return one(clarify(intent, "text"));
        set_text(r, "text", std::move(text));
        return one(std::move(r));
    }
    case Intent::withdraw:
    case Intent::proposal_endorse:
    case Intent::rate_submit:
    case Intent::case_urge: return matter_without_number(v, intent, keyword);
    case Intent::review_decide:
        if (auto audit = points_audit(v, true))
            return one(std::move(audit));
        return std::nullopt;
    default: return std::nullopt;
    }
}

/// A number, then the word at once: 12进入表决, 1024核实属实 — or the word, then the number.
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

/// 4栋后面井盖翘起来了，上报一下: the keyword closes the message.
Verdict report_word_last(View const& v)
{
    auto const* word = v.last(W::keyword);
    if (!word || v.value(word) != "report.create" || v.s.category == nullptr || v.asks())
        return std::nullopt;
    auto const clause = v.clause(word->begin);
    bool const closes = clause.end >= v.size() && clause.begin > 0 &&
                        v.only_covered(clause, {W::keyword, W::lead_in, W::politeness, W::vote_filler, W::own_voice, W::first_wish});
    if (!closes || not_here_and_now(v))
        return std::nullopt;
    auto r = report_of(v, {clause});
    return one(std::move(r));
}

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

/// Several commands in one message, each with its own number: 签收1024，1031退单. Ballots alone have their own rule.
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

} // namespace

Reading report_of(View const& v, std::vector<Span> cut)
{
    auto r = execute(Intent::report_create);
    auto const* rule = v.s.category;
    bool const new_thing = !rule && v.has(W::new_idea);
    r.args.set("category", rule ? std::string_view(rule->category) : std::string_view("other"));
    r.args.set("subcategory", rule        ? std::string_view(rule->subcategory)
                              : new_thing ? std::string_view("suggestion")
                                          : std::string_view("unknown"));
    auto const urgency = rule ? v.s.urgency : Urgency::normal;
    r.args.set("urgency", urgency == Urgency::critical ? std::string_view("critical")
                          : urgency == Urgency::urgent ? std::string_view("urgent")
                                                       : std::string_view("normal"));
    Address address = v.s.address;
    bool impossible = v.s.impossible_place;
    for (auto const& line : form_lines(v))
        if (line.label == "place") {
            auto const place = place_of(v.s, v.places, line.value.begin, line.value.end);
            if (!is_empty(place.address)) {
                address = place.address;
                impossible = place.impossible;
            }
        }
    bool const placed = !is_empty(address);
    if (placed)
        r.args.set("address", ArgValue{std::move(address)});
    set_text(r, "text", v.text_without(std::move(cut)));
    if (v.has(W::anonymous))
        r.args.set("anonymous", ArgValue{true});
    bool const needs_place = rule && urgency != Urgency::critical && rule->category != "integrity" && rule->category != "other";
    if ((needs_place && !placed) || (impossible && urgency != Urgency::critical)) {
        r.mode = Mode::clarify;
        r.missing.push_back("address");
    }
    return r;
}

Verdict explicit_command(View const& v)
{
    if (auto readings = several(v))
        return readings;
    if (auto r = with_number(v))
        return one(std::move(*r));
    if (auto r = points_audit(v, false))
        return one(std::move(*r));
    if (auto r = task_report(v, false))
        return one(std::move(*r));
    auto const* keyword = v.at_word(W::keyword, v.start);
    if (!keyword)
        return report_word_last(v);
    auto const intent = intent_named(v.value(keyword));
    if (narrated(v, *keyword))
        return std::nullopt;
    return intent ? by_keyword(v, *intent, *keyword) : std::nullopt;
}

/// T15: while a report meeting takes questions, every question of a villager is one.
Verdict sunshine_session(View const& v)
{
    if (v.c.session != "sunshine_open" || v.at_word(W::keyword, v.start))
        return std::nullopt;
    bool const question = v.asks() || v.has(W::sunshine_ask);
    constexpr std::uint32_t kShortest = 4; // 啥？ is no question about the books
    if (!question || v.size() < kShortest || v.joking() || v.c.reply_to || v.has(W::small_question))
        return std::nullopt;
    auto r = execute(Intent::sunshine_ask);
    set_text(r, "text", v.text_without({{0, v.start}}));
    return one(std::move(r));
}

} // namespace commands::reader
