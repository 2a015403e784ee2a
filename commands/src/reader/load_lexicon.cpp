#include "commands/reader/lexicon.hpp"
#include "reader/lexicon_data.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <map>

namespace commands::reader {

namespace {

class Loader {
public:
    void file(std::filesystem::path const& path)
    {
        file_ = path.string();
        toml::table root;
        try {
            root = toml::parse_file(file_);
        } catch (toml::parse_error const& e) {
            throw LexiconError(file_ + ":" + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
        }
        for (auto const& [key, node] : root) {
            if (key.str() == "rule")
                rules(node);
            else
                word_class(std::string(key.str()), node);
        }
    }

    std::shared_ptr<LexiconData const> finish(std::filesystem::path const& directory)
    {
        for (std::size_t i = 0; i < kWordClassNames.size(); ++i)
            if (data_->classes[i].words.empty())
                throw LexiconError(directory.string() + ": no file has the key \"" + std::string(kWordClassNames[i]) + "\"");
        if (data_->classes.size() > kMostClasses)
            throw LexiconError(directory.string() + ": more than " + std::to_string(kMostClasses) + " lists of words");
        if (data_->rules.empty())
            throw LexiconError(directory.string() + ": no file has a [[rule]]");
        for (std::size_t c = 0; c < data_->classes.size(); ++c)
            for (std::size_t v = 0; v < data_->classes[c].words.size(); ++v)
                for (auto const& word : data_->classes[c].words[v])
                    data_->automaton.add(match_form(word), static_cast<std::uint32_t>(c << 16 | v));
        data_->automaton.finish();
        return data_;
    }

    Loader()
    {
        for (auto const name : kWordClassNames) {
            by_name_[std::string(name)] = static_cast<ClassId>(data_->classes.size());
            data_->classes.push_back({std::string(name), {}, {}});
        }
    }

private:
    [[noreturn]] void fail(toml::node const& node, std::string const& key, std::string const& what) const
    {
        throw LexiconError(file_ + ":" + std::to_string(node.source().begin.line) + ": \"" + key + "\" " + what);
    }

    std::vector<std::string> list(toml::node const& node, std::string const& key) const
    {
        auto const* array = node.as_array();
        if (!array)
            fail(node, key, "must be a list of texts");
        std::vector<std::string> words;
        for (auto const& element : *array) {
            auto const word = element.value_exact<std::string>();
            if (!word || word->empty())
                fail(element, key, "must be a list of texts, none of them empty");
            words.push_back(*word);
        }
        return words;
    }

    void word_class(std::string const& key, toml::node const& node)
    {
        auto const found = by_name_.find(key);
        if (found == by_name_.end())
            fail(node, key, "is not a key of the lexicon");
        auto& cls = data_->classes[found->second];
        if (!cls.words.empty())
            fail(node, key, "is given a second time");
        if (auto const* table = node.as_table()) {
            for (auto const& [value, words] : *table) {
                cls.values.emplace_back(value.str());
                cls.words.push_back(list(words, key + "." + std::string(value.str())));
            }
            if (cls.words.empty())
                fail(node, key, "is empty");
        } else {
            cls.values.emplace_back();
            cls.words.push_back(list(node, key));
        }
    }

    /// A group of a rule: words, or "@name" for a list that other rules share.
    ClassId group(toml::node const& node, std::string const& key)
    {
        auto words = list(node, key);
        if (words.size() == 1 && words[0].starts_with("@")) {
            auto const found = by_name_.find(words[0].substr(1));
            if (found == by_name_.end())
                fail(node, key, "names the unknown list \"" + words[0] + "\"");
            return found->second;
        }
        auto const id = static_cast<ClassId>(data_->classes.size());
        data_->classes.push_back({key, {""}, {std::move(words)}});
        return id;
    }

    Urgency urgency(toml::node const& node) const
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

    bool flag(toml::node const& node, std::string const& key) const
    {
        auto const value = node.value_exact<bool>();
        if (!value)
            fail(node, key, "must be true or false");
        return *value;
    }

    void rules(toml::node const& node)
    {
        auto const* array = node.as_array();
        if (!array)
            fail(node, "rule", "must be written as [[rule]]");
        for (auto const& element : *array) {
            auto const* table = element.as_table();
            if (!table)
                fail(element, "rule", "must be written as [[rule]]");
            rule(*table);
        }
    }

    void rule(toml::table const& table)
    {
        CategoryRule made;
        made.line = table.source().begin.line;
        for (auto const& [name, node] : table) {
            std::string const key(name.str());
            if (key == "is") {
                auto const text = node.value_exact<std::string>().value_or("");
                auto const dot = text.find('.');
                if (dot == std::string::npos)
                    fail(node, key, "must be category.subcategory");
                made.category = text.substr(0, dot);
                made.subcategory = text.substr(dot + 1);
            } else if (key == "urgency") {
                made.urgency = urgency(node);
            } else if (key == "any") {
                made.any = group(node, key);
            } else if (key == "weak") {
                made.weak = group(node, key);
            } else if (key == "both") {
                auto const* groups = node.as_array();
                if (!groups || groups->size() < 2)
                    fail(node, key, "must be two or more lists");
                for (auto const& one : *groups)
                    made.both.push_back(group(one, key));
            } else if (key == "unless") {
                made.unless = group(node, key);
            } else if (key == "critical") {
                made.critical = group(node, key);
            } else if (key == "urgent") {
                made.urgent = group(node, key);
            } else if (key == "calm") {
                made.calm = group(node, key);
            } else if (key == "near") {
                made.near = static_cast<std::uint32_t>(std::clamp<std::int64_t>(node.value<std::int64_t>().value_or(12), 0, 1000));
            } else if (key == "danger") {
                made.danger = flag(node, key);
            } else if (key == "lasting") {
                made.lasting = flag(node, key);
            } else if (key == "defect") {
                made.defect = flag(node, key);
            } else if (key == "confidential") {
                made.confidential = flag(node, key);
            } else {
                fail(node, key, "is not a key of a rule");
            }
        }
        if (made.category.empty() || (!made.any && !made.weak && made.both.empty()))
            fail(table, "rule", "needs \"is\" and one of \"any\" and \"both\"");
        data_->rules.push_back(std::move(made));
    }

    std::shared_ptr<LexiconData> data_ = std::make_shared<LexiconData>();
    std::map<std::string, ClassId> by_name_;
    std::string file_;
};

} // namespace

Lexicon load_lexicon(std::filesystem::path const& directory)
{
    std::error_code ec;
    std::vector<std::filesystem::path> files;
    for (auto it = std::filesystem::directory_iterator(directory, ec); !ec && it != std::filesystem::directory_iterator(); it.increment(ec))
        if (it->path().extension() == ".toml")
            files.push_back(it->path());
    if (ec)
        throw LexiconError(directory.string() + ": cannot be read: " + ec.message());
    std::sort(files.begin(), files.end()); // the order of category rules is the order of the files
    Loader loader;
    for (auto const& path : files)
        loader.file(path);
    return Lexicon(loader.finish(directory));
}

} // namespace commands::reader
