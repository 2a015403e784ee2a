#include "reader/view.hpp"

#include "reader/numerals.hpp"
#include "reader/unicode.hpp"

namespace commands::reader {

namespace {

std::uint32_t number_before(View const& v, std::uint32_t end)
{
    std::uint32_t begin = end;
    while (begin > 0 && (is_digit(v.s.match[begin - 1]) || is_numeral(v.s.match[begin - 1])) && end - begin < 4)
        --begin;
    return begin;
}

} // namespace

/// 上个月, 本季度, 5月份, 二季度, 2026年6月.
Span View::period_span() const
{
    Span found{};
    if (auto const* word = first(W::period_word))
        found = span_of(word);
    for (auto const& unit : all(W::period_unit)) {
        auto begin = number_before(*this, unit.begin);
        if (begin == unit.begin)
            continue;
        auto day_end = unit.end;
        while (day_end < size() && (is_digit(at(day_end)) || is_numeral(at(day_end))))
            ++day_end;
        bool const day_follows = day_end > unit.end && (at(day_end) == U'号' || at(day_end) == U'日' || is_digit(at(unit.end)));
        if (day_follows && at(unit.end - 1) == U'月')
            continue;
        if (begin > 0 && at(begin - 1) == U'第')
            --begin;
        if (found.empty() || begin == found.end)
            found = found.empty() ? Span{begin, unit.end} : Span{found.begin, unit.end};
    }
    return found;
}

std::string View::period() const
{
    return text_in(period_span());
}

/// 昨天, 今早, 周六上午, 5月3号, 7月1日: the first date with the part of the day that follows.
Span View::date_span() const
{
    Span found{};
    auto const take = [&](std::uint32_t begin, std::uint32_t end) {
        if (found.empty() || begin < found.begin)
            found = {begin, end};
    };
    if (auto const* word = first(W::date_word))
        take(word->begin, word->end);
    for (auto const& n : s.numbers) {
        char32_t const after = at(n.span.end);
        if (n.decimal || after != U'月')
            continue;
        auto end = n.span.end + 1;
        auto const day = n.chinese || is_numeral(at(end)) ? read_numeral(std::u32string_view(s.match).substr(end))
                                                          : read_digits(std::u32string_view(s.match).substr(end));
        if (!day || day->value > 31)
            continue;
        end += static_cast<std::uint32_t>(day->length);
        if (at(end) == U'号' || at(end) == U'日')
            ++end;
        take(n.span.begin, end);
    }
    for (auto const& n : s.numbers)
        if (found.empty() && !n.decimal && (at(n.span.end) == U'号' || at(n.span.end) == U'日') && n.value >= 1 && n.value <= 31 &&
            !n.ordinal && (n.span.begin == 0 || at(n.span.begin - 1) != U'月') && !known(n.value) && s.address.house_no.empty())
            take(n.span.begin, n.span.end + 1);
    if (found.empty())
        return found;
    while (auto const* part = at_word(W::day_part, found.end)) {
        if (part->begin != found.end)
            break;
        found.end = part->end;
    }
    return found;
}

} // namespace commands::reader
