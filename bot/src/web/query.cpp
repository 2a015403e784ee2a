#include "bot/web/query.hpp"

#include "bot/http.hpp"

#include <algorithm>
#include <charconv>

namespace bot {
namespace {

constexpr std::size_t kMostParameters = 20;

/// Length of the UTF-8 sequence at `at`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at)
{
    auto const lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80)
        return 1;
    std::size_t const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((static_cast<unsigned char>(text[at + i]) & 0xc0U) != 0x80U)
            return 0;
    auto const second = static_cast<unsigned char>(text[at + 1]);
    bool const overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    bool const no_character = (lead == 0xed && second >= 0xa0) || (lead == 0xf4 && second >= 0x90);
    return overlong || no_character ? 0 : length;
}

} // namespace

bool is_plain_text(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        auto const c = static_cast<unsigned char>(text[at]);
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            return false;
        auto const length = sequence_length(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

Query::Query(std::string_view raw)
{
    while (!raw.empty()) {
        auto const end = raw.find('&');
        auto const pair = raw.substr(0, end);
        raw = end == std::string_view::npos ? std::string_view() : raw.substr(end + 1);
        if (pair.empty())
            continue;
        auto const mark = pair.find('=');
        auto name = percent_decode(pair.substr(0, mark), true);
        auto value = mark == std::string_view::npos ? std::string() : percent_decode(pair.substr(mark + 1), true);
        if (values_.size() >= kMostParameters || !is_plain_text(name) || !values_.try_emplace(name, std::move(value)).second)
            throw BadRequest("a query parameter is given twice, or there are too many");
    }
}

std::string Query::text(std::string_view name, std::size_t limit_bytes) const
{
    auto const found = values_.find(name);
    if (found == values_.end())
        return {};
    if (found->second.size() > limit_bytes || !is_plain_text(found->second))
        throw BadRequest(std::string(name) + " must be plain text of at most " + std::to_string(limit_bytes) + " bytes");
    return found->second;
}

std::int64_t Query::integer(std::string_view name, std::int64_t otherwise, std::int64_t low, std::int64_t high) const
{
    auto const found = values_.find(name);
    if (found == values_.end())
        return otherwise;
    auto const& text = found->second;
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        throw BadRequest(std::string(name) + " must be an integer from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
}

void Query::allow_only(std::initializer_list<std::string_view> names) const
{
    for (auto const& [name, value] : values_)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw BadRequest("unknown query parameter");
}

} // namespace bot
