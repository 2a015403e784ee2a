#include "reader/rules.hpp"

namespace commands::reader {

namespace {

/// In a private chat, or with a mention, the words of T17 to T19 are commands.
Reading softened(View const& v, Reading r)
{
    if (v.direct())
        return r;
    r.mode = Mode::confirm;
    r.missing.clear();
    return r;
}

/// 要是能装个 ... 就好了: a wish, though it begins like a doubt.
bool wishes(View const& v)
{
    auto const* last = v.last(W::new_idea);
    return last && v.value(last) == "wish";
}

bool talks_of_something_else(View const& v)
{
    bool const doubts = v.has(W::hypothetical) && !wishes(v);
    return doubts || v.joking() || v.has_any({W::news, W::solved, W::other_subject, W::metaphor, W::drill, W::sarcasm, W::fiction}) ||
           (v.s.danger && v.has(W::almost)) || (v.has(W::thanks) && !v.has(W::trouble_hint));
}

} // namespace

Verdict defect(View const& v)
{
    auto const* rule = v.s.category;
    if (!rule || !rule->defect || talks_of_something_else(v) || v.s.mentions_other)
        return std::nullopt;
    bool const wish_to_repair = v.has(W::repair_wish);
    if (v.has(W::new_idea) && v.has(W::wish_new) && !wish_to_repair)
        return std::nullopt; // a new thing: T18
    bool const placed = !is_empty(v.s.address);
    bool const hinted = v.has(W::trouble_hint) || wish_to_repair;
    bool const only_asks = v.asks() && !hinted && !(v.has(W::new_idea) && !v.s.category_weak);
    bool const past = v.has_any({W::past, W::lately, W::long_ago}) && !v.has_any({W::present, W::trouble_hint});
    if (v.s.category_weak && !hinted && !v.direct())
        return std::nullopt;
    if (only_asks || past || (!placed && !hinted && !v.direct()) || v.has(W::small_question))
        return std::nullopt;
    if (rule->category == "integrity" && !v.direct())
        return std::nullopt; // never echoed by a question in the group
    return one(softened(v, report_of(v, {{0, v.direct() ? v.start : 0}})));
}

Verdict new_idea(View const& v)
{
    if (!v.has(W::new_idea) || !v.has(W::wish_new) || talks_of_something_else(v))
        return std::nullopt;
    Address place = v.s.address;
    place.relative.clear();
    bool const public_thing = v.has(W::communal) || !is_empty(place) || (v.direct() && !v.has_any({W::service_wish, W::service_word}));
    if (!public_thing || (v.s.mentions_other && !v.c.mention))
        return std::nullopt;
    auto r = execute(Intent::proposal_create);
    set_text(r, "text", v.text_without({}));
    set_address(r, v, true);
    return one(softened(v, std::move(r)));
}

Verdict quarrel(View const& v)
{
    if (!v.has(W::quarrel) || !v.has_any({W::mediation_wish, W::mediation_word}) || talks_of_something_else(v))
        return std::nullopt;
    auto r = mediation_of(v, Mode::execute, {});
    return r ? one(softened(v, std::move(*r))) : std::nullopt;
}

} // namespace commands::reader
