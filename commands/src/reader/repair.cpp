#include "reader/repair.hpp"

#include "reader/scan.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// Longer texts are no commands that somebody mistyped.
constexpr std::size_t kLongestMistyped = 120;
constexpr std::size_t kLongestWord = 4;

std::string sound_of(std::u32string_view word)
{
    std::string sound;
    for (char32_t const c : word) {
        auto const syllable = folded_pinyin(c);
        if (syllable.empty())
            return {};
        sound.append(syllable).push_back(' ');
    }
    return sound;
}

class Mender {
public:
    Mender(Scan const& scan, Sounds const& sounds) : scan_(scan), text_(scan.match), sounds_(sounds) {}

    std::optional<std::u32string> mend() const
    {
        auto const start = first_word();
        if (!known_at(start))
            for (std::uint32_t length = kLongestWord; length >= 2; --length)
                if (auto mended = mend_at(start, length, false))
                    return mended;
        for (auto const& n : scan_.numbers)
            if (!n.measure && !n.code && !n.chinese)
                if (auto mended = beside(n))
                    return mended;
        return std::nullopt;
    }

private:
    [[nodiscard]] bool is_gap(std::uint32_t i) const { return i < text_.size() && is_mark(text_[i]); }

    [[nodiscard]] std::uint32_t first_word() const
    {
        std::uint32_t at = 0;
        for (bool moved = true; moved;) {
            moved = false;
            while (is_gap(at))
                ++at, moved = true;
            for (auto const& hit : scan_.hits)
                if (hit.begin == at && static_cast<W>(hit.cls) == W::lead_in && hit.end < text_.size()) {
                    at = hit.end;
                    moved = true;
                    break;
                }
        }
        return at;
    }

    /// A word of the grammar stands here already.
    [[nodiscard]] bool known_at(std::uint32_t at) const
    {
        return std::any_of(scan_.hits.begin(), scan_.hits.end(), [&](Hit const& h) {
            auto const cls = static_cast<W>(h.cls);
            return h.begin <= at && at < h.end &&
                   (cls == W::keyword || cls == W::choice || cls == W::real_word || cls == W::step || cls == W::case_verb);
        });
    }

    [[nodiscard]] std::optional<std::u32string> mend_at(std::uint32_t at, std::uint32_t length, bool choices_only) const
    {
        if (at + length > text_.size())
            return std::nullopt;
        auto const* word = sounds_.like(text_.substr(at, length), choices_only);
        if (!word)
            return std::nullopt;
        std::u32string mended(text_);
        mended.replace(at, length, *word);
        return mended;
    }

    [[nodiscard]] std::optional<std::u32string> beside(Number const& n) const
    {
        std::uint32_t after = n.outer.end;
        while (is_gap(after))
            ++after;
        std::uint32_t before = n.outer.begin;
        while (before > 0 && is_gap(before - 1))
            --before;
        for (std::uint32_t length = kLongestWord; length >= 2; --length) {
            bool const ends_there = after + length >= text_.size() || is_mark(text_[after + length]);
            if (ends_there && !known_at(after))
                if (auto mended = mend_at(after, length, false))
                    return mended;
            if (before >= length && !known_at(before - length))
                if (auto mended = mend_at(before - length, length, true))
                    return mended;
        }
        return std::nullopt;
    }

    Scan const& scan_;
    std::u32string_view text_;
    Sounds const& sounds_;
};

} // namespace

Sounds::Sounds(LexiconData const& lexicon)
{
    for (W const cls : {W::keyword, W::choice})
        for (auto const& words : lexicon.classes[static_cast<std::size_t>(cls)].words)
            for (auto const& word : words)
                add(match_form(word), cls == W::choice);
}

void Sounds::add(std::u32string word, bool choice)
{
    auto sound = word.size() >= 2 && word.size() <= kLongestWord ? sound_of(word) : std::string{};
    if (!sound.empty())
        words_.try_emplace(std::move(sound), Entry{std::move(word), choice});
}

std::u32string const* Sounds::like(std::u32string_view written, bool choices_only) const
{
    auto const found = words_.find(sound_of(written));
    if (found == words_.end() || found->second.word == written || (choices_only && !found->second.choice))
        return nullptr;
    return &found->second.word;
}

std::optional<std::u32string> repaired_text(Scan const& scan, Sounds const& sounds)
{
    if (scan.match.size() < 2 || scan.match.size() > kLongestMistyped)
        return std::nullopt;
    return Mender(scan, sounds).mend();
}

} // namespace commands::reader
