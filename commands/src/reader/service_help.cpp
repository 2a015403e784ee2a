#include "reader/services.hpp"
#include "reader/unicode.hpp"

namespace commands::reader {

namespace {

/// The relative a service is for, as said: 帮我妈, 我奶奶.
std::string for_whom(View const& v)
{
    for (auto const& hit : v.all(W::kin))
        if (v.value(&hit) == "family")
            return v.said(&hit);
    return {};
}

} // namespace

std::optional<Reading> service_request(View const& v, bool forced)
{
    bool const wish = v.has(W::service_word) && (v.has_any({W::first_wish, W::service_wish}) || v.direct());
    bool const task = v.has(W::service_wish) && (v.has(W::service_task) || v.direct());
    if (!forced && !wish && !(task && (v.direct() || v.has(W::service_word))))
        return std::nullopt;
    if (!forced && (v.has_any({W::mine, W::how_to}) && !v.has(W::service_wish)))
        return std::nullopt;
    if (forced && v.asks() && !v.direct() && !v.has_any({W::kin, W::service_task, W::service_wish}))
        return std::nullopt; // 代办年检多少钱
    auto r = execute(Intent::service_request);
    std::vector<Span> cut;
    if (forced)
        cut.push_back(keyword_span(v));
    bool const said =
        v.residue({W::service_word, W::keyword, W::lead_in, W::politeness, W::vote_filler, W::first_wish, W::own_voice, W::question}) >= 2;
    if (!said) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", v.text_without(cut));
    set_text(r, "for_whom", for_whom(v));
    set_address(r, v, true);
    return r;
}

std::optional<Reading> mediation_of(View const& v, Mode mode, std::vector<Span> cut)
{
    auto r = reading(mode, Intent::mediation_request);
    auto text = v.text_without(std::move(cut));
    if (text.empty()) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
        return r;
    }
    set_text(r, "text", std::move(text));
    set_address(r, v, true);
    return r;
}

std::optional<Reading> mediation_request(View const& v, bool forced)
{
    if (forced)
        return mediation_of(v, Mode::execute, {keyword_span(v)});
    bool const wish = v.has(W::mediation_word) && v.has_any({W::first_wish, W::mediation_wish});
    return wish && v.has(W::quarrel) ? mediation_of(v, Mode::execute, {}) : std::nullopt;
}

std::optional<Reading> volunteer_signup(View const& v, bool forced)
{
    if (v.has(W::not_volunteer) || (v.asks() && !v.has(W::first_wish)))
        return std::nullopt;
    bool const wish = v.has(W::volunteer_wish) || (v.has(W::volunteer_word) && v.has_any({W::first_wish, W::support}));
    if (!forced && !wish)
        return std::nullopt;
    auto r = execute(Intent::volunteer_signup);
    bool const said = v.residue({W::volunteer_word, W::volunteer_wish, W::keyword, W::lead_in, W::politeness, W::vote_filler, W::first_wish,
                                 W::own_voice, W::support}) >= 2;
    if (said)
        set_text(r, "text", v.text_without(forced ? std::vector<Span>{keyword_span(v)} : std::vector<Span>{}));
    return r;
}

std::optional<Reading> whistle_blow(View const& v, bool forced)
{
    if (!forced || v.asks())
        return std::nullopt;
    auto r = execute(Intent::whistle_blow);
    if (auto const* level = v.first(W::whistle_level); level && v.value(level) != "work")
        r.args.set("level", v.value(level));
    std::vector<Span> cut{keyword_span(v)};
    std::vector<std::string> depts;
    std::uint32_t reached = cut.front().end;
    for (auto const& piece : v.s.pieces) {
        if (piece.kind != PlaceKind::department || piece.begin < cut.front().end)
            continue;
        // Departments are called first; a later one is part of the story (物业 in 物业不管).
        bool const named = v.value(v.ending_at(W::summon, piece.begin)) == "call"; // ... 叫消防站
        bool const called = named || v.only_covered({std::min(reached, piece.begin), piece.begin}, {W::summon, W::vote_filler});
        if (!called)
            continue;
        depts.push_back(v.text_in({piece.begin, piece.end}));
        cut.push_back({piece.begin, piece.end});
        reached = piece.end;
    }
    if (!depts.empty())
        r.args.set("depts", ArgValue{std::move(depts)});
    set_address(r, v, false);
    auto text = v.text_without(std::move(cut));
    if (text.empty()) {
        r.mode = Mode::clarify;
        r.missing.push_back("text");
    } else {
        set_text(r, "text", std::move(text));
    }
    return r;
}

