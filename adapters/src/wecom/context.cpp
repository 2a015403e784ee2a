#include "wecom/context.hpp"

#include <charconv>

namespace adapters::wecom {

std::string value_of(chat::ReplyContext const& context, std::string_view name)
{
    auto const found = context.values.find(name);
    return found == context.values.end() ? std::string() : found->second;
}

std::int64_t number_of(chat::ReplyContext const& context, std::string_view name)
{
    std::string const text = value_of(context, name);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Clicked clicked_of(chat::ReplyContext const& context, std::string_view text)
{
    Clicked clicked{value_of(context, context::kTask), value_of(context, context::kKey), {}, std::string(text)};
    std::string const picked = value_of(context, context::kPicked);
    for (std::size_t from = 0, end = picked.find('\n'); end != std::string::npos; from = end + 1, end = picked.find('\n', from))
        clicked.picked.insert(picked.substr(from, end - from));
    return clicked;
}

} // namespace adapters::wecom
