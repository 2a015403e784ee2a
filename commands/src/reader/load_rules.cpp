#include "commands/reader/lexicon.hpp"
#include "reader/lexicon_builder.hpp"

#include <algorithm>

namespace commands::reader {

/// Words of a rule. "@name" stands for a list that other rules share.
WordGroup LexiconBuilder::group(toml::node const& node, std::string const& key)
{
    WordGroup made;
    std::vector<std::string> own;
    for (auto& word : list(node, key)) {
        if (!word.starts_with("@")) {
            own.push_back(std::move(word));
            continue;
        }
        auto const found = by_name_.find(word.substr(1));
        if (found == by_name_.end())
            fail(node, key, "names the unknown list \"" + word + "\"");
        made.push_back(found->second);
    }
    if (!own.empty())
        made.push_back(add_class(key, std::move(own)));
    return made;
}

std::vector<WordGroup> LexiconBuilder::groups(toml::node const& node, std::string const& key)
{
    auto const* lists = node.as_array();
    if (!lists || lists->size() < 2)
        fail(node, key, "must be two or more lists");
    std::vector<WordGroup> made;
    for (auto const& one : *lists)
        made.push_back(group(one, key));
    return made;
}

Urgency LexiconBuilder::urgency(toml::node const& node) const
{
    auto const text = node.value_exact<std::string>().value_or("");
    if (text == "normal")
        return Urgency::normal;
    if (text == "urgent")
        return Urgency::urgent;
    if (text == "critical")
        return Urgency::critical;
    fail(node, "urgency", "must be normal, urgent or critical");
}

bool LexiconBuilder::flag(toml::node const& node, std::string const& key) const
{
    auto const value = node.value_exact<bool>();
    if (!value)
        fail(node, key, "must be true or false");
    return *value;
}

std::int64_t LexiconBuilder::number(toml::node const& node, std::string const& key) const
{
    constexpr std::int64_t kMost = 1000;
    auto const value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > kMost)
        fail(node, key, "must be a number from 0 to 1000");
    return *value;
}

void LexiconBuilder::name_of_rule(CategoryRule& rule, toml::node const& node) const
{
    auto const text = node.value_exact<std::string>().value_or("");
    auto const dot = text.find('.');
    if (dot == std::string::npos)
        fail(node, "is", "must be category.subcategory");
    rule.category = text.substr(0, dot);
    rule.subcategory = text.substr(dot + 1);
}

bool LexiconBuilder::lists_of_rule(CategoryRule& rule, std::string const& key, toml::node const& node)
{
    if (key == "any")
        rule.any = group(node, key);
    else if (key == "weak")
        rule.weak = group(node, key);
    else if (key == "both")
        rule.both = groups(node, key);
    else if (key == "unless")
        rule.unless = group(node, key);
    else if (key == "critical")
        rule.critical = group(node, key);
    else if (key == "urgent")
        rule.urgent = group(node, key);
    else if (key == "calm")
        rule.calm = group(node, key);
    else
        return false;
    return true;
}

bool LexiconBuilder::settings_of_rule(CategoryRule& rule, std::string const& key, toml::node const& node)
{
    if (key == "is")
        name_of_rule(rule, node);
    else if (key == "urgency")
        rule.urgency = urgency(node);
    else if (key == "near")
        rule.near = static_cast<std::uint32_t>(number(node, key));
    else if (key == "weight")
        rule.weight = static_cast<int>(number(node, key));
    else if (key == "ordered")
        rule.ordered = flag(node, key);
    else if (key == "people")
        rule.people = flag(node, key);
    else if (key == "danger")
        rule.danger = flag(node, key);
    else if (key == "lasting")
        rule.lasting = flag(node, key);
    else if (key == "defect")
        rule.defect = flag(node, key);
    else if (key == "confidential")
        rule.confidential = flag(node, key);
    else
        return false;
    return true;
}

void LexiconBuilder::rule(toml::table const& table)
{
    CategoryRule made;
    made.line = table.source().begin.line;
    for (auto const& [name, node] : table) {
        std::string const key(name.str());
        if (!lists_of_rule(made, key, node) && !settings_of_rule(made, key, node))
            fail(node, key, "is not a key of a rule");
    }
    if (made.category.empty() || (made.any.empty() && made.weak.empty() && made.both.empty()))
        fail(table, "rule", "needs \"is\" and one of \"any\" and \"both\"");
    if (made.danger)
        made.urgency = Urgency::critical;
    data_->rules.push_back(std::move(made));
}

/// A rule of parts is looked at where its least common part stands: the one with the fewest words of one character.
WordGroup const& LexiconBuilder::rarest(std::vector<WordGroup> const& parts) const
{
    auto const common = [this](WordGroup const& group) {
        std::ptrdiff_t count = 0;
        for (ClassId const cls : group)
            for (auto const& words : data_->classes[cls].words)
                count += std::count_if(words.begin(), words.end(), [](std::string const& w) { return match_form(w).size() == 1; });
        return count;
    };
    return *std::min_element(parts.begin(), parts.end(), [&](auto const& a, auto const& b) { return common(a) < common(b); });
}

void LexiconBuilder::index_rules()
{
    data_->rules_of.resize(data_->classes.size());
    for (std::size_t r = 0; r < data_->rules.size(); ++r) {
        auto const& rule = data_->rules[r];
        auto triggers = rule.any;
        triggers.insert(triggers.end(), rule.weak.begin(), rule.weak.end());
        if (!rule.both.empty()) {
            auto const& part = rarest(rule.both);
            triggers.insert(triggers.end(), part.begin(), part.end());
        }
        for (ClassId const cls : triggers)
            data_->rules_of[cls].push_back(static_cast<std::uint16_t>(r));
    }
}

void LexiconBuilder::add_rules(std::string const& file, toml::table const& root)
{
    file_ = file;
    auto const* node = root.get("rule");
    if (!node)
        return;
    auto const* array = node->as_array();
    if (!array)
        fail(*node, "rule", "must be written as [[rule]]");
    for (auto const& element : *array) {
        auto const* table = element.as_table();
        if (!table)
            fail(element, "rule", "must be written as [[rule]]");
        rule(*table);
    }
}

} // namespace commands::reader
