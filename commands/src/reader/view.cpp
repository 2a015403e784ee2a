#include "reader/view.hpp"

#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

bool contains(std::vector<std::int64_t> const& list, std::int64_t n)
{
    return std::find(list.begin(), list.end(), n) != list.end();
}

bool is_cls(Hit const& hit, W cls)
{
    return static_cast<W>(hit.cls) == cls;
}

bool is_clause_mark(char32_t c)
{
    constexpr std::u32string_view marks = U",。;!?\n…~";
    return marks.find(c) != std::u32string_view::npos;
}

} // namespace

View::View(Scan const& scan, Context const& context, LexiconData const& lex, PlaceIndex const& index)
    : s(scan), c(context), lexicon(lex), places(index)
{
    skip_lead_ins();
}

void View::skip_lead_ins()
{
    for (;;) {
        while (start < size() && is_mark(s.match[start]))
            ++start;
        auto const* hit = at_word(W::lead_in, start);
        bool const keyword_begins = at_word(W::keyword, start) != nullptr;
        if (!hit || keyword_begins || hit->end >= size())
            return;
        start = hit->end;
    }
}

bool View::has_any(std::initializer_list<W> classes) const
{
    return std::any_of(classes.begin(), classes.end(), [this](W cls) { return has(cls); });
}

Hit const* View::first(W cls, Span span) const
{
    if (!has(cls))
        return nullptr;
    auto it = std::lower_bound(s.hits.begin(), s.hits.end(), span.begin, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
    for (; it != s.hits.end() && it->begin < span.end; ++it)
        if (is_cls(*it, cls) && it->end <= span.end)
            return &*it;
    return nullptr;
}

Hit const* View::last(W cls) const
{
    Hit const* found = nullptr;
    if (has(cls))
        for (auto const& hit : s.hits)
            if (is_cls(hit, cls) && (!found || hit.begin >= found->end))
                found = &hit;
    return found;
}

Hit const* View::at_word(W cls, std::uint32_t pos) const
{
    if (!has(cls))
        return nullptr;
    while (pos < size() && is_mark(s.match[pos]))
        ++pos;
    auto it = std::lower_bound(s.hits.begin(), s.hits.end(), pos, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
    for (; it != s.hits.end() && it->begin == pos; ++it)
        if (is_cls(*it, cls))
            return &*it;
    return nullptr;
}

Hit const* View::ending_at(W cls, std::uint32_t end) const
{
    if (!has(cls))
        return nullptr;
    for (auto const& hit : s.hits) {
        if (hit.begin >= end)
            break;
        if (is_cls(hit, cls) && hit.end == end)
            return &hit;
    }
    return nullptr;
}

std::vector<Hit> View::all(W cls) const
{
    std::vector<Hit> found;
    if (has(cls))
        for (auto const& hit : s.hits)
            if (is_cls(hit, cls) && (found.empty() || hit.begin >= found.back().end))
                found.push_back(hit);
    return found;
}

std::string View::said(Hit const* hit) const
{
    return hit ? text_in(span_of(hit)) : std::string{};
}

bool View::asks() const
{
    return has(W::question) || s.match.find(U'?') != std::u32string::npos;
}

bool View::asks_in(Span span) const
{
    return has_in(W::question, span) ||
           std::u32string_view(s.match).substr(span.begin, span.end - span.begin).find(U'?') != std::u32string_view::npos;
}

bool View::has_role(std::string_view role) const
{
    return std::find(c.roles.begin(), c.roles.end(), role) != c.roles.end();
}

bool View::staff() const
{
    auto const& names = lexicon.classes[static_cast<std::size_t>(W::staff_role)].words.front();
    return std::any_of(names.begin(), names.end(), [this](auto const& name) { return has_role(name); });
}

bool View::open_vote(std::int64_t n) const
{
    return contains(c.open_votes, n);
}
bool View::collecting(std::int64_t n) const
{
    return contains(c.open_endorse, n);
}

bool View::rateable(std::int64_t n) const
{
    return contains(c.pending_rate, n) || stage(n) == "evaluating" || stage(n) == "feedback";
}

bool View::known(std::int64_t n) const
{
    return open_vote(n) || collecting(n) || contains(c.pending_rate, n) || c.refs.contains(n) || (c.reply_to && c.reply_to->ref_no == n);
}

std::string_view View::kind(std::int64_t n) const
{
    auto const found = c.refs.find(n);
    if (found != c.refs.end())
        return found->second.kind;
    return open_vote(n) || collecting(n) ? std::string_view("proposal") : std::string_view{};
}

std::string_view View::stage(std::int64_t n) const
{
    auto const found = c.refs.find(n);
    return found != c.refs.end() ? std::string_view(found->second.stage) : std::string_view{};
}

std::vector<Number> View::refs() const
{
    std::vector<Number> found;
    for (auto const& n : s.numbers) {
        if (n.measure || n.code || n.decimal || n.sign != 0 || n.value <= 0)
            continue;
        bool const is_known = known(n.value);
        if (n.chinese && !n.marked && !(is_known && n.value >= 10))
            continue;
        if (n.chinese && !is_known && n.ordinal && n.outer.end == n.span.end)
            continue; // 第三: an order, no number of a matter
        auto const* date = n.outer.end > n.span.end ? at_word(W::date_after, n.outer.end) : nullptr; // 12号下午, not 12 早该装
        if (date && date->begin > n.outer.end + 1)
            date = nullptr;
        bool const has_choice = date && has_in(W::choice, {date->end, size()});
        if (date && !has_choice)
            continue;
        found.push_back(n);
    }
    return found;
}

std::optional<Number> View::main_ref() const
{
    std::optional<Number> best;
    int best_rank = -1;
    for (auto const& n : refs()) {
        int const rank = (known(n.value) ? 2 : 0) + (n.marked ? 1 : 0);
        if (rank > best_rank) {
            best = n;
            best_rank = rank;
        }
    }
    return best;
}

std::optional<Number> View::plain_number(Span span) const
{
    for (auto const& n : s.numbers)
        if (n.span.begin >= span.begin && n.span.end <= span.end && !n.chinese && !n.code && !n.measure)
            return n;
    return std::nullopt;
}

Span View::clause(std::uint32_t pos) const
{
    Span span{pos, pos};
    while (span.begin > 0 && !is_clause_mark(s.match[span.begin - 1]))
        --span.begin;
    while (span.end < size() && !is_clause_mark(s.match[span.end]))
        ++span.end;
    if (span.end < size() && s.match[span.end] == U'?')
        ++span.end; // the mark belongs to the question it closes
    return span;
}

PlacePiece const* View::piece(PlaceKind kind) const
{
    for (auto const& piece : s.pieces)
        if (piece.kind == kind)
            return &piece;
    return nullptr;
}

Reading reading(Mode mode, Intent intent)
{
    Reading r;
    r.mode = mode;
    r.intent = intent;
    return r;
}

Reading execute(Intent intent)
{
    return reading(Mode::execute, intent);
}

Reading clarify(Intent intent, std::string_view missing)
{
    auto r = reading(Mode::clarify, intent);
    r.missing.push_back(missing);
    return r;
}

Reading ignored()
{
    return reading(Mode::ignore, Intent::none);
}

void set_text(Reading& r, std::string_view name, std::string text)
{
    if (!text.empty())
        r.args.set(name, ArgValue{std::move(text)});
}

void set_address(Reading& r, View const& v, bool with_home)
{
    Address address = v.s.address;
    if (!with_home)
        address.relative.clear();
    if (!is_empty(address))
        r.args.set("address", ArgValue{std::move(address)});
}

} // namespace commands::reader
