#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Code points: decoding, and the tables that matching needs.
namespace commands::reader {

inline constexpr char32_t kReplacement = 0xFFFD;

/// Decodes UTF-8; every maximal bad part becomes one U+FFFD. Stops after `limit` bytes.
[[nodiscard]] std::u32string decode_utf8(std::string_view text, std::size_t limit = std::string_view::npos);
[[nodiscard]] std::string encode_utf8(std::u32string_view text);
void append_utf8(std::string& out, char32_t c);

[[nodiscard]] constexpr bool is_digit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}
[[nodiscard]] constexpr bool is_letter(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
[[nodiscard]] constexpr bool is_han(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}
[[nodiscard]] constexpr bool is_space(char32_t c)
{
    return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r';
}
/// Marks that end or part a sentence or a list, spaces and line breaks included.
[[nodiscard]] bool is_mark(char32_t c);

/// Traditional to simplified for one character; itself where there is nothing to change. From ICU, built on first use.
[[nodiscard]] char32_t simplified(char32_t c);

/// Toneless pinyin with southern confusions folded (zh/z, ch/c, sh/s, -ng/-n); empty for what is no Han character.
/// Looked up through ICU, remembered per thread.
[[nodiscard]] std::string_view folded_pinyin(char32_t c);

} // namespace commands::reader
