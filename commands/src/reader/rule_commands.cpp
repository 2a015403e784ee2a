#include "reader/forms.hpp"
#include "reader/rules.hpp"
#include "reader/services.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

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

/// The text runs on right behind the word, in a group and without a mention: it may be talk.
bool runs_on(View const& v, Hit const& keyword)
{
    return keyword.end < v.size() && !is_mark(v.at(keyword.end)) && !v.direct();
}

/// 提议去吃烧烤: nothing of the community in it.
bool idle_wish(View const& v, Hit const& keyword)
{
    return runs_on(v, keyword) && is_empty(v.s.address) && !v.has_any({W::communal, W::wish_new, W::repair_wish});
}

/// 举报信不是我写的, 上报单位的数据弄错了: no trouble and no place in it.
bool idle_report(View const& v, Hit const& keyword)
{
    return runs_on(v, keyword) && v.s.category == nullptr && is_empty(v.s.address) && !v.has_any({W::trouble_hint, W::new_idea}) &&
           v.residue({W::keyword, W::lead_in, W::politeness, W::vote_filler, W::anonymous}) >= 2;
}

/// 代办点搬到银行旁边了: nobody and nothing to be served in it.
bool idle_service(View const& v, Hit const& keyword)
{
    return runs_on(v, keyword) && is_empty(v.s.address) &&
           !v.has_any({W::service_task, W::service_wish, W::kin, W::first_wish, W::own_voice});
}

/// 报名群满了: nothing to do for the community in it.
bool idle_signup(View const& v, Hit const& keyword)
{
    return runs_on(v, keyword) && !v.has_any({W::volunteer_word, W::volunteer_wish, W::first_wish, W::own_voice, W::deed});
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
        if (only_talks(v, keyword) || about_known(v, keyword) || idle_wish(v, keyword))
            return std::nullopt;
        return one(proposal_create(v, Mode::execute, {cut}));
    case Intent::report_create: {
        if (only_talks(v, keyword) || idle_report(v, keyword))
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
    case Intent::service_request: return idle_service(v, keyword) ? std::nullopt : one(service_request(v, true));
    case Intent::mediation_request: {
        bool const named = v.has(W::quarrel) || (v.s.category && v.s.category->category == "dispute") || !is_empty(v.s.address);
        bool const applied = keyword.end - keyword.begin > 2 || named;
        return v.direct() || applied ? one(mediation_request(v, true)) : std::nullopt; // 调解节目真好看
    }
    case Intent::volunteer_signup: return idle_signup(v, keyword) ? std::nullopt : one(volunteer_signup(v, true));
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

} // namespace

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
