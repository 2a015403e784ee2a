#include "workflow/rule_book.hpp"

namespace governance::workflow {

std::int64_t integer(Values const& params, std::string const& name)
{
    return std::get<std::int64_t>(params.at(name));
}

bool boolean(Values const& params, std::string const& name, bool otherwise)
{
    auto const found = params.find(name);
    return found == params.end() ? otherwise : std::get<bool>(found->second);
}

std::string const& text(Values const& params, std::string const& name)
{
    return std::get<std::string>(params.at(name));
}

std::vector<std::string> const& list(Values const& params, std::string const& name)
{
    return std::get<std::vector<std::string>>(params.at(name));
}

Period const& period(Values const& params, std::string const& name)
{
    return std::get<Period>(params.at(name));
}

std::string decimal(std::int64_t value)
{
    return std::to_string(value);
}

std::string seconds_text(Instant at)
{
    return std::to_string(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
}

std::string joined(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

} // namespace governance::workflow
