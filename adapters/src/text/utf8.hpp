#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace adapters::text {

/// Whether `s` is well-formed UTF-8 (no overlong forms, surrogates or values above U+10FFFF).
bool is_utf8(std::string_view s);

/// Whether nobody would see anything of `s`: nothing but ASCII blanks and line ends.
bool is_blank(std::string_view s);

/// Longest prefix of `s` of at most `limit` bytes that ends between code points. `s` must be UTF-8.
std::string_view prefix_bytes(std::string_view s, std::size_t limit);

/// `s`, or where it is longer than `limit` bytes, its beginning and "…", together at most `limit` bytes. `limit` is at least 3.
std::string cut_bytes(std::string_view s, std::size_t limit);

/// `s`, or where it has more than `limit` code points, its beginning and "…", together `limit` code points. `limit` is at least 1.
std::string cut_chars(std::string_view s, std::size_t limit);

/// `s` without what JSON and XML cannot carry: malformed UTF-8 becomes U+FFFD, control characters except tab and line feed vanish
/// (carriage returns too), and U+FFFE and U+FFFF.
std::string cleaned(std::string_view s);

} // namespace adapters::text
