#pragma once

#include "bot/config_load.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::config {

/// Collects what is wrong, with the place in the file.
class Complaints {
public:
    explicit Complaints(std::string file) : file_(std::move(file)) {}
    /// `line` 0 stands for the file as a whole.
    void add(toml::source_index line, std::string const& key, std::string const& advice);
    [[nodiscard]] bool none() const { return found_.empty(); }
    /// In the order of the file.
    [[nodiscard]] ConfigErrors sorted() const;

private:
    struct Found {
        toml::source_index line;
        std::string text;
    };
    std::string file_;
    std::vector<Found> found_;
};

/// Reads the keys of one table: typed, each once, and complains about those that nobody asked for.
class TableReader {
public:
    /// `prefix` stands before a key in messages, as in "server." or "channels[1].".
    TableReader(toml::table const& table, std::string prefix, Complaints& complaints, Surroundings const& surroundings);

    [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }
    [[nodiscard]] toml::source_index line(std::string_view key) const;
    /// The value, or `fallback` when the key is absent or wrong (which is complained about).
    std::string text(std::string_view key, std::string fallback);
    bool boolean(std::string_view key, bool fallback);
    std::vector<std::string> texts(std::string_view key, std::vector<std::string> fallback);
    /// Like text(), but absence is a complaint.
    std::string required_text(std::string_view key);
    std::int64_t required_number(std::string_view key, std::int64_t smallest, std::int64_t largest);
    /// A literal, `env:NAME` or `file:PATH`, resolved; absence is a complaint.
    std::string required_secret(std::string_view key);
    /// The value of a key that the caller reads itself; null when absent.
    toml::node const* node(std::string_view key) { return take(key); }
    /// A table below this one; null when absent or wrong.
    toml::table const* table(std::string_view key);
    void complain(std::string_view key, std::string const& advice);
    /// Complains about every key that none of the calls above named. Call it last.
    void refuse_unknown();

private:
    toml::node const* take(std::string_view key);

    toml::table const* table_;
    std::string prefix_;
    Complaints* complaints_;
    Surroundings const* surroundings_;
    std::vector<std::string> known_;
};

} // namespace bot::config
