#include "text/base64.hpp"

#include <array>
#include <cstdint>

namespace adapters::text {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kIllegal = 0xFF;

constexpr std::array<std::uint8_t, 256> values()
{
    std::array<std::uint8_t, 256> table{};
    for (auto& value : table)
        value = kIllegal;
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}

constexpr auto kValues = values();

char symbol(std::uint32_t bits)
{
    return kAlphabet[bits & 0x3FU];
}

std::uint32_t byte_of(std::string_view s, std::size_t i)
{
    return static_cast<unsigned char>(s[i]);
}

} // namespace

std::string base64_encode(std::string_view bytes)
{
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    std::size_t at = 0;
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        std::uint32_t const group = byte_of(bytes, i) << 16U | byte_of(bytes, i + 1) << 8U | byte_of(bytes, i + 2);
        out[at++] = symbol(group >> 18U);
        out[at++] = symbol(group >> 12U);
        out[at++] = symbol(group >> 6U);
        out[at++] = symbol(group);
    }
    if (std::size_t const left = bytes.size() - i; left > 0) {
        std::uint32_t const group = byte_of(bytes, i) << 16U | (left == 2 ? byte_of(bytes, i + 1) << 8U : 0U);
        out[at++] = symbol(group >> 18U);
        out[at++] = symbol(group >> 12U);
        if (left == 2)
            out[at] = symbol(group >> 6U);
    }
    return out;
}

std::optional<std::string> base64_decode(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    std::string_view const symbols = text.substr(0, text.size() - padding);
    std::string out(text.size() / 4 * 3 - padding, '\0');
    std::size_t at = 0;
    std::uint32_t illegal = 0;
    std::size_t i = 0;
    for (; i + 4 <= symbols.size(); i += 4) {
        std::uint32_t const a = kValues[byte_of(symbols, i)];
        std::uint32_t const b = kValues[byte_of(symbols, i + 1)];
        std::uint32_t const c = kValues[byte_of(symbols, i + 2)];
        std::uint32_t const d = kValues[byte_of(symbols, i + 3)];
        illegal |= a | b | c | d;
        std::uint32_t const group = a << 18U | b << 12U | c << 6U | d;
        out[at++] = static_cast<char>(group >> 16U & 0xFFU);
        out[at++] = static_cast<char>(group >> 8U & 0xFFU);
        out[at++] = static_cast<char>(group & 0xFFU);
    }
    if (padding > 0) {
        std::uint32_t const a = kValues[byte_of(symbols, i)];
        std::uint32_t const b = kValues[byte_of(symbols, i + 1)];
        std::uint32_t const c = padding == 1 ? kValues[byte_of(symbols, i + 2)] : 0U;
        illegal |= a | b | c;
        std::uint32_t const group = a << 18U | b << 12U | c << 6U;
        out[at++] = static_cast<char>(group >> 16U & 0xFFU);
        if (padding == 1)
            out[at] = static_cast<char>(group >> 8U & 0xFFU);
    }
    // A legal value has six bits; the mark of an illegal one has all eight.
    if ((illegal & 0xC0U) != 0)
        return std::nullopt;
    return out;
}

} // namespace adapters::text
