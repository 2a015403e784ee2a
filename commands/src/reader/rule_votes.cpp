#include "reader/rules.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// A choice or a number, in the order of the text.
struct Token {
    bool is_choice = false;
    Span span;
    std::string_view choice;
    std::int64_t number = 0;
};

/// A number and the choice made for it.
struct Ballot {
    std::int64_t number = 0;
    std::string_view choice;
    Span span; ///< both and what stands between
};

std::vector<Token> tokens_of(View const& v, W choice_class)
{
    std::vector<Token> tokens;
    for (auto const& hit : v.all(choice_class))
        tokens.push_back({true, span_of(hit), v.value(&hit), 0});
    for (auto const& n : v.refs())
        tokens.push_back({false, n.outer, {}, n.value});
    std::sort(tokens.begin(), tokens.end(), [](auto const& a, auto const& b) { return a.span.begin < b.span.begin; });
    return tokens;
}

/// Between a number and its choice only words like 我, 投, 的, 提议 may stand.
bool ties(View const& v, Span a, Span b)
{
    Span const gap{a.end, b.begin};
    if (b.begin < a.end || b.begin - a.end > 14)
        return false;
    auto const between = std::u32string_view(v.s.match).substr(gap.begin, gap.end - gap.begin);
    if (between.find_first_of(U"。!?\n") != std::u32string_view::npos)
        return false;
    return v.only_covered(gap, {W::vote_filler, W::own_voice, W::intensifier, W::change});
}

bool parted(View const& v, Span a, Span b)
{
    auto const between = std::u32string_view(v.s.match).substr(a.end, b.begin > a.end ? b.begin - a.end : 0);
    return between.find_first_of(U",。;、\n ") != std::u32string_view::npos;
}

/// Pairs numbers with choices: 赞成12和27 · 12、13都同意 · 同意12，反对15 · 同意12号，第14号弃权.
std::vector<Ballot> ballots_of(View const& v, std::vector<Token> const& tokens)
{
    std::vector<Ballot> ballots;
    for (std::size_t i = 0; i < tokens.size();) {
        std::size_t j = i + 1;
        if (tokens[i].is_choice) {
            for (; j < tokens.size() && !tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span); ++j) {
                bool const next_takes_it = j + 1 < tokens.size() && tokens[j + 1].is_choice &&
                                           ties(v, tokens[j].span, tokens[j + 1].span) && parted(v, tokens[j - 1].span, tokens[j].span);
                if (next_takes_it && (j > i + 1 || !parted(v, tokens[j].span, tokens[j + 1].span)))
                    break;
                ballots.push_back({tokens[j].number, tokens[i].choice, {tokens[i].span.begin, tokens[j].span.end}});
            }
        } else {
            while (j < tokens.size() && !tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span))
                ++j;
            if (j < tokens.size() && tokens[j].is_choice && ties(v, tokens[j - 1].span, tokens[j].span)) {
                for (std::size_t k = i; k < j; ++k)
                    ballots.push_back({tokens[k].number, tokens[j].choice, {tokens[k].span.begin, tokens[j].span.end}});
                ++j;
            }
        }
        i = j;
    }
    return ballots;
}

/// What stands before and after the ballots of a clause decides whether they are the speaker's own.
enum class Voice { own, unsure, talk };

Voice voice_before(View const& v, Span head)
{
    if (head.empty() || v.only_covered(head, {W::vote_filler, W::own_voice, W::intensifier, W::change, W::politeness, W::lead_in}))
        return Voice::own;
    if (v.has_in(W::denial, head) || v.has_in(W::undecided, head) || v.has_in(W::vote_talk, head) || v.has_in(W::others_say, head) ||
        v.has_in(W::kin, head) || v.asks_in(head) || v.has_in(W::news, head))
        return Voice::talk;
    return v.ending_at(W::own_voice, head.end) ? Voice::own : Voice::unsure;
}

Voice voice_of(View const& v, Ballot const& ballot)
{
    auto const clause = v.clause(ballot.span.begin);
    Span head{clause.begin, ballot.span.begin};
    for (auto const& n : v.refs()) // 12、13都同意: the words before 13 are those after 12
        if (n.outer.end <= head.end && n.outer.end > head.begin)
            head.begin = n.outer.end;
    for (auto const& hit : v.all(W::choice))
        if (hit.end <= head.end && hit.end > head.begin && v.only_covered({hit.end, head.end}, {W::vote_filler, W::own_voice}))
            head.begin = hit.end;
    auto voice = voice_before(v, head);
    auto const space = v.s.match.rfind(U' ', head.end > 0 ? head.end - 1 : 0);
    if (voice == Voice::unsure && space != std::u32string::npos && space >= head.begin)
        voice = voice_before(v, {static_cast<std::uint32_t>(space), head.end});
    if (voice == Voice::talk)
        return voice;
    auto const tail_end = std::max(ballot.span.end, v.clause(ballot.span.end > 0 ? ballot.span.end - 1 : 0).end);
    Span const tail{ballot.span.end, tail_end};
    bool const asked = v.asks_in(tail) || v.asks_in(ballot.span);
    bool const counted = v.at(tail.begin) == U'的' && tail.begin + 1 < tail.end && !v.only_covered(tail, {W::vote_filler});
    if (asked || counted || v.has_in(W::vote_talk, tail) || v.has_in(W::undecided, tail) || v.has_in(W::result_question, tail))
        return Voice::talk;
    return voice;
}

