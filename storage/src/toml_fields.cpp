#include "toml_fields.hpp"

#include "storage/definition_file.hpp"

namespace storage {

void TomlFields::fail(toml::node const& node, std::string const& where, std::string const& what) const
{
    throw DefinitionError(file_ + ":" + std::to_string(line(node)) + ": " + where + ": " + what);
}

int TomlFields::line(toml::node const& node)
{
    return static_cast<int>(node.source().begin.line);
}

toml::table TomlFields::parse(std::string_view toml) const
{
    try {
        return toml::parse(toml);
    } catch (toml::parse_error const& error) {
        throw DefinitionError(file_ + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
}

void TomlFields::keys(toml::table const& table, std::set<std::string> const& known, std::string const& where) const
{
    for (auto const& [key, node] : table)
        if (!known.contains(std::string(key.str())))
            fail(node, where, "unknown key \"" + std::string(key.str()) + "\"");
}

toml::table const* TomlFields::section(toml::table const& root, std::string const& key) const
{
    auto const* node = root.get(key);
    if (node && !node->is_table())
        fail(*node, key, "must be a table");
    return node ? node->as_table() : nullptr;
}

std::vector<toml::table const*> TomlFields::tables(toml::table const& table, std::string const& key, std::string const& where) const
{
    std::vector<toml::table const*> all;
    auto const* node = table.get(key);
    if (!node)
        return all;
    auto const* array = node->as_array();
    if (!array)
        fail(*node, where, "\"" + key + "\" must be a list of tables");
    for (auto const& item : *array) {
        if (!item.is_table())
            fail(item, where, "\"" + key + "\" must be a list of tables");
        all.push_back(item.as_table());
    }
    return all;
}

std::string TomlFields::text(toml::table const& table, std::string const& key, std::string const& where, bool required) const
{
    auto const* node = table.get(key);
    if (!node && required)
        fail(table, where, "key \"" + key + "\" is missing");
    if (!node)
        return {};
    auto const content = node->value_exact<std::string>();
    if (!content || (required && content->empty()))
        fail(*node, where, "\"" + key + "\" must be a text");
    return *content;
}

std::int64_t TomlFields::whole(toml::table const& table, std::string const& key, std::string const& where, std::int64_t least,
                               std::int64_t most) const
{
    auto const* node = table.get(key);
    auto const content = node ? node->value_exact<std::int64_t>() : std::nullopt;
    if (!content || *content < least || *content > most)
        fail(node ? *node : table, where,
             "\"" + key + "\" must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return *content;
}

bool TomlFields::flag(toml::table const& table, std::string const& key, std::string const& where) const
{
    auto const* node = table.get(key);
    if (!node)
        return false;
    auto const content = node->value_exact<bool>();
    if (!content)
        fail(*node, where, "\"" + key + "\" must be true or false");
    return *content;
}

std::vector<std::string> TomlFields::texts(toml::node const& node, std::string const& where) const
{
    auto const* array = node.as_array();
    if (!array)
        fail(node, where, "must be a list of texts");
    std::vector<std::string> all;
    for (auto const& item : *array) {
        auto const content = item.value_exact<std::string>();
        if (!content)
            fail(item, where, "must be a list of texts");
        all.push_back(*content);
    }
    return all;
}

std::vector<std::string> TomlFields::texts(toml::table const& table, std::string const& key, std::string const& where) const
{
    auto const* node = table.get(key);
    return node ? texts(*node, where + ": " + key) : std::vector<std::string>{};
}

std::vector<int> TomlFields::percents(toml::table const& table, std::string const& where) const
{
    std::vector<int> all;
    auto const* node = table.get("remind_at");
    if (!node)
        return all;
    auto const* array = node->as_array();
    if (!array)
        fail(*node, where, "\"remind_at\" must be a list of whole numbers");
    for (auto const& item : *array) {
        auto const percent = item.value_exact<std::int64_t>();
        if (!percent || *percent < 1 || *percent > 100)
            fail(item, where, "\"remind_at\" must be whole numbers from 1 to 100");
        all.push_back(static_cast<int>(*percent));
    }
    return all;
}

} // namespace storage
