#pragma once

#include "reader/lexicon_data.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace commands::reader {

struct Scan;

/// Command words by their sound (domain.md 3.8, step 4). Words of one character are left out: their sound says too little.
class Sounds {
public:
    explicit Sounds(LexiconData const& lexicon);

    /// The command word that sounds like `written` and is not it; null when there is none.
    [[nodiscard]] std::u32string const* like(std::u32string_view written, bool choices_only) const;

private:
    struct Entry {
        std::u32string word;
        bool choice = false;
    };
    void add(std::u32string word, bool choice);
    std::unordered_map<std::string, Entry> words_;
};

/// The text with one command word mended that was written by its sound (附义 for 附议, 上抱 for 上报): the word at the start, or one next
/// to a number, of a text that has no command word there. Same length as the original.
[[nodiscard]] std::optional<std::u32string> repaired_text(Scan const& scan, Sounds const& sounds);

} // namespace commands::reader
