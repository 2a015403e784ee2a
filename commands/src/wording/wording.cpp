#include "commands/wording.hpp"

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <stdexcept>

namespace commands {

Wording::Wording(governance::NoticeCatalogue catalogue, std::filesystem::path const& sentences) : catalogue_(std::move(catalogue))
{
    for (auto const& [id, definition] : catalogue_) {
        try {
            notices_.emplace(id, Template{definition.text});
        } catch (std::invalid_argument const& fault) {
            throw std::runtime_error("notice " + id + ": " + fault.what());
        }
    }
    auto const where = [&](toml::source_region const& region) {
        return sentences.string() + ":" + std::to_string(region.begin.line) + ": ";
    };
    try {
        auto const file = toml::parse_file(sentences.string());
        for (auto const& [table_name, table] : file) {
            if (!table.is_table())
                throw std::runtime_error(where(table.source()) + std::string{table_name.str()} + ": want a table of texts");
            for (auto const& [key, value] : *table.as_table()) {
                auto const name = std::string{table_name.str()} + "." + std::string{key.str()};
                if (!value.is_string())
                    throw std::runtime_error(where(value.source()) + name + ": want a text");
                tables_[std::string{table_name.str()}].emplace(std::string{key.str()}, value.as_string()->get());
                try {
                    sentences_.emplace(name, Template{value.as_string()->get()});
                } catch (std::invalid_argument const& fault) {
                    throw std::runtime_error(where(value.source()) + name + ": " + fault.what());
                }
            }
        }
    } catch (toml::parse_error const& fault) {
        throw std::runtime_error(where(fault.source()) + std::string{fault.description()});
    }
}

governance::NoticeDef const* Wording::notice(std::string_view id) const
{
    auto const found = catalogue_.find(std::string{id});
    return found == catalogue_.end() ? nullptr : &found->second;
}

std::string Wording::render(std::string_view id, Params const& params) const
{
    auto const text = notices_.find(id);
    if (text == notices_.end())
        throw std::out_of_range("no notice " + std::string{id});
    try {
        return text->second.render(params, static_cast<std::size_t>(notice(id)->limit_characters()));
    } catch (std::out_of_range const& fault) {
        throw std::out_of_range("notice " + std::string{id} + ": " + fault.what());
    }
}

std::string Wording::say(std::string_view key, Params const& params) const
{
    auto const text = sentences_.find(key);
    if (text == sentences_.end())
        throw std::out_of_range("no sentence " + std::string{key});
    try {
        return text->second.render(params);
    } catch (std::out_of_range const& fault) {
        throw std::out_of_range("sentence " + std::string{key} + ": " + fault.what());
    }
}

bool Wording::has(std::string_view key) const
{
    return sentences_.contains(key);
}

std::map<std::string, std::string, std::less<>> const& Wording::table(std::string_view name) const
{
    static std::map<std::string, std::string, std::less<>> const kEmpty;
    auto const found = tables_.find(name);
    return found == tables_.end() ? kEmpty : found->second;
}

std::string Wording::word(std::string_view key, std::string_view fallback) const
{
    return has(key) ? say(key) : std::string{fallback};
}

std::string Wording::refusal(governance::Refusal const& refusal, Params extra) const
{
    for (auto const& [name, value] : refusal.details)
        extra.values.emplace(name, value);
    auto const key = "refusal." + std::string{name(refusal.code)};
    try {
        return say(has(key) ? key : "refusal.other", extra);
    } catch (std::out_of_range const&) {
        return say("refusal.other"); // a rule that gave no details
    }
}

} // namespace commands
