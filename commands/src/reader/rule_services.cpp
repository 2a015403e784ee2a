#include "reader/rules.hpp"
#include "reader/services.hpp"

#include <array>

namespace commands::reader {

namespace {

/// Asked for by name or wish, in groups too (T16).
constexpr std::array<Service, 14> kOwnServices{points_appeal, points_declare, points_redeem, points_rules,    points_shop,
                                               points_rank,   points_query,   list_query,    bulletin_query,  star_self_score,
                                               star_query,    proposal_list,  query_mine,    disclosure_query};

/// A rating asked for by a card, or the one that waits in the private chat.
std::optional<Reading> rating_without_number(View const& v)
{
    Span score{};
    auto const stars = score_of(v, score);
    if (!stars || v.asks())
        return std::nullopt;
    auto const& quoted = v.c.reply_to;
    auto r = execute(Intent::rate_submit);
    bool const quotes_request =
        quoted && quoted->ref_no && (quoted->kind == "rate_request" || quoted->kind == "rate" || v.rateable(*quoted->ref_no));
    bool const first_word = score.begin <= v.start + 4;
    if (quotes_request && first_word) {
        r.args.set("ref_no", ArgValue{*quoted->ref_no});
        r.args.set("stars", ArgValue{*stars});
        set_text(r, "comment", v.text_without({{0, score.end}}));
        return r;
    }
    bool const short_answer =
        v.residue({W::score_word, W::score_unit, W::vote_filler, W::own_voice, W::intensifier, W::rate_word}, {score}) == 0;
    if (quoted || v.c.chat != Chat::direct || v.c.pending_rate.empty() || !short_answer)
        return std::nullopt;
    r.args.set("stars", ArgValue{*stars});
    if (v.c.pending_rate.size() == 1) {
        r.args.set("ref_no", ArgValue{v.c.pending_rate.front()});
        r.mode = Mode::confirm;
    } else {
        r.mode = Mode::clarify;
        r.missing.push_back("ref_no");
    }
    return r;
}

/// A command that answers a quoted card of ours needs no number.
std::optional<Reading> about_quoted(View const& v)
{
    auto const& quoted = v.c.reply_to;
    if (!quoted || !quoted->ref_no || quoted->kind == "chat" || v.main_ref())
        return std::nullopt;
    Number ref;
    ref.value = *quoted->ref_no;
    ref.span = ref.outer = {v.size(), v.size()};
    return matter_command(v, ref, false);
}

} // namespace

Verdict own_services(View const& v)
{
    if (auto r = rating_without_number(v))
        return one(std::move(r));
    if (auto r = about_quoted(v))
        return one(std::move(r));
    if (v.joking() || v.has_any({W::other_subject, W::other_points, W::news}))
        return std::nullopt;
    for (auto const service : kOwnServices)
        if (auto r = service(v, false))
            return one(std::move(r));
    // 代办, 志愿 and 调解: a wish of the first person, not talk about them.
    if (v.has_any({W::first_wish, W::volunteer_wish})) {
        auto const* wish = v.first(W::first_wish);
        auto const* service = v.first(W::service_word);
        if (auto r = volunteer_signup(v, false))
            return one(std::move(r));
        if (service && wish && wish->begin <= service->begin) // 点单的时候说不要香菜
            if (auto r = service_request(v, false))
                return one(std::move(r));
    }
    return std::nullopt;
}

/// T20: spoken to, the bot takes any intent that fits.
Verdict direct_service(View const& v)
{
    if (!v.direct() || v.joking())
        return std::nullopt;
    constexpr std::array<Service, 8> kDirect{notice_pref,      human,           help,      bind, mediation_request,
                                             volunteer_signup, service_request, task_query};
    for (auto const service : kDirect)
        if (auto r = service(v, false))
            return one(std::move(r));
    return std::nullopt;
}

} // namespace commands::reader
