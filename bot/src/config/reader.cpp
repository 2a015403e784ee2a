#include "reader.hpp"

#include <algorithm>
#include <utility>

namespace bot::config {

void Complaints::add(toml::source_index line, std::string const& key, std::string const& advice)
{
    std::string text = file_ + ":" + std::to_string(line) + ": ";
    if (!key.empty())
        text += key + ": ";
    found_.push_back({line, text + advice});
}

ConfigErrors Complaints::sorted() const
{
    auto found = found_;
    std::stable_sort(found.begin(), found.end(), [](Found const& a, Found const& b) { return a.line < b.line; });
    ConfigErrors errors;
    for (auto& one : found)
        errors.lines.push_back(std::move(one.text));
    return errors;
}

TableReader::TableReader(toml::table const& table, std::string prefix, Complaints& complaints, Surroundings const& surroundings)
    : table_(&table), prefix_(std::move(prefix)), complaints_(&complaints), surroundings_(&surroundings)
{
}

toml::node const* TableReader::take(std::string_view key)
{
    known_.emplace_back(key);
    return table_->get(key);
}

toml::source_index TableReader::line(std::string_view key) const
{
    auto const* node = table_->get(key);
    return node ? node->source().begin.line : table_->source().begin.line;
}

void TableReader::complain(std::string_view key, std::string const& advice)
{
    complaints_->add(line(key), prefix_ + std::string(key), advice);
}

std::string TableReader::text(std::string_view key, std::string fallback)
{
    auto const* node = take(key);
    if (!node)
        return fallback;
    if (auto const value = node->value_exact<std::string>())
        return *value;
    complain(key, "must be a string in quotes");
    return fallback;
}

bool TableReader::boolean(std::string_view key, bool fallback)
{
    auto const* node = take(key);
    if (!node)
        return fallback;
    if (auto const value = node->value_exact<bool>())
        return *value;
    complain(key, "must be true or false, without quotes");
    return fallback;
}

std::vector<std::string> TableReader::texts(std::string_view key, std::vector<std::string> fallback)
{
    auto const* node = take(key);
    if (!node)
        return fallback;
    std::vector<std::string> values;
    if (auto const* array = node->as_array()) {
        for (auto const& element : *array) {
            if (auto const value = element.value_exact<std::string>())
                values.push_back(*value);
        }
        if (values.size() == array->size())
            return values;
    }
    complain(key, "must be a list of strings, as in [\"小邻\"]");
    return fallback;
}

std::string TableReader::required_text(std::string_view key)
{
    if (!has(key)) {
        take(key);
        complain(key, "is missing; add it to this table");
        return {};
    }
    auto value = text(key, "?");
    if (value.empty())
        complain(key, "must not be empty");
    return value;
}

std::int64_t TableReader::required_number(std::string_view key, std::int64_t smallest, std::int64_t largest)
{
    auto const* node = take(key);
    if (!node) {
        complain(key, "is missing; add it to this table");
        return smallest;
    }
    auto const value = node->value_exact<std::int64_t>();
    if (value && *value >= smallest && *value <= largest)
        return *value;
    complain(key, "must be a number from " + std::to_string(smallest) + " to " + std::to_string(largest) + ", without quotes");
    return smallest;
}

std::string TableReader::required_secret(std::string_view key)
{
    auto value = required_text(key);
    std::optional<std::string> resolved;
    if (value.starts_with("env:")) {
        resolved = surroundings_->environment(value.substr(4));
        if (!resolved)
            complain(key, "the environment variable " + value.substr(4) + " is not set; set it before the start");
    } else if (value.starts_with("file:")) {
        resolved = surroundings_->read_secret(value.substr(5));
        if (!resolved)
            complain(key, "the file " + value.substr(5) + " cannot be read; create it or give the program the right to read it");
    } else {
        return value;
    }
    if (!resolved)
        return "?";
    while (!resolved->empty() && (resolved->back() == '\n' || resolved->back() == '\r' || resolved->back() == ' '))
        resolved->pop_back();
    if (resolved->empty())
        complain(key, "the secret that " + value + " names is empty");
    return *std::move(resolved);
}

toml::table const* TableReader::table(std::string_view key)
{
    auto const* node = take(key);
    if (!node)
        return nullptr;
    if (auto const* found = node->as_table())
        return found;
    complain(key, "must be a table, written [" + prefix_ + std::string(key) + "]");
    return nullptr;
}

void TableReader::refuse_unknown()
{
    for (auto const& [key, node] : *table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) != known_.end())
            continue;
        std::string names;
        for (auto const& name : known_)
            names += (names.empty() ? "" : ", ") + name;
        complaints_->add(key.source().begin.line, prefix_ + std::string(key.str()), "is unknown here; remove it or use one of " + names);
    }
}

} // namespace bot::config
