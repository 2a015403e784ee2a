#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace commands::reader {

/// The lexicon cannot be used; what() names file, line and key.
class LexiconError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct LexiconData;

/// The words that the reader knows, immutable and cheap to copy. Made by load_lexicon.
class Lexicon {
public:
    explicit Lexicon(std::shared_ptr<LexiconData const> data) : data_(std::move(data)) {}
    [[nodiscard]] LexiconData const& data() const { return *data_; }

private:
    std::shared_ptr<LexiconData const> data_;
};

/// Reads every *.toml of `directory`. Throws LexiconError for an unreadable file, an unknown or missing key, a wrong type.
[[nodiscard]] Lexicon load_lexicon(std::filesystem::path const& directory);

} // namespace commands::reader
