#include "commands/reader/hygiene.hpp"
#include "reader/hygiene_cells.hpp"
#include "reader/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace commands::reader {

namespace {

struct Entity {
    std::u32string_view name;
    char32_t c;
};

// Names of HTML, not words of the language; the longer ones are also recognised after their "&" was lost.
constexpr std::array kEntities{
    Entity{U"ldquo", U'“'}, Entity{U"rdquo", U'”'}, Entity{U"lsquo", U'‘'},  Entity{U"rsquo", U'’'}, Entity{U"hellip", U'…'},
    Entity{U"mdash", U'—'}, Entity{U"ndash", U'–'}, Entity{U"middot", U'·'}, Entity{U"nbsp", U' '},  Entity{U"ensp", U' '},
    Entity{U"emsp", U' '},  Entity{U"bull", U'·'},  Entity{U"times", U'×'},  Entity{U"quot", U'"'},  Entity{U"lt", U'<'},
    Entity{U"gt", U'>'},    Entity{U"amp", U'&'},   Entity{U"apos", U'\''},  Entity{U"deg", U'°'},   Entity{U"yen", U'¥'},
};
constexpr std::size_t kLongestEntity = 9;

bool is_dropped(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0xAD ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE01EF) || (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x180E ||
           (c < 0x20 && c != U'\n' && c != U'\t' && c != U'\r') || (c >= 0x7F && c < 0xA0);
}

bool is_plain(char32_t c)
{
    return (c >= 0x20 && c < 0x7F) || c == U'\n' || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3001 && c <= 0x3011) ||
           (c >= 0x2018 && c <= 0x201D) || c == kReplacement;
}

icu::Normalizer2 const& nfkc()
{
    UErrorCode status = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFKCInstance(status);
}

std::u32string to_u32(icu::UnicodeString const& text)
{
    std::u32string out;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        out.push_back(static_cast<char32_t>(text.char32At(i)));
    return out;
}

bool needs_whole_normalisation(std::u32string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char32_t c) {
        return !is_plain(c) && !is_dropped(c) && c >= 0x300 && c < 0xFFFE &&
               (u_getCombiningClass(static_cast<UChar32>(c)) != 0 || (c >= 0x1100 && c < 0x1200));
    });
}

/// NFKC cell by cell; punctuation of full width keeps its look in `shown`.
void append_folded(Cells& out, char32_t c)
{
    if (is_plain(c)) {
        out.push(c, c);
    } else if (c == 0x3000 || c == 0xA0 || c == U'\t') {
        out.push(U' ', U' ');
    } else if (c == U'\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
        out.push(U'\n', U'\n');
    } else if (c >= 0xFF01 && c <= 0xFF5E) {
        char32_t const narrow = c - 0xFEE0;
        out.push(narrow, is_digit(narrow) || is_letter(narrow) ? narrow : c);
    } else {
        UErrorCode status = U_ZERO_ERROR;
        for (char32_t const n : to_u32(nfkc().normalize(icu::UnicodeString(static_cast<UChar32>(c)), status)))
            if (!is_dropped(n))
                out.push(n == U'\t' ? U' ' : n, n == U'\t' ? U' ' : n);
    }
}

Cells fold(std::u32string text)
{
    std::erase_if(text, is_dropped);
    for (auto at = text.find(U"\r\n"); at != std::u32string::npos; at = text.find(U"\r\n", at))
        text[at] = U' '; // one line break, not two; the blank goes when spaces are collapsed
    if (needs_whole_normalisation(text)) {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString whole;
        for (char32_t const c : text)
            whole.append(static_cast<UChar32>(c));
        text = to_u32(nfkc().normalize(whole, status));
    }
    Cells cells;
    cells.reserve(text.size());
    for (char32_t const c : text)
        append_folded(cells, c);
    return cells;
}

struct Decoded {
    char32_t c;
    std::size_t length;
};

std::optional<Decoded> numeric_entity(std::u32string_view text)
{
    std::size_t i = 2;
    bool const hex = i < text.size() && (text[i] == U'x' || text[i] == U'X');
    i += hex ? 1 : 0;
    std::size_t const first = i;
    char32_t value = 0;
    for (; i < text.size() && i < first + 7; ++i) {
        char32_t const c = text[i];
        char32_t const digit = is_digit(c) ? c - U'0' : hex && is_letter(c) && (c | 0x20) <= U'f' ? (c | 0x20) - U'a' + 10 : 99;
        if (digit == 99)
            break;
        value = value * (hex ? 16 : 10) + digit;
    }
    bool const valid = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (i == first || i >= text.size() || text[i] != U';' || !valid)
        return std::nullopt;
    return Decoded{value, i + 1};
}

/// The entity at the start of `text`, with its "&" or without (then `after_letter` must be false: it is no part of a word).
std::optional<Decoded> entity(std::u32string_view text, bool after_letter)
{
    if (text.size() > 2 && text[0] == U'&' && text[1] == U'#')
        return numeric_entity(text);
    bool const whole = text[0] == U'&';
    if (!whole && (after_letter || !is_letter(text[0])))
        return std::nullopt;
    auto const body = text.substr(whole ? 1 : 0, kLongestEntity);
    for (auto const& [name, c] : kEntities)
        if ((whole || name.size() >= 4) && body.size() > name.size() && body.starts_with(name) && body[name.size()] == U';')
            return Decoded{c, name.size() + 1 + (whole ? 1 : 0)};
    return std::nullopt;
}

