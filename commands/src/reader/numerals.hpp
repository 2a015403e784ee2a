#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace commands::reader {

struct Numeral {
    std::int64_t value = 0;
    std::size_t length = 0; ///< characters read
};

/// A character of Chinese numerals: 〇零一二三四五六七八九两十百千万亿廿卅.
[[nodiscard]] bool is_numeral(char32_t c);

/// The Chinese numeral at the start of `text` (simplified): 十二, 二十七, 一百零五, 两百, 一百二, 五零一 (digit by digit).
/// Nothing when there is none or it passes 10^12.
[[nodiscard]] std::optional<Numeral> read_numeral(std::u32string_view text);

/// The run of ASCII digits at the start of `text`; nothing when there is none or it has more than 12 digits.
[[nodiscard]] std::optional<Numeral> read_digits(std::u32string_view text);

} // namespace commands::reader
