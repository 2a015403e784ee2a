#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace commands::reader {

/// Finds all words of a set in one pass over a text (Aho-Corasick). Built once, then read-only.
class Automaton {
public:
    /// `payload` is handed back with every occurrence. Empty words are left out.
    void add(std::u32string_view word, std::uint32_t payload);
    void finish();

    /// Calls found(payload, begin, end) for every occurrence, overlapping ones included, in the order of their ends.
    template <class Found>
    void scan(std::u32string_view text, Found&& found) const
    {
        std::uint32_t state = 0;
        for (std::uint32_t i = 0; i < text.size(); ++i) {
            state = step(state, text[i]);
            for (std::uint32_t at = nodes_[state].words ? state : nodes_[state].shorter; at != 0; at = nodes_[at].shorter)
                for (auto const& [payload, length] : outputs_[nodes_[at].words])
                    found(payload, i + 1 - length, i + 1);
        }
    }

private:
    struct Node {
        std::uint32_t fail = 0;
        std::uint32_t words = 0;   ///< index into outputs_; 0: no word ends here
        std::uint32_t shorter = 0; ///< nearest state on the fail chain where a word ends; 0: none
        std::uint32_t depth = 0;
    };
    static std::uint64_t key(std::uint32_t state, char32_t c) { return (std::uint64_t{state} << 32) | c; }
    [[nodiscard]] std::uint32_t child(std::uint32_t state, char32_t c) const;
    [[nodiscard]] std::uint32_t step(std::uint32_t state, char32_t c) const;

    std::vector<Node> nodes_{Node{}};
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> outputs_{{}};
    std::unordered_map<std::uint64_t, std::uint32_t> building_;
    // Edges, by open addressing; key 0 is free, since no edge leads back to the root by U+0000.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> edges_;
    std::uint64_t mask_ = 0;
};

} // namespace commands::reader