std::optional<Reading> help(View const& v, bool forced)
{
    auto const* topic = v.first(W::help_topic);
    auto const* keyword = v.at_word(W::keyword, v.start);
    bool const alone = v.residue({W::help_word, W::keyword, W::how_to, W::look_up, W::question, W::vote_filler, W::politeness, W::lead_in,
                                  W::own_voice, W::vague_hint, W::first_wish},
                                 {span_of(topic)}) <= (v.direct() ? 5U : 2U);
    bool const word = v.has(W::help_word) || (forced && keyword);
    bool const exact = topic || v.residue({W::help_word, W::keyword, W::how_to, W::look_up, W::question, W::politeness, W::lead_in}) == 0;
    if (word && alone && (v.direct() || (forced && exact))) {
        auto r = execute(Intent::help);
        if (topic && (!keyword || topic->begin >= keyword->end || topic->begin < keyword->begin))
            r.args.set("topic", v.said(topic));
        return r;
    }
    if (v.has(W::how_to) && topic && v.direct()) {
        auto r = execute(Intent::help);
        r.args.set("topic", v.said(topic));
        return r;
    }
    return std::nullopt;
}

std::optional<Reading> bind(View const& v, bool forced)
{
    if (!forced && !(v.direct() && v.has(W::bind_word)))
        return std::nullopt;
    if (v.has(W::how_to) || (!v.direct() && v.residue({W::bind_word, W::keyword, W::lead_in, W::politeness}) > 0 && is_empty(v.s.address)))
        return std::nullopt;
    auto r = execute(Intent::bind);
    std::vector<Span> cut = piece_spans(v);
    cut.push_back(keyword_span(v));
    for (auto const& hit : v.all(W::bind_word))
        cut.push_back(span_of(hit));
    Address address = v.s.address;
    address.relative.clear();
    address.landmark.clear();
    auto name = is_empty(address) && !forced ? std::string{} : name_in(v, cut);
    bool const placed = !is_empty(address);
    if (placed)
        r.args.set("address", ArgValue{std::move(address)});
    if (!name.empty() && placed)
        r.args.set("name", ArgValue{std::move(name)});
    if (!r.args.has("name") || !placed) {
        r.mode = Mode::clarify;
        r.missing.push_back("identity");
    }
    return r;
}

std::optional<Reading> notice_pref(View const& v, bool forced)
{
    auto const* word = v.first(W::notice);
    bool const exact = forced && v.residue({W::notice, W::keyword, W::lead_in, W::politeness, W::vote_filler}) <= 1;
    if (!word || !(exact || v.direct()) || v.asks())
        return std::nullopt;
    auto r = execute(Intent::notice_pref);
    r.args.set("pref", v.value(word));
    return r;
}

std::optional<Reading> human(View const& v, bool forced)
{
    if (forced && v.residue({W::human_word, W::keyword, W::lead_in, W::politeness, W::vote_filler, W::first_wish, W::own_voice}) <= 3)
        return execute(Intent::human);
    bool const alone = v.has(W::human_word) && v.size() <= 6 && !v.asks();
    bool const wish = alone || v.has(W::human_wish) || (v.has(W::human_word) && v.has_any({W::first_wish, W::politeness, W::lead_in}));
    return v.direct() && wish ? std::optional(execute(Intent::human)) : std::nullopt;
}

} // namespace commands::reader
