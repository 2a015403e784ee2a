#pragma once

#include "reader/lexicon_data.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace commands::reader {

/// Turns parsed lexicon files into LexiconData. Words of all files come first, rules afterwards, since rules name shared lists.
/// Errors: LexiconError with file, line and key.
class LexiconBuilder {
public:
    LexiconBuilder();
    /// Classes of words and the shared lists under `set`.
    void add_words(std::string const& file, toml::table const& root);
    void add_rules(std::string const& file, toml::table const& root);
    [[nodiscard]] std::shared_ptr<LexiconData const> finish(std::filesystem::path const& directory);

private:
    [[noreturn]] void fail(toml::node const& node, std::string const& key, std::string const& what) const;
    [[nodiscard]] std::vector<std::string> list(toml::node const& node, std::string const& key) const;
    void word_class(std::string const& key, toml::node const& node);
    void shared_sets(toml::node const& node);
    /// "{出|下}不{来|去}" stands for 出不来, 出不去, 下不来, 下不去.
    static void expand(std::string const& word, std::vector<std::string>& into);
    [[nodiscard]] ClassId add_class(std::string name, std::vector<std::string> words);

    [[nodiscard]] WordGroup group(toml::node const& node, std::string const& key);
    [[nodiscard]] std::vector<WordGroup> groups(toml::node const& node, std::string const& key);
    [[nodiscard]] Urgency urgency(toml::node const& node) const;
    [[nodiscard]] bool flag(toml::node const& node, std::string const& key) const;
    [[nodiscard]] std::int64_t number(toml::node const& node, std::string const& key) const;
    void name_of_rule(CategoryRule& rule, toml::node const& node) const;
    [[nodiscard]] bool lists_of_rule(CategoryRule& rule, std::string const& key, toml::node const& node);
    [[nodiscard]] bool settings_of_rule(CategoryRule& rule, std::string const& key, toml::node const& node);
    void rule(toml::table const& table);
    [[nodiscard]] WordGroup const& rarest(std::vector<WordGroup> const& parts) const;
    void index_rules();

    std::shared_ptr<LexiconData> data_ = std::make_shared<LexiconData>();
    std::map<std::string, ClassId> by_name_;
    std::string file_;
};

} // namespace commands::reader
