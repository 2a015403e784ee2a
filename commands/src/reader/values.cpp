#include "commands/reader/step_lines.hpp"
#include "reader/lexicon_data.hpp"
#include "reader/numerals.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

/// Reads a text from left to right.
class Cursor {
public:
    explicit Cursor(std::u32string text) : text_(std::move(text)) {}

    void skip_blanks()
    {
        while (at_ < text_.size() && is_space(text_[at_]))
            ++at_;
    }
    bool take(std::u32string_view word)
    {
        if (!rest().starts_with(word))
            return false;
        at_ += word.size();
        return true;
    }
    bool take_any(std::initializer_list<std::u32string_view> words)
    {
        return std::any_of(words.begin(), words.end(), [this](auto word) { return take(word); });
    }
    std::optional<std::int64_t> number()
    {
        auto const read = at_ < text_.size() && is_digit(text_[at_]) ? read_digits(rest()) : read_numeral(rest());
        if (!read)
            return std::nullopt;
        at_ += read->length;
        return read->value;
    }
    [[nodiscard]] std::u32string_view rest() const { return std::u32string_view(text_).substr(at_); }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] bool has(std::u32string_view word) const { return text_.find(word) != std::u32string::npos; }
    [[nodiscard]] std::size_t position() const { return at_; }
    void go(std::size_t position) { at_ = position; }

private:
    std::u32string text_;
    std::size_t at_ = 0;
};

std::optional<year_month_day> valid(year_month_day date)
{
    return date.ok() ? std::optional(date) : std::nullopt;
}

year_month_day plus_days(year_month_day date, std::int64_t n)
{
    return year_month_day{sys_days{date} + days{n}};
}

std::optional<year_month_day> with_year(std::int64_t y, std::int64_t m, std::int64_t d)
{
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31)
        return std::nullopt;
    return valid(year{static_cast<int>(y)} / static_cast<int>(m) / static_cast<int>(d));
}

/// 周五, 下周三, 上星期天; `shift` in weeks.
std::optional<year_month_day> by_weekday(Cursor& in, int shift, bool prefixed, year_month_day today)
{
    if (!in.take_any({U"周", U"星期", U"礼拜"}))
        return std::nullopt;
    constexpr std::u32string_view names = U"一二三四五六";
    auto const rest = in.rest();
    if (rest.empty())
        return std::nullopt;
    unsigned number = 0;
    if (auto const at = names.find(rest.front()); at != std::u32string_view::npos)
        number = static_cast<unsigned>(at) + 1;
    else if (rest.front() == U'日' || rest.front() == U'天' || rest.front() == U'末')
        number = rest.front() == U'末' ? 6 : 7;
    else if (rest.front() >= U'1' && rest.front() <= U'7')
        number = static_cast<unsigned>(rest.front() - U'0');
    else
        return std::nullopt;
    auto const today_number = static_cast<int>(weekday{sys_days{today}}.iso_encoding());
    int offset = static_cast<int>(number) - today_number + 7 * shift;
    if (!prefixed && offset < 0)
        offset += 7; // 周五 without more is the next one
    return plus_days(today, offset);
}

std::optional<year_month_day> last_of_month(year_month_day today, int shift)
{
    auto const m = year_month{today.year(), today.month()} + months{shift};
    return year_month_day{m / std::chrono::last};
}

/// Dates in figures: 2026-07-20, 2026年7月20日, 7月20日, 7/20, 7.20, 20号.
std::optional<year_month_day> by_figures(Cursor in, year_month_day today)
{
    auto const first = in.number();
    if (!first)
        return std::nullopt;
    bool const has_year = in.take_any({U"年"}) || (*first >= 1000 && in.take_any({U"-", U"/", U"."}));
    if (has_year) {
        auto const m = in.number();
        if (!m || !in.take_any({U"月", U"-", U"/", U"."}))
            return std::nullopt;
        auto const d = in.number();
        return d ? with_year(*first < 100 ? *first + 2000 : *first, *m, *d) : std::nullopt;
    }
    if (in.take_any({U"月份", U"月", U"-", U"/", U"."})) {
        if (in.take_any({U"底", U"末"}) && *first >= 1 && *first <= 12) {
            auto const y = month{static_cast<unsigned>(*first)} < today.month() ? today.year() + std::chrono::years{1} : today.year();
            return year_month_day{y / month{static_cast<unsigned>(*first)} / std::chrono::last};
        }
        auto const d = in.number();
        if (!d)
            return std::nullopt;
        auto date = with_year(int{today.year()}, *first, *d);
        if (date && *date < today)
            date = with_year(int{today.year()} + 1, *first, *d);
        return date;
    }
    if (in.take_any({U"号", U"日"}) && *first >= 1 && *first <= 31) {
        for (int shift = 0; shift <= 2; ++shift) { // the next month that has such a day
            auto const m = year_month{today.year(), today.month()} + months{shift};
            auto const date = m / day{static_cast<unsigned>(*first)};
            if (date.ok() && date >= today)
                return date;
        }
        return std::nullopt;
    }
    if (in.take_any({U"个星期后", U"周后", U"个礼拜后", U"星期后", U"周之后", U"个星期之后"}) && *first <= 500)
        return plus_days(today, *first * 7);
    if (in.take_any({U"天后", U"日后", U"天之后", U"天内", U"日内", U"天以后", U"天"}) && *first <= 3650)
        return plus_days(today, *first);
    return std::nullopt;
}

