#include "ledger_hash.hpp"

#include "digest.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>

namespace storage {
namespace {

constexpr std::size_t kSaltBytes = 16;

void append_number(std::string& out, std::int64_t value)
{
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_text(std::string& out, std::string_view text)
{
    append_number(out, static_cast<std::int64_t>(text.size()));
    out += ':';
    out += text;
    out += ',';
}

void append_number_text(std::string& out, std::int64_t value)
{
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    append_text(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

} // namespace

std::string entry_hash(std::string_view before, HashedColumns const& entry)
{
    thread_local std::string encoded; // keeps its memory from entry to entry
    encoded.clear();
    append_text(encoded, "yiqi1");
    append_text(encoded, before);
    append_number_text(encoded, entry.seq);
    append_number_text(encoded, entry.at);
    append_text(encoded, entry.community);
    append_text(encoded, entry.kind);
    append_number_text(encoded, entry.ref_no);
    append_text(encoded, entry.payload);
    append_text(encoded, entry.private_digest);
    return sha256_hex(encoded);
}

std::string erased_payload(std::string_view kind)
{
    return nlohmann::json{{"kind", kind}}.dump();
}

std::string private_digest(std::string_view salt_hex, std::string_view payload)
{
    if (salt_hex.size() != 2 * kSaltBytes)
        return {};
    thread_local std::string salted;
    salted.clear();
    for (std::size_t i = 0; i < salt_hex.size(); i += 2) {
        auto const pair = salt_hex.substr(i, 2);
        unsigned char byte = 0;
        auto const parsed = std::from_chars(pair.data(), pair.data() + pair.size(), byte, 16);
        if (parsed.ec != std::errc() || parsed.ptr != pair.data() + pair.size() || pair.find_first_of("ABCDEF") != std::string_view::npos)
            return {};
        salted += static_cast<char>(byte);
    }
    salted += payload;
    return sha256_hex(salted);
}

} // namespace storage
