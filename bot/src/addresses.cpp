#include "bot/addresses.hpp"

#include <array>
#include <utility>

namespace bot {
namespace {

constexpr std::array<std::pair<DirectAddress::Kind, std::string_view>, 3> kPrefixes = {{
    {DirectAddress::Kind::reply, "reply:"},
    {DirectAddress::Kind::user, "user:"},
    {DirectAddress::Kind::chat, "chat:"},
}};

} // namespace

std::string encode_address(DirectAddress const& address)
{
    for (auto const& [kind, prefix] : kPrefixes) {
        if (kind == address.kind)
            return std::string(prefix) + address.id;
    }
    return {};
}

std::optional<DirectAddress> decode_address(std::string_view text)
{
    for (auto const& [kind, prefix] : kPrefixes) {
        if (text.starts_with(prefix) && text.size() > prefix.size())
            return DirectAddress{kind, std::string(text.substr(prefix.size()))};
    }
    return std::nullopt;
}

} // namespace bot
