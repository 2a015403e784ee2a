#include "reader/unicode.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <unordered_map>
#include <vector>

namespace commands::reader {

namespace {

constexpr char32_t kFirstHan = 0x3400;
constexpr char32_t kLastHan = 0x9FFF;

std::unique_ptr<icu::Transliterator> transliterator(char const* id)
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance(icu::UnicodeString::fromUTF8(id), UTRANS_FORWARD, status));
    if (U_FAILURE(status) || !made)
        throw std::runtime_error(std::string("ICU has no transliterator ") + id + "; install the ICU data");
    return made;
}

std::vector<char16_t> build_simplified()
{
    icu::UnicodeString text;
    for (char32_t c = kFirstHan; c <= kLastHan; ++c) { // a break after each keeps ICU's phrase rules out
        text.append(static_cast<char16_t>(c));
        text.append(u'\n');
    }
    transliterator("Traditional-Simplified")->transliterate(text);
    std::vector<char16_t> table;
    table.reserve(kLastHan - kFirstHan + 1);
    char16_t last = 0;
    for (std::int32_t i = 0; i < text.length(); ++i) {
        char16_t const c = text.charAt(i);
        if (c == u'\n')
            table.push_back(last);
        else
            last = c;
    }
    if (table.size() != kLastHan - kFirstHan + 1)
        throw std::runtime_error("ICU's table of simplified characters has an unexpected form");
    table[U'麼' - kFirstHan] = u'么'; // ICU keeps these two, chat does not
    table[U'妳' - kFirstHan] = u'你';
    return table;
}

bool ends_with(std::string const& text, std::string_view tail)
{
    return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

std::string fold_syllable(std::string syllable)
{
    if (syllable.size() > 2 && syllable[1] == 'h' && (syllable[0] == 'z' || syllable[0] == 'c' || syllable[0] == 's'))
        syllable.erase(1, 1);
    if (ends_with(syllable, "ang") || ends_with(syllable, "eng") || ends_with(syllable, "ing"))
        syllable.pop_back();
    return syllable;
}

/// Decodes one code point at `i` and moves past it.
char32_t next_code_point(std::string_view text, std::size_t& i)
{
    auto const lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80)
        return lead;
    int const more = lead >= 0xF0 && lead <= 0xF4 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
    if (more == 0)
        return kReplacement;
    auto c = static_cast<char32_t>(lead & (0x3F >> more));
    for (int k = 0; k < more; ++k) {
        if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
            return kReplacement;
        c = (c << 6) | (static_cast<unsigned char>(text[i++]) & 0x3F);
    }
    bool const overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    bool const forbidden = c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF);
    return overlong || forbidden ? kReplacement : c;
}

} // namespace

std::u32string decode_utf8(std::string_view text, std::size_t limit)
{
    text = text.substr(0, limit);
    std::u32string out;
    out.reserve(text.size() / 2 + 1);
    for (std::size_t i = 0; i < text.size();)
        out.push_back(next_code_point(text, i));
    return out;
}

void append_utf8(std::string& out, char32_t c)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (c >> 6)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (c >> 12)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
        out.push_back(static_cast<char>(0xF0 | (c >> 18)));
        out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
}

std::string encode_utf8(std::u32string_view text)
{
    std::string out;
    out.reserve(text.size() * 3);
    for (char32_t const c : text)
        append_utf8(out, c);
    return out;
}

bool is_mark(char32_t c)
{
    if (c < 0x80)
        return is_space(c) || std::string_view(",.:;!?()[]{}\"'~-_/|*").find(static_cast<char>(c)) != std::string_view::npos;
    constexpr std::u32string_view marks = U"，。：；！？、…—·～（）【】《》「」『』“”‘’〈〉";
    return marks.find(c) != std::u32string_view::npos;
}

char32_t simplified(char32_t c)
{
    static std::vector<char16_t> const table = build_simplified();
    return c >= kFirstHan && c <= kLastHan ? table[c - kFirstHan] : c;
}

std::string_view folded_pinyin(char32_t c)
{
    if (!is_han(c))
        return {};
    struct Lookup {
        std::unique_ptr<icu::Transliterator> latin = transliterator("Han-Latin; Latin-ASCII");
        std::unordered_map<char32_t, std::string> known;
    };
    thread_local Lookup lookup;
    auto [it, fresh] = lookup.known.try_emplace(c);
    if (fresh) {
        icu::UnicodeString text(static_cast<UChar32>(c));
        lookup.latin->transliterate(text);
        std::string syllable;
        text.toUTF8String(syllable);
        it->second = fold_syllable(std::move(syllable));
    }
    return it->second;
}

} // namespace commands::reader
