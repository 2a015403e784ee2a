#include "commands/reader/step_lines.hpp"
#include "reader/lexicon_data.hpp"
#include "reader/numerals.hpp"
#include "reader/unicode.hpp"

namespace commands::reader {

std::optional<std::int64_t> resolve_cents(std::string_view text)
{
    constexpr std::int64_t kMost = 100'000'000'000'000; // a million million yuan: more is a slip of the keyboard
    auto const form = match_form(text);
    std::size_t begin = 0;
    while (begin < form.size() && !is_digit(form[begin]) && !is_numeral(form[begin]))
        ++begin;
    if (begin >= form.size() || (begin > 0 && (form[begin - 1] == U'-' || form[begin - 1] == U'负')))
        return std::nullopt;
    std::u32string digits;
    std::size_t i = begin;
    std::int64_t cents = 0;
    if (is_digit(form[i])) {
        for (; i < form.size() && (is_digit(form[i]) || (form[i] == U',' && i + 3 < form.size() && is_digit(form[i + 1]) &&
                                                         is_digit(form[i + 2]) && is_digit(form[i + 3])));
             ++i)
            if (is_digit(form[i]))
                digits.push_back(form[i]);
        auto const whole = read_digits(digits);
        if (!whole)
            return std::nullopt;
        cents = whole->value * 100;
        std::int64_t unit = 1;
        std::int64_t fraction = 0, scale = 1;
        if (i + 1 < form.size() && form[i] == U'.' && is_digit(form[i + 1]))
            for (++i; i < form.size() && is_digit(form[i]); ++i)
                if (scale < 1'000'000) {
                    fraction = fraction * 10 + static_cast<std::int64_t>(form[i] - U'0');
                    scale *= 10;
                }
        while (i < form.size() && is_space(form[i]))
            ++i;
        if (i < form.size())
            unit = form[i] == U'万' ? 10'000 : form[i] == U'千' ? 1000 : form[i] == U'百' ? 100 : form[i] == U'亿' ? 100'000'000 : 1;
        if (cents > kMost / unit)
            return std::nullopt;
        cents = cents * unit + fraction * 100 * unit / scale;
        i += unit > 1 ? 1 : 0;
    } else {
        auto const numeral = read_numeral(std::u32string_view(form).substr(i));
        if (!numeral || numeral->value > kMost / 100)
            return std::nullopt;
        cents = numeral->value * 100;
        i += numeral->length;
    }
    auto const unit = i < form.size() ? form[i] : U'\0';
    if (unit == U'角' || unit == U'毛')
        cents /= 10;
    else if (unit == U'%' || unit == U'月' || unit == U'号' || unit == U'日' || unit == U'天' || unit == U'户')
        return std::nullopt;
    return cents;
}

} // namespace commands::reader
