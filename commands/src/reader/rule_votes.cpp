#include "reader/ballots.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

Reading endorse(Mode mode, std::int64_t number)
{
    auto r = reading(mode, Intent::proposal_endorse);
    r.args.set("ref_no", ArgValue{number});
    return r;
}

bool is_chain_post(View const& v)
{
    std::size_t numbered = 0;
    for (auto const& n : v.s.numbers) {
        bool const line_start = n.span.begin == 0 || v.at(n.span.begin - 1) == U'\n';
        char32_t const after = v.at(n.span.end);
        bool const listed = after == U'.' || after == U'、' || after == U')' || (after == U' ' && v.has(W::chain));
        numbered += line_start && listed ? 1U : 0U;
    }
    return numbered >= 2 || (v.has(W::chain) && numbered >= 1);
}

/// 31号我昨天投了赞成，现在改反对: the choice after 改 is the one that counts.
Verdict changed_vote(View const& v, std::vector<Token> const& tokens)
{
    auto const last = std::find_if(tokens.rbegin(), tokens.rend(), [](auto const& t) { return t.is_choice; });
    auto const number = meant_vote(v);
    if (last == tokens.rend() || !number || last->choice == "unclear" || v.refs().size() > 1 || v.asks() || v.has(W::others_say))
        return std::nullopt;
    auto const* change = v.last(W::change);
    bool const said = change && change->end <= last->span.begin &&
                      v.only_covered({change->end, last->span.begin}, {W::vote_filler, W::own_voice, W::change});
    bool const earlier =
        std::any_of(tokens.begin(), tokens.end(), [&](auto const& t) { return t.is_choice && t.span.begin < last->span.begin; });
    bool const mistaken = v.all(W::change).size() >= 2; // 投错了 ... 应该是
    if (!said || (!earlier && !mistaken) || v.has(W::denial))
        return std::nullopt;
    return one(vote(Mode::execute, number, last->choice));
}

bool is_support(View const& v, Span ballot)
{
    return v.has_in(W::support, ballot);
}

/// What one ballot with a number comes to (T10, T11).
std::optional<Reading> settle(View const& v, Ballot const& ballot, Mode mode)
{
    if (v.open_vote(ballot.number)) {
        if (ballot.choice == "unclear") {
            auto r = vote(Mode::clarify, ballot.number, {});
            r.missing.push_back("choice");
            return r;
        }
        return vote(mode, ballot.number, ballot.choice);
    }
    if (v.collecting(ballot.number) && is_support(v, ballot.span))
        return endorse(mode, ballot.number);
    bool const bare = v.residue({W::choice, W::vote_filler, W::own_voice, W::intensifier, W::lead_in}, {ballot.span}) == 0;
    if (v.known(ballot.number) || (bare && (v.direct() || !v.c.open_votes.empty()))) {
        auto r = vote(Mode::clarify, ballot.number, ballot.choice);
        r.missing.push_back("open_vote");
        return r;
    }
    return std::nullopt;
}

/// 46赞成；58反对，费用没讲清楚: what follows the last of several ballots is about that one, when it has a clause of its own.
void set_last_comment(Reading& r, View const& v, std::vector<Ballot> const& ballots)
{
    auto const& last = ballots.back();
    auto const& before = ballots[ballots.size() - 2];
    if (v.clause(last.span.begin).begin >= before.span.end)
        set_comment(r, v, {{last.number, last.choice, {0, last.span.end}}});
}

} // namespace