Reading vote(Mode mode, std::optional<std::int64_t> number, std::string_view choice)
{
    auto r = reading(mode, Intent::vote_cast);
    if (number)
        r.args.set("ref_no", ArgValue{*number});
    if (!choice.empty() && choice != "unclear")
        r.args.set("choice", choice);
    return r;
}

Reading endorse(Mode mode, std::int64_t number)
{
    auto r = reading(mode, Intent::proposal_endorse);
    r.args.set("ref_no", ArgValue{number});
    return r;
}

/// The speaker's reason: what is left beside the ballots.
void set_comment(Reading& r, View const& v, std::vector<Ballot> const& ballots)
{
    std::vector<Span> cut;
    for (auto const& b : ballots) {
        Span span = b.span;
        while (auto const* tail = v.at_word(W::vote_filler, span.end)) {
            if (tail->begin != span.end)
                break;
            span.end = tail->end;
        }
        auto const clause = v.clause(span.begin);
        if (v.only_covered({clause.begin, span.begin},
                           {W::vote_filler, W::own_voice, W::intensifier, W::change, W::politeness, W::lead_in}))
            span.begin = clause.begin;
        cut.push_back(span);
    }
    auto comment = v.text_without(cut);
    if (comment.size() >= 3)
        set_text(r, "comment", std::move(comment));
}

bool own_word_choice(View const& v, std::vector<Token> const& tokens)
{
    auto const last = std::find_if(tokens.rbegin(), tokens.rend(), [](auto const& t) { return t.is_choice; });
    if (last == tokens.rend())
        return false;
    auto const clause = v.clause(last->span.begin);
    return v.has_in(W::own_voice, {clause.begin, last->span.begin}) && !v.has_in(W::denial, clause) && !v.asks_in(clause);
}

std::optional<std::int64_t> only_open(View const& v)
{
    return v.c.open_votes.size() == 1 ? std::optional(v.c.open_votes.front()) : std::nullopt;
}

bool quotes_vote(View const& v)
{
    return v.c.reply_to && v.c.reply_to->kind == "vote" && v.c.reply_to->ref_no;
}

/// The number a qualified vote is about: one in the text that is open, else the quoted card.
std::optional<std::int64_t> meant_vote(View const& v)
{
    for (auto const& n : v.refs())
        if (v.open_vote(n.value))
            return n.value;
    return quotes_vote(v) ? v.c.reply_to->ref_no : std::nullopt;
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

/// The label in 选B, 方案二, A方案: a capital letter or a digit; empty when there is none.
std::string option_label(View const& v, std::uint32_t begin, std::uint32_t& end)
{
    char32_t const c = v.at(begin);
    bool const word_goes_on = is_letter(v.at(begin + 1)) || is_digit(v.at(begin + 1));
    if (word_goes_on)
        return {};
    end = begin + 1;
    if (is_letter(c))
        return std::string(1, static_cast<char>(c - (c >= U'a' ? 0x20 : 0)));
    constexpr std::u32string_view numerals = U"一二三四五六七八九";
    if (auto const at = numerals.find(c); at != std::u32string_view::npos)
        return std::to_string(at + 1);
    return is_digit(c) && c != U'0' ? std::string(1, static_cast<char>(c)) : std::string{};
}

struct Option {
    std::string label;
    Span span;
};

/// 选B, 投方案二, A方案, 方案一; with a quoted card also a bare label.
std::optional<Option> option_in(View const& v, bool bare_allowed)
{
    std::uint32_t end = 0;
    for (auto const& word : v.all(W::option_word)) {
        if (auto label = option_label(v, word.end, end); !label.empty())
            return Option{std::move(label), {word.begin, end}};
        if (word.begin > 0)
            if (auto label = option_label(v, word.begin - 1, end);
                !label.empty() && !is_letter(v.at(word.begin >= 2 ? word.begin - 2 : v.size())))
                return Option{std::move(label), {word.begin - 1, word.end}};
    }
    for (auto const& verb : v.all(W::option_verb))
        if (auto label = option_label(v, verb.end, end);
            !label.empty() && (end >= v.size() || !is_han(v.at(end)) || v.at_word(W::vote_filler, end)))
            return Option{std::move(label), {verb.begin, end}};
    if (bare_allowed && v.size() <= 3)
        if (auto label = option_label(v, v.start, end); !label.empty())
            return Option{std::move(label), {v.start, end}};
    return std::nullopt;
}

Verdict option_vote(View const& v)
{
    bool const offered = quotes_vote(v) && !v.c.reply_to->options.empty();
    if (!v.has_any({W::option_word, W::option_verb}) && !offered)
        return std::nullopt;
    auto const option = option_in(v, offered);
    if (!option || v.asks())
        return std::nullopt;
    std::optional<std::int64_t> number;
    std::vector<Span> cut{option->span};
    for (auto const& n : v.refs())
        if (v.open_vote(n.value) && n.span.begin != option->span.begin && n.span.end <= option->span.begin &&
            ties(v, n.outer, option->span)) {
            number = n.value;
            cut.push_back(n.outer);
        }
    bool const plain = v.residue({W::vote_filler, W::own_voice, W::intensifier, W::option_verb, W::option_word}, cut) == 0;
    Mode mode = Mode::execute;
    if (!number && quotes_vote(v) && plain) {
        number = v.c.reply_to->ref_no;
    } else if (!number && plain && v.has(W::option_word)) {
        number = only_open(v);
        mode = Mode::confirm;
    }
    if (!number)
        return std::nullopt;
    auto r = vote(mode, number, {});
    r.args.set("option", ArgValue{option->label});
    return one(std::move(r));
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
    if (!said || !earlier || v.has(W::denial))
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
