#pragma once

#include <string>
#include <string_view>

namespace commands::reader {

struct Cleaned {
    std::string text;     ///< valid UTF-8, NFKC, without pinyin in brackets and zero-width characters, spaces collapsed, lines kept
    bool damaged = false; ///< looks like byte-shifted GBK: a person has to look at the original
};

/// Steps 1 to 3 of text hygiene (domain.md 3.8). Bytes that are no UTF-8 become U+FFFD. Idempotent.
[[nodiscard]] Cleaned clean_text(std::string_view text);

/// Traditional to simplified, character by character, for matching only.
[[nodiscard]] std::string simplify(std::string_view utf8);

} // namespace commands::reader
