#include "commands/reader/lexicon.hpp"
#include "reader/lexicon_builder.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

toml::table parsed(std::string const& file)
{
    try {
        return toml::parse_file(file);
    } catch (toml::parse_error const& e) {
        throw LexiconError(file + ":" + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
}

/// What is confidential comes first whatever else is in the text, then dangers to life, then the rest as written.
int rank(CategoryRule const& rule)
{
    return rule.confidential ? 0 : rule.danger ? 1 : 2;
}

std::vector<std::filesystem::path> files_of(std::filesystem::path const& directory)
{
    std::error_code ec;
    std::vector<std::filesystem::path> files;
    for (auto it = std::filesystem::directory_iterator(directory, ec); !ec && it != std::filesystem::directory_iterator(); it.increment(ec))
        if (it->path().extension() == ".toml")
            files.push_back(it->path());
    if (ec)
        throw LexiconError(directory.string() + ": cannot be read: " + ec.message());
    std::sort(files.begin(), files.end()); // the order of category rules is the order of the files
    return files;
}

} // namespace

LexiconBuilder::LexiconBuilder()
{
    for (auto const name : kWordClassNames) {
        by_name_[std::string(name)] = static_cast<ClassId>(data_->classes.size());
        data_->classes.push_back({std::string(name), {}, {}});
    }
}

void LexiconBuilder::fail(toml::node const& node, std::string const& key, std::string const& what) const
{
    throw LexiconError(file_ + ":" + std::to_string(node.source().begin.line) + ": \"" + key + "\" " + what);
}

std::vector<std::string> LexiconBuilder::list(toml::node const& node, std::string const& key) const
{
    auto const* array = node.as_array();
    if (!array)
        fail(node, key, "must be a list of texts");
    std::vector<std::string> words;
    for (auto const& element : *array) {
        auto const word = element.value_exact<std::string>();
        if (!word || word->empty())
            fail(element, key, "must be a list of texts, none of them empty");
        expand(*word, words);
    }
    return words;
}

void LexiconBuilder::expand(std::string const& word, std::vector<std::string>& into)
{
    auto const open = word.find('{');
    auto const close = word.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
        into.push_back(word);
        return;
    }
    for (auto from = open + 1; from <= close;) {
        auto const to = std::min(word.find('|', from), close);
        expand(word.substr(0, open) + word.substr(from, to - from) + word.substr(close + 1), into);
        from = to + 1;
    }
}

ClassId LexiconBuilder::add_class(std::string name, std::vector<std::string> words)
{
    auto const id = static_cast<ClassId>(data_->classes.size());
    data_->classes.push_back({std::move(name), {""}, {std::move(words)}});
    return id;
}

void LexiconBuilder::word_class(std::string const& key, toml::node const& node)
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

void LexiconBuilder::shared_sets(toml::node const& node)
{
    auto const* table = node.as_table();
    if (!table)
        fail(node, "set", "must be written as [set]");
    for (auto const& [name, words] : *table) {
        std::string const key(name.str());
        if (by_name_.contains(key))
            fail(words, key, "is given a second time");
        by_name_[key] = add_class(key, list(words, key));
    }
}

void LexiconBuilder::add_words(std::string const& file, toml::table const& root)
{
    file_ = file;
    for (auto const& [key, node] : root) {
        if (key.str() == "set")
            shared_sets(node);
        else if (key.str() != "rule")
            word_class(std::string(key.str()), node);
    }
}

std::shared_ptr<LexiconData const> LexiconBuilder::finish(std::filesystem::path const& directory)
{
    for (std::size_t i = 0; i < kWordClassNames.size(); ++i)
        if (data_->classes[i].words.empty())
            throw LexiconError(directory.string() + ": no file has the key \"" + std::string(kWordClassNames[i]) + "\"");
    if (data_->classes.size() > kMostClasses)
        throw LexiconError(directory.string() + ": more than " + std::to_string(kMostClasses) + " lists of words");
    if (data_->rules.empty())
        throw LexiconError(directory.string() + ": no file has a [[rule]]");
    if (data_->rules.size() > kMostRules)
        throw LexiconError(directory.string() + ": more than " + std::to_string(kMostRules) + " rules");
    std::stable_sort(data_->rules.begin(), data_->rules.end(), [](auto const& a, auto const& b) { return rank(a) < rank(b); });
    index_rules();
    for (std::size_t c = 0; c < data_->classes.size(); ++c)
        for (std::size_t v = 0; v < data_->classes[c].words.size(); ++v)
            for (auto const& word : data_->classes[c].words[v])
                data_->automaton.add(match_form(word), static_cast<std::uint32_t>(c << 16 | v));
    data_->automaton.finish();
    return data_;
}

Lexicon load_lexicon(std::filesystem::path const& directory)
{
    std::vector<std::pair<std::string, toml::table>> files;
    for (auto const& path : files_of(directory))
        files.emplace_back(path.string(), parsed(path.string()));
    LexiconBuilder builder;
    for (auto const& [file, root] : files)
        builder.add_words(file, root);
    for (auto const& [file, root] : files)
        builder.add_rules(file, root);
    return Lexicon(builder.finish(directory));
}

} // namespace commands::reader
