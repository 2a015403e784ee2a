#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// Typed access to the keys of one TOML file. Every fault is a DefinitionError "FILE:LINE: where: what is wrong".
class TomlFields {
public:
    explicit TomlFields(std::string file) : file_(std::move(file)) {}

    [[nodiscard]] std::string const& file() const { return file_; }
    [[nodiscard]] static int line(toml::node const& node);
    [[noreturn]] void fail(toml::node const& node, std::string const& where, std::string const& what) const;
    [[nodiscard]] toml::table parse(std::string_view toml) const;
    /// Refuses keys that nobody reads.
    void keys(toml::table const& table, std::set<std::string> const& known, std::string const& where) const;
    /// Null when it is not there.
    [[nodiscard]] toml::table const* section(toml::table const& root, std::string const& key) const;
    [[nodiscard]] std::vector<toml::table const*> tables(toml::table const& table, std::string const& key, std::string const& where) const;
    [[nodiscard]] std::string text(toml::table const& table, std::string const& key, std::string const& where, bool required = false) const;
    [[nodiscard]] std::int64_t whole(toml::table const& table, std::string const& key, std::string const& where, std::int64_t least,
                                     std::int64_t most) const;
    [[nodiscard]] bool flag(toml::table const& table, std::string const& key, std::string const& where) const;
    [[nodiscard]] std::vector<std::string> texts(toml::node const& node, std::string const& where) const;
    /// Empty when the key is not there.
    [[nodiscard]] std::vector<std::string> texts(toml::table const& table, std::string const& key, std::string const& where) const;
    [[nodiscard]] std::vector<int> percents(toml::table const& table, std::string const& where) const;

private:
    std::string file_;
};

} // namespace storage
