#include "text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace adapters::text {

namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned char byte_at(std::string_view s, std::size_t i)
{
    return static_cast<unsigned char>(s[i]);
}

bool is_continuation(unsigned char c)
{
    return (c & 0xC0U) == 0x80U;
}

bool is_printable_ascii(unsigned char c)
{
    return c >= 0x20 && c < 0x7F;
}

/// Length of the well-formed sequence at `i`, 0 where there is none.
std::size_t sequence_at(std::string_view s, std::size_t i)
{
    unsigned char const lead = byte_at(s, i);
    if (lead < 0x80)
        return 1;
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || s.size() - i < length)
        return 0;
    for (std::size_t k = 1; k < length; ++k) {
        if (!is_continuation(byte_at(s, i + k)))
            return 0;
    }
    unsigned char const second = byte_at(s, i + 1);
    bool const overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    bool const outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

} // namespace

bool is_utf8(std::string_view s)
{
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    for (std::size_t i = 0; i < s.size();) {
        std::uint64_t word = 0;
        if (s.size() - i >= kWord && (std::memcpy(&word, s.data() + i, kWord), (word & 0x8080808080808080U) == 0)) {
            i += kWord; // most of what comes is ASCII: base64 and markup
            continue;
        }
        std::size_t const length = sequence_at(s, i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

bool is_blank(std::string_view s)
{
    return s.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view prefix_bytes(std::string_view s, std::size_t limit)
{
    if (s.size() <= limit)
        return s;
    while (limit > 0 && is_continuation(byte_at(s, limit)))
        --limit;
    return s.substr(0, limit);
}

std::string cut_bytes(std::string_view s, std::size_t limit)
{
    if (s.size() <= limit)
        return std::string(s);
    std::string cut(prefix_bytes(s, limit - kEllipsis.size()));
    return cut += kEllipsis;
}

std::string cut_chars(std::string_view s, std::size_t limit)
{
    std::size_t count = 0;
    std::size_t keep = 0; // where the code point begins that the ellipsis would replace
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (is_continuation(byte_at(s, i)))
            continue;
        if (count == limit - 1)
            keep = i;
        if (count == limit) {
            std::string cut(s.substr(0, keep));
            return cut += kEllipsis;
        }
        ++count;
    }
    return std::string(s);
}

std::string cleaned(std::string_view s)
{
    std::string out;
    out.reserve(s.size());
    for (std::size_t i = 0; i < s.size();) {
        std::size_t const plain_from = i;
        while (i < s.size() && is_printable_ascii(byte_at(s, i)))
            ++i;
        out.append(s, plain_from, i - plain_from);
        if (i == s.size())
            break;
        std::size_t const length = sequence_at(s, i);
        if (length == 0) {
            out += kReplacement;
            ++i;
            while (i < s.size() && is_continuation(byte_at(s, i)))
                ++i;
            continue;
        }
        std::string_view const sequence = s.substr(i, length);
        unsigned char const lead = byte_at(s, i);
        bool const control = lead < 0x20 ? lead != '\t' && lead != '\n' : lead == 0x7F;
        bool const noncharacter = sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF";
        if (!control && !noncharacter)
            out += sequence;
        i += length;
    }
    return out;
}

} // namespace adapters::text
