#include "reader/numerals.hpp"

#include "reader/unicode.hpp"

namespace commands::reader {

namespace {

constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
constexpr std::int64_t kMost = 1'000'000'000'000;

std::optional<std::int64_t> digit_of(char32_t c)
{
    if (c == U'〇')
        return 0;
    if (c == U'两')
        return 2;
    if (c == U'幺')
        return 1;
    auto const at = kDigits.find(c);
    return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<std::int64_t>(at));
}

std::int64_t unit_of(char32_t c)
{
    switch (c) {
    case U'十': return 10;
    case U'百': return 100;
    case U'千': return 1000;
    case U'万': return 10'000;
    case U'亿': return 100'000'000;
    default: return 0;
    }
}

/// 五零一, 一二〇: digits only, at least two of them.
std::optional<Numeral> read_digit_by_digit(std::u32string_view text)
{
    Numeral n;
    while (n.length < text.size()) {
        auto const digit = digit_of(text[n.length]);
        if (!digit)
            break;
        if (n.length >= 12)
            return std::nullopt;
        n.value = n.value * 10 + *digit;
        ++n.length;
    }
    bool const unit_follows = n.length < text.size() && unit_of(text[n.length]) != 0;
    return n.length >= 2 && !unit_follows ? std::optional(n) : std::nullopt;
}

} // namespace

bool is_numeral(char32_t c)
{
    return digit_of(c).has_value() || unit_of(c) != 0 || c == U'廿' || c == U'卅';
}

std::optional<Numeral> read_digits(std::u32string_view text)
{
    Numeral n;
    while (n.length < text.size() && is_digit(text[n.length])) {
        if (n.length >= 12)
            return std::nullopt;
        n.value = n.value * 10 + static_cast<std::int64_t>(text[n.length] - U'0');
        ++n.length;
    }
    return n.length > 0 ? std::optional(n) : std::nullopt;
}

std::optional<Numeral> read_numeral(std::u32string_view text)
{
    if (auto const plain = read_digit_by_digit(text))
        return plain;
    std::int64_t total = 0, section = 0, pending = 0, last_unit = 0;
    bool any = false;
    std::size_t i = 0;
    for (; i < text.size() && total <= kMost; ++i) {
        char32_t const c = text[i];
        if (c == U'廿' || c == U'卅') {
            section += c == U'廿' ? 20 : 30;
            last_unit = 10;
        } else if (auto const digit = digit_of(c)) {
            pending = *digit;
            last_unit = *digit == 0 ? 0 : last_unit; // 一百零五 is 105, 一百五 is 150
        } else if (auto const unit = unit_of(c)) {
            if (unit >= 10'000 && !any)
                break; // 万一 is no number
            if (unit >= 10'000) {
                total = (total + section + pending) * unit;
                section = 0;
            } else {
                section += (pending == 0 ? 1 : pending) * unit;
            }
            pending = 0;
            last_unit = unit;
        } else {
            break;
        }
        any = true;
    }
    if (!any || total > kMost)
        return std::nullopt;
    std::int64_t const tail = pending != 0 && last_unit >= 100 ? pending * (last_unit / 10) : pending;
    return Numeral{total + section + tail, i};
}

} // namespace commands::reader
