#include "reader/numerals.hpp"
#include "reader/scan.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// Looks up which hits begin at, or end at, a position.
class Neighbours {
public:
    explicit Neighbours(Scan const& scan) : scan_(scan), by_end_(scan.hits.size())
    {
        for (std::size_t i = 0; i < by_end_.size(); ++i)
            by_end_[i] = static_cast<std::uint32_t>(i);
        std::sort(by_end_.begin(), by_end_.end(), [&](auto a, auto b) { return scan.hits[a].end < scan.hits[b].end; });
    }
    /// End of the longest hit of `cls` that begins at `pos`; 0: none.
    [[nodiscard]] std::uint32_t begins(W cls, std::uint32_t pos) const
    {
        auto it = std::lower_bound(scan_.hits.begin(), scan_.hits.end(), pos, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
        for (; it != scan_.hits.end() && it->begin == pos; ++it)
            if (static_cast<W>(it->cls) == cls)
                return it->end;
        return 0;
    }
    /// Begin of the longest hit of `cls` that ends at `pos`; `pos` when there is none.
    [[nodiscard]] std::uint32_t ends(W cls, std::uint32_t pos) const
    {
        auto it = std::lower_bound(by_end_.begin(), by_end_.end(), pos, [&](auto i, std::uint32_t p) { return scan_.hits[i].end < p; });
        std::uint32_t begin = pos;
        for (; it != by_end_.end() && scan_.hits[*it].end == pos; ++it)
            if (static_cast<W>(scan_.hits[*it].cls) == cls)
                begin = std::min(begin, scan_.hits[*it].begin);
        return begin;
    }

private:
    Scan const& scan_;
    std::vector<std::uint32_t> by_end_;
};

class NumberFinder {
public:
    explicit NumberFinder(Scan& scan) : scan_(scan), text_(scan.match), near_(scan) {}

    void find()
    {
        for (std::uint32_t i = 0; i < text_.size();) {
            auto const end = number(i);
            i = end > i ? end : i + 1;
        }
    }

private:
    [[nodiscard]] char32_t at(std::uint32_t i) const { return i < text_.size() ? text_[i] : 0; }

    [[nodiscard]] std::uint32_t skip_space_back(std::uint32_t i) const { return i > 0 && text_[i - 1] == U' ' ? i - 1 : i; }

    std::uint32_t number(std::uint32_t i)
    {
        bool const digits = is_digit(at(i));
        if (!digits && !is_numeral(at(i)))
            return i;
        auto const rest = std::u32string_view(text_).substr(i);
        auto const read = digits ? read_digits(rest) : read_numeral(rest);
        if (!read)
            return digits ? skip_digits(i) : i + 1;
        Number n;
        n.chinese = !digits;
        n.value = read->value;
        n.hundredths = n.value * 100;
        n.span = {i, static_cast<std::uint32_t>(i + read->length)};
        std::uint32_t end = n.span.end;
        if (digits && at(end) == U'.' && is_digit(at(end + 1))) {
            n.decimal = true;
            n.hundredths += 10 * static_cast<std::int64_t>(at(end + 1) - U'0') +
                            (is_digit(at(end + 2)) ? static_cast<std::int64_t>(at(end + 2) - U'0') : 0);
            end = skip_digits(end + 1);
            n.span.end = end;
        }
        if (digits && at(end) == U',' && is_digit(at(end + 1)) && is_digit(at(end + 2)) && is_digit(at(end + 3)) &&
            !is_digit(at(end + 4)) && n.value < 1000 && scan_.shown[end] == U',') {
            end = skip_digits(end + 1); // 1,200: an amount
            n.measure = true;
        }
        surroundings(n);
        scan_.numbers.push_back(n);
        return end;
    }

    [[nodiscard]] std::uint32_t skip_digits(std::uint32_t i) const
    {
        while (is_digit(at(i)))
            ++i;
        return i;
    }

    void surroundings(Number& n) const
    {
        n.outer = n.span;
        char32_t const before = n.span.begin > 0 ? text_[n.span.begin - 1] : 0;
        std::uint32_t const back = skip_space_back(n.span.begin);
        if (auto const begin = near_.ends(W::ref_before, back); begin < back) {
            n.outer.begin = begin;
            n.marked = true;
            n.ordinal = text_[begin] == U'第';
        }
        if (auto const end = near_.begins(W::ref_after, n.span.end)) {
            n.outer.end = end;
            n.marked = true;
        }
        bool const signed_number = before == U'+' || (before == U'-' && (n.span.begin < 2 || !is_digit(text_[n.span.begin - 2])));
        if (signed_number) {
            n.sign = before == U'+' ? 1 : -1;
            n.outer.begin = n.span.begin - 1;
        }
        n.code = (is_letter(before) && !n.marked) || n.value > 999'999 || (before == U'.' && !n.marked);
        auto const unit_at = n.span.end;
        char32_t const after = at(n.outer.end);
        bool const clock = (after == U':' && is_digit(at(n.outer.end + 1)) && n.span.end - n.span.begin <= 2) ||
                           (before == U':' && n.span.begin >= 2 && is_digit(text_[n.span.begin - 2]));
        bool const range = (after == U'到' || after == U'至') && n.outer.end > n.span.end && is_digit(at(n.outer.end + 1));
        bool const dash = range || (after == U'-' && is_digit(at(n.outer.end + 1))) || (before == U'-' && !signed_number);
        n.measure = n.measure || n.decimal || clock || dash || before == U'月' || before == U'年' || after == U'%' || before == U'¥' ||
                    before == U'$' || near_.begins(W::not_ref_after, unit_at) > near_.begins(W::ref_after, n.span.end);
    }

    Scan& scan_;
    std::u32string_view text_;
    Neighbours near_;
};

} // namespace

void find_numbers(Scan& scan)
{
    NumberFinder(scan).find();
}

} // namespace commands::reader
