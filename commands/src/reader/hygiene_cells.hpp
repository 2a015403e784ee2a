#pragma once

#include <string>
#include <string_view>

namespace commands::reader {

/// A cleaned text, character by character: `clean` is NFKC, `shown` the same length with the writer's own punctuation.
struct Cells {
    std::u32string clean;
    std::u32string shown;
    bool damaged = false;

    [[nodiscard]] std::size_t size() const { return clean.size(); }
    void reserve(std::size_t n)
    {
        clean.reserve(n);
        shown.reserve(n);
    }
    void push(char32_t c, char32_t s)
    {
        clean.push_back(c);
        shown.push_back(s);
    }
    void pop()
    {
        clean.pop_back();
        shown.pop_back();
    }
};

/// clean_text, keeping the look of punctuation. At most `limit_bytes` of `text` are looked at.
[[nodiscard]] Cells clean_cells(std::string_view text, std::size_t limit_bytes);

} // namespace commands::reader