Verdict qualified_vote(View const& v)
{
    if (!v.has(W::choice))
        return std::nullopt;
    if (is_chain_post(v) && (!v.c.open_votes.empty() || v.direct()))
        return one(clarify(Intent::vote_cast, "ref_no"));
    auto const tokens = tokens_of(v, W::choice);
    auto const number = meant_vote(v);
    if (!number)
        return std::nullopt;
    auto const chosen = std::find_if(tokens.rbegin(), tokens.rend(), [](auto const& t) { return t.is_choice; });
    if (chosen == tokens.rend())
        return std::nullopt;
    auto const clause = v.clause(chosen->span.begin);
    bool const talk = v.asks_in(clause) || v.has_in(W::denial, clause) || v.has_in(W::news, clause);
    if (chosen->choice == "unclear" && !talk && !quotes_vote(v)) {
        auto r = vote(Mode::clarify, number, {});
        r.missing.push_back("choice");
        return one(std::move(r));
    }
    if (v.has(W::conditional) && !talk) {
        auto r = vote(Mode::clarify, number, {});
        r.missing.push_back("choice");
        return one(std::move(r));
    }
    if (auto const* verb = v.first(W::proxy_verb); verb && !talk) {
        auto const* person = v.first(W::kin, {verb->end, std::min(v.size(), verb->end + 6)});
        bool const mine = v.has_in(W::own_voice, {verb->end, std::min(v.size(), verb->end + 3)}) && !person;
        bool const told = v.first(W::kin, {0, verb->begin}) != nullptr;
        if (!mine && (person || told)) {
            auto r = vote(Mode::clarify, number, chosen->choice);
            r.missing.push_back("authorization");
            return one(std::move(r));
        }
    }
    return std::nullopt;
}

Verdict talk_about_vote(View const& v)
{
    if (!v.has(W::choice) && !v.has(W::undecided))
        return std::nullopt;
    auto const refs = v.refs();
    bool const about_vote = std::any_of(refs.begin(), refs.end(), [&](auto const& n) { return v.open_vote(n.value); });
    if (!about_vote)
        return std::nullopt;
    if (v.has(W::undecided) && !v.has(W::choice))
        return nothing();
    auto const tokens = tokens_of(v, W::choice);
    auto const ballots = ballots_of(v, tokens);
    bool const own = std::any_of(ballots.begin(), ballots.end(), [&](auto const& b) { return voice_of(v, b) != Voice::talk; });
    bool const talk = std::any_of(ballots.begin(), ballots.end(), [&](auto const& b) { return voice_of(v, b) == Voice::talk; });
    bool const wonders = ballots.empty() && std::any_of(tokens.begin(), tokens.end(), [&](auto const& t) {
                             auto const clause = v.clause(t.span.begin);
                             return t.is_choice && (v.asks_in(clause) || v.has_in(W::vote_talk, clause) || v.has_in(W::denial, clause));
                         });
    return (talk || wonders) && !own && !own_word_choice(v, tokens) && !v.has(W::result_question) ? nothing() : std::nullopt;
}

Verdict vote_with_number(View const& v)
{
    if (auto chosen = option_vote(v))
        return chosen;
    if (!v.has(W::choice) && !(v.has(W::support) && !v.c.open_endorse.empty()))
        return std::nullopt;
    auto const tokens = tokens_of(v, W::choice);
    auto ballots = ballots_of(v, tokens);
    if (auto changed = changed_vote(v, tokens))
        return changed;
    std::erase_if(ballots, [&](auto const& b) { return voice_of(v, b) == Voice::talk; });
    bool const several_choices = std::any_of(tokens.begin(), tokens.end(), [&](auto const& t) {
        return t.is_choice && !ballots.empty() && t.choice != ballots.back().choice &&
               std::none_of(ballots.begin(), ballots.end(), [&](auto const& b) { return b.choice == t.choice; });
    });
    bool const quotes_others = v.has(W::others_say) || several_choices;
    Readings readings;
    for (auto const& ballot : ballots) {
        Mode const mode = quotes_others || voice_of(v, ballot) == Voice::unsure ? Mode::confirm : Mode::execute;
        if (auto r = settle(v, ballot, mode))
            readings.push_back(std::move(*r));
    }
    if (readings.empty() && ballots.empty() && own_word_choice(v, tokens)) {
        // The number and the speaker's own choice stand apart: 12号谁爱同意谁同意，反正我反对.
        auto const last = std::find_if(tokens.rbegin(), tokens.rend(), [](auto const& t) { return t.is_choice; });
        auto const choices = std::count_if(tokens.begin(), tokens.end(), [](auto const& t) { return t.is_choice; });
        if (auto const number = meant_vote(v); number && last->choice != "unclear" && !quotes_vote(v)) {
            bool const plain = choices == 1 && !quotes_others;
            auto r = vote(plain ? Mode::execute : Mode::confirm, number, last->choice);
            return one(std::move(r));
        }
    }
    if (readings.empty())
        return std::nullopt;
    if (readings.size() == 1 && readings.front().intent == Intent::vote_cast)
        set_comment(readings.front(), v, ballots);
    else if (readings.size() == ballots.size() && readings.back().intent == Intent::vote_cast)
        set_last_comment(readings.back(), v, ballots);
    return readings;
}