struct NamedDay {
    std::u32string_view name;
    int offset;
};

constexpr NamedDay kNamedDays[] = {{U"大后天", 3}, {U"后天", 2},  {U"明天", 1},  {U"明日", 1},  {U"明早", 1}, {U"明晚", 1},
                                   {U"今天", 0},   {U"今日", 0},  {U"今早", 0},  {U"今晚", 0},  {U"当天", 0}, {U"大前天", -3},
                                   {U"前天", -2},  {U"昨天", -1}, {U"昨日", -1}, {U"昨晚", -1}, {U"刚才", 0}, {U"刚刚", 0}};

std::optional<year_month_day> by_words(Cursor in, year_month_day today)
{
    for (auto const& named : kNamedDays)
        if (in.take(named.name))
            return plus_days(today, named.offset);
    if (in.take_any({U"下个月底", U"下月底"}))
        return last_of_month(today, 1);
    if (in.take_any({U"本月底", U"这个月底", U"月底", U"月末", U"本月末"}))
        return last_of_month(today, 0);
    if (in.take_any({U"年底", U"年末", U"今年底"}))
        return today.year() / 12 / 31;
    int shift = 0;
    bool prefixed = true;
    if (in.take_any({U"下下个", U"下下"}))
        shift = 2;
    else if (in.take_any({U"下个", U"下"}))
        shift = 1;
    else if (in.take_any({U"上个", U"上"}))
        shift = -1;
    else
        prefixed = in.take_any({U"这个", U"本", U"这"});
    if (prefixed && (in.rest().starts_with(U"月"))) {
        in.take(U"月");
        auto const d = in.number();
        auto const m = year_month{today.year(), today.month()} + months{shift};
        return d && *d >= 1 && *d <= 31 ? valid(m / day{static_cast<unsigned>(*d)}) : std::nullopt;
    }
    return by_weekday(in, shift, prefixed, today);
}

} // namespace

std::optional<std::int64_t> resolve_number(std::string_view text)
{
    Cursor in(match_form(text));
    in.skip_blanks();
    auto const number = in.number();
    in.skip_blanks();
    return number && in.done() ? number : std::nullopt;
}

std::optional<year_month_day> resolve_date(std::string_view text, year_month_day today)
{
    if (!today.ok())
        return std::nullopt;
    auto const form = match_form(text);
    Cursor in(form);
    in.skip_blanks();
    if (auto const date = by_figures(in, today))
        return date;
    return by_words(in, today);
}

std::optional<std::pair<year_month, year_month>> resolve_period(std::string_view text, year_month_day today)
{
    if (!today.ok())
        return std::nullopt;
    Cursor in(match_form(text));
    in.skip_blanks();
    using Period = std::pair<year_month, year_month>;
    auto const this_month = year_month{today.year(), today.month()};
    auto const span = [](year_month first, int length) { return Period{first, first + months{length - 1}}; };
    auto const quarter_start = year_month{today.year(), month{(static_cast<unsigned>(today.month()) - 1) / 3 * 3 + 1}};
    if (in.take_any({U"本月", U"这个月", U"这月", U"当月", U"今天", U"昨天", U"最近一个月", U"近一个月", U"本周", U"这周"}))
        return span(this_month, 1);
    if (in.take_any({U"上个月", U"上月"}))
        return span(this_month - months{1}, 1);
    if (in.take_any({U"本季度", U"这季度", U"这个季度", U"本季"}))
        return span(quarter_start, 3);
    if (in.take_any({U"上季度", U"上个季度", U"上季"}))
        return span(quarter_start - months{3}, 3);
    if (in.take_any({U"上半年"}))
        return span(today.year() / 1, 6);
    if (in.take_any({U"下半年"}))
        return span(today.year() / 7, 6);
    year y = today.year();
    bool year_given = false;
    if (in.take_any({U"今年", U"本年度", U"本年", U"全年", U"年度"}))
        year_given = true;
    else if (in.take_any({U"去年", U"上年度", U"上年"}))
        year_given = true, y -= std::chrono::years{1};
    else if (in.take_any({U"前年"}))
        year_given = true, y -= std::chrono::years{2};
    in.take(U"第");
    auto number = in.number();
    if (number && in.take_any({U"年度", U"年"})) {
        if (*number < 1 || *number > 9999)
            return std::nullopt;
        y = year{static_cast<int>(*number < 100 ? *number + 2000 : *number)};
        year_given = true;
        if (in.take(U"上半年"))
            return span(y / 1, 6);
        if (in.take(U"下半年"))
            return span(y / 7, 6);
        in.take(U"第");
        number = in.number();
    }
    if (!number)
        return year_given ? std::optional(span(y / 1, 12)) : std::nullopt;
    if (in.take_any({U"季度", U"季"}) && *number >= 1 && *number <= 4) {
        auto first = y / month{static_cast<unsigned>(*number) * 3 - 2};
        if (!year_given && first > this_month)
            first -= std::chrono::years{1};
        return span(first, 3);
    }
    if (in.take_any({U"月份", U"月", U"-"}) && *number >= 1 && *number <= 12) {
        auto first = y / month{static_cast<unsigned>(*number)};
        if (!year_given && first > this_month)
            first -= std::chrono::years{1}; // reports are about what has been
        return span(first, 1);
    }
    return std::nullopt;
}

} // namespace commands::reader
