#include "wecom/fields.hpp"

#include "text/utf8.hpp"
#include "wecom/inbound.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <openssl/sha.h>

namespace adapters::wecom {

std::string lower(std::string_view s)
{
    std::string out(s);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool is_id(std::string_view s)
{
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return !s.empty() && s.size() <= 128 && std::none_of(s.begin(), s.end(), control) && text::is_utf8(s);
}

std::string event_text(std::string_view s)
{
    return text::cleaned(text::prefix_bytes(s, kMaxTextBytes));
}

chat::Instant instant_of(std::string_view seconds)
{
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    constexpr std::int64_t kYear3000 = 32'503'680'000;
    if (error != std::errc{} || end != seconds.data() + seconds.size() || value < 0 || value > kYear3000)
        return {};
    return chat::Instant(std::chrono::seconds(value));
}

std::string digest_of(std::string_view bytes)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), digest.data());
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < 16; ++i) {
        out += kHex[digest[i] >> 4U];
        out += kHex[digest[i] & 0xFU];
    }
    return out;
}

std::string dedup_key_of(std::string_view message_id, std::string_view body)
{
    if (is_id(message_id))
        return "m:" + std::string(message_id);
    return "e:" + digest_of(body);
}

} // namespace adapters::wecom