Verdict bare_choice(View const& v)
{
    if (!v.has(W::choice))
        return std::nullopt;
    auto const choices = v.all(W::choice);
    auto const choice = v.value(&choices.front());
    bool const agree = std::all_of(choices.begin(), choices.end(), [&](auto const& hit) { return v.value(&hit) == choice; });
    bool const alone = v.residue({W::choice, W::vote_filler, W::own_voice, W::intensifier, W::plus_one, W::change, W::lead_in}) == 0;
    auto const& quoted = v.c.reply_to;
    if (quotes_vote(v)) {
        auto const clause = v.clause(choices.front().begin);
        Ballot const ballot{*quoted->ref_no, choice, span_of(choices.front())};
        bool const first_word = v.only_covered({0, choices.front().begin}, {W::vote_filler, W::own_voice, W::intensifier, W::lead_in});
        if (!first_word || v.asks_in(clause) || voice_of(v, ballot) == Voice::talk)
            return std::nullopt;
        if (choice == "unclear") {
            auto r = vote(Mode::clarify, quoted->ref_no, {});
            r.missing.push_back("choice");
            return one(std::move(r));
        }
        auto r = vote(agree ? Mode::execute : Mode::confirm, quoted->ref_no, choice);
        if (!alone)
            set_comment(r, v, {ballot});
        return one(std::move(r));
    }
    if (!alone || !agree || choice == "unclear" || v.asks())
        return std::nullopt;
    if (quoted && quoted->ref_no && v.collecting(*quoted->ref_no) && v.has(W::support))
        return one(endorse(Mode::execute, *quoted->ref_no));
    if (quoted || v.c.open_votes.empty())
        return nothing();
    if (auto const number = only_open(v))
        return one(vote(Mode::confirm, number, choice));
    auto r = vote(Mode::clarify, std::nullopt, choice);
    r.missing.push_back("ref_no");
    return one(std::move(r));
}

Verdict weak_word(View const& v)
{
    if (!v.has_any({W::weak, W::plus_one}) || v.has(W::choice))
        return std::nullopt;
    auto const* weak = v.first(W::weak);
    std::string_view const choice = weak ? v.value(weak) : std::string_view("for");
    std::vector<Span> cut;
    std::optional<std::int64_t> number;
    for (auto const& n : v.refs())
        if (v.open_vote(n.value)) {
            cut.push_back(n.outer);
            number = n.value;
        }
    if (v.residue({W::weak, W::plus_one, W::vote_filler, W::own_voice, W::intensifier}, cut) != 0 || v.asks())
        return std::nullopt;
    if (!number && quotes_vote(v))
        number = v.c.reply_to->ref_no;
    if (!number && v.c.reply_to && v.c.reply_to->ref_no && v.collecting(*v.c.reply_to->ref_no))
        return one(endorse(Mode::confirm, *v.c.reply_to->ref_no));
    return number ? one(vote(Mode::confirm, number, choice)) : nothing();
}

} // namespace commands::reader