bool is_pinyin_letter(char32_t c)
{
    constexpr std::u32string_view toned = U"āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹɡ";
    return (c >= U'a' && c <= U'z') || toned.find(c) != std::u32string_view::npos;
}

/// Length of "(qū)" at the start of `text`; 0 when there is none.
std::size_t bracketed_pinyin(std::u32string_view text)
{
    if (text.empty() || text[0] != U'(')
        return 0;
    std::size_t i = 1;
    while (i < text.size() && i < 12 && is_pinyin_letter(text[i]))
        ++i;
    return i > 1 && i < text.size() && text[i] == U')' ? i + 1 : 0;
}

/// Decodes entities and removes bracketed pinyin; true when something changed.
bool decode_leftovers(Cells& cells)
{
    bool const suspicious = cells.clean.find_first_of(U"&;(") != std::u32string::npos;
    if (!suspicious)
        return false;
    bool changed = false;
    Cells out;
    out.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size();) {
        auto const rest = std::u32string_view(cells.clean).substr(i);
        bool const after_letter = i > 0 && is_letter(cells.clean[i - 1]);
        if (auto const found = entity(rest, after_letter)) {
            i += found->length - 1;
            cells.clean[i] = cells.shown[i] = found->c == U'&' ? U'&' : found->c;
            if (found->c != U'&') {
                append_folded(out, found->c);
                ++i;
            }
            changed = true;
            continue;
        }
        if (!out.clean.empty() && is_han(out.clean.back())) {
            if (auto const length = bracketed_pinyin(rest)) {
                i += length;
                changed = true;
                continue;
            }
        }
        out.push(cells.clean[i], cells.shown[i]);
        ++i;
    }
    cells = std::move(out);
    return changed;
}

Cells collapse_spaces(Cells const& cells)
{
    Cells out;
    out.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        char32_t const c = cells.clean[i];
        bool const at_line_start = out.clean.empty() || out.clean.back() == U'\n';
        if (c == U' ' && (at_line_start || out.clean.back() == U' '))
            continue;
        if (c == U'\n') {
            while (!out.clean.empty() && out.clean.back() == U' ')
                out.pop();
            if (out.clean.empty())
                continue;
        }
        out.push(c, cells.shown[i]);
    }
    while (!out.clean.empty() && is_space(out.clean.back()))
        out.pop();
    return out;
}

/// Not among the 3,755 everyday characters (GB 2312, level 1).
bool is_rare(char32_t c)
{
    struct Close {
        void operator()(UConverter* converter) const { ucnv_close(converter); }
    };
    thread_local std::unique_ptr<UConverter, Close> const gbk = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<UConverter, Close>(ucnv_open("GBK", &status));
    }();
    if (!gbk)
        return false;
    auto const unit = static_cast<char16_t>(simplified(c));
    std::array<char, 8> bytes{};
    UErrorCode status = U_ZERO_ERROR;
    auto const length = ucnv_fromUChars(gbk.get(), bytes.data(), bytes.size(), &unit, 1, &status);
    auto const lead = static_cast<unsigned char>(bytes[0]);
    auto const trail = static_cast<unsigned char>(bytes[1]);
    return U_FAILURE(status) || length != 2 || lead < 0xB0 || lead > 0xD7 || trail < 0xA1;
}

bool looks_shifted(std::u32string_view text)
{
    constexpr std::size_t kWindow = 6;
    for (std::size_t at = text.find(U'?'); at != std::u32string_view::npos; at = text.find(U'?', at + 1)) {
        std::size_t han = 0, rare = 0;
        for (std::size_t i = at + 1; i < text.size() && i <= at + kWindow && (is_han(text[i]) || is_letter(text[i])); ++i) {
            han += is_han(text[i]) ? 1U : 0U;
            rare += is_han(text[i]) && is_rare(text[i]) ? 1U : 0U;
        }
        if (han >= 3 && rare >= 2)
            return true;
    }
    return std::count(text.begin(), text.end(), kReplacement) >= 2;
}

} // namespace

Cells clean_cells(std::string_view text, std::size_t limit_bytes)
{
    Cells cells = fold(decode_utf8(text, limit_bytes));
    // Decoding can uncover another leftover; each round makes the text shorter.
    constexpr int kRounds = 64;
    for (int round = 0; round < kRounds && decode_leftovers(cells); ++round)
        cells = fold(std::u32string(cells.clean));
    cells = collapse_spaces(cells);
    cells.damaged = looks_shifted(cells.clean);
    return cells;
}

Cleaned clean_text(std::string_view text)
{
    auto const cells = clean_cells(text, std::string_view::npos);
    return Cleaned{encode_utf8(cells.clean), cells.damaged};
}

std::string simplify(std::string_view utf8)
{
    auto text = decode_utf8(utf8);
    std::transform(text.begin(), text.end(), text.begin(), simplified);
    return encode_utf8(text);
}

} // namespace commands::reader
