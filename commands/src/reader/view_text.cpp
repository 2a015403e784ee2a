#include "reader/unicode.hpp"
#include "reader/view.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

bool counts(char32_t c)
{
    return is_han(c) || is_letter(c) || is_digit(c);
}

} // namespace

std::string View::text_in(Span span) const
{
    auto text = std::u32string_view(s.shown).substr(std::min(span.begin, size()), span.end - span.begin);
    constexpr std::u32string_view before = U" \n,.:;!?，。：；、！？-—~～";
    constexpr std::u32string_view after = U" \n,;:，；：、";
    while (!text.empty() && before.find(text.front()) != std::u32string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && after.find(text.back()) != std::u32string_view::npos)
        text.remove_suffix(1);
    return encode_utf8(text);
}

std::string View::text_without(std::vector<Span> spans) const
{
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
    std::string text;
    std::uint32_t from = 0;
    auto const add = [&](std::uint32_t to) {
        if (to <= from)
            return;
        auto part = text_in({from, to});
        if (!part.empty() && !text.empty() && text.back() != '\n')
            text += s.match[from > 0 ? from - 1 : 0] == U'\n' || (from < size() && s.match[from] == U'\n') ? '\n' : ' ';
        text += part;
    };
    for (auto const& span : spans) {
        add(std::min(span.begin, size()));
        from = std::max(from, span.end);
    }
    add(size());
    return text;
}

std::size_t View::residue(std::initializer_list<W> covers, std::vector<Span> const& spans) const
{
    std::vector<bool> covered(size(), false);
    auto const cover = [&](std::uint32_t begin, std::uint32_t end) {
        for (auto i = begin; i < end && i < size(); ++i)
            covered[i] = true;
    };
    for (auto const& hit : s.hits)
        if (std::find(covers.begin(), covers.end(), static_cast<W>(hit.cls)) != covers.end())
            cover(hit.begin, hit.end);
    for (auto const& span : spans)
        cover(span.begin, span.end);
    std::size_t left = 0;
    for (std::uint32_t i = 0; i < size(); ++i)
        left += !covered[i] && counts(s.match[i]) ? 1U : 0U;
    return left;
}

bool View::only_covered(Span span, std::initializer_list<W> covers) const
{
    std::uint32_t reached = span.begin;
    auto it = std::lower_bound(s.hits.begin(), s.hits.end(), span.begin, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
    while (reached < span.end) {
        if (!counts(s.match[reached])) {
            ++reached;
            continue;
        }
        while (it != s.hits.end() && it->begin < reached)
            ++it;
        std::uint32_t end = 0;
        for (auto here = it; here != s.hits.end() && here->begin == reached; ++here)
            if (here->end <= span.end && std::find(covers.begin(), covers.end(), static_cast<W>(here->cls)) != covers.end())
                end = std::max(end, here->end);
        if (end == 0)
            return false;
        reached = end;
    }
    return true;
}

} // namespace commands::reader
