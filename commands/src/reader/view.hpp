#pragma once

#include "commands/reader/context.hpp"
#include "commands/reader/reading.hpp"
#include "reader/lexicon_data.hpp"
#include "reader/scan.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::reader {

/// A scanned text in its context: the questions that rules ask. Cheap to make; keeps references only.
class View {
public:
    View(Scan const& scan, Context const& context, LexiconData const& lexicon, PlaceIndex const& places);

    Scan const& s;
    Context const& c;
    LexiconData const& lexicon;
    PlaceIndex const& places;
    std::uint32_t start = 0; ///< first character after lead-ins such as 我要, 请帮我

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(s.match.size()); }
    [[nodiscard]] Span whole() const { return {0, size()}; }
    [[nodiscard]] char32_t at(std::uint32_t i) const { return i < size() ? s.match[i] : U'\0'; }

    [[nodiscard]] bool has(W cls) const { return s.classes.test(static_cast<std::size_t>(cls)); }
    [[nodiscard]] bool has_any(std::initializer_list<W> classes) const;
    [[nodiscard]] bool has_in(W cls, Span span) const { return first(cls, span) != nullptr; }
    /// First hit inside `span`; the longest where several begin.
    [[nodiscard]] Hit const* first(W cls, Span span) const;
    [[nodiscard]] Hit const* first(W cls) const { return has(cls) ? first(cls, whole()) : nullptr; }
    [[nodiscard]] Hit const* last(W cls) const;
    /// Longest hit that begins at `pos`, or after marks that stand there.
    [[nodiscard]] Hit const* at_word(W cls, std::uint32_t pos) const;
    [[nodiscard]] Hit const* ending_at(W cls, std::uint32_t end) const;
    /// Hits without overlaps, longest first from the left.
    [[nodiscard]] std::vector<Hit> all(W cls) const;
    [[nodiscard]] std::string_view value(Hit const* hit) const
    {
        return hit ? std::string_view(lexicon.value_name(*hit)) : std::string_view{};
    }
    [[nodiscard]] std::string_view value_of(W cls) const { return value(first(cls)); }
    [[nodiscard]] std::string said(Hit const* hit) const;

    [[nodiscard]] bool direct() const { return c.chat == Chat::direct || c.mention; }
    [[nodiscard]] bool joking() const { return has(W::joke) && !has(W::report_strong); }
    [[nodiscard]] bool asks() const; ///< a question mark or a question word
    [[nodiscard]] bool asks_in(Span span) const;
    [[nodiscard]] bool staff() const;
    [[nodiscard]] bool has_role(std::string_view role) const;

    [[nodiscard]] bool open_vote(std::int64_t n) const;
    [[nodiscard]] bool collecting(std::int64_t n) const;
    [[nodiscard]] bool rateable(std::int64_t n) const; ///< waits for the speaker's rating
    [[nodiscard]] bool known(std::int64_t n) const;
    [[nodiscard]] std::string_view kind(std::int64_t n) const; ///< "proposal", "report", ...; empty when it is not told
    [[nodiscard]] std::string_view stage(std::int64_t n) const;

    /// Numbers that can be references, in order (domain.md 15.4, "number or date or building").
    [[nodiscard]] std::vector<Number> refs() const;
    /// The one a command is about: known before unknown, marked before bare.
    [[nodiscard]] std::optional<Number> main_ref() const;
    /// Digits that no unit, place or code claims; negative numbers and Chinese numerals are left out.
    [[nodiscard]] std::optional<Number> plain_number(Span span) const;

    /// The writer's words without the given spans, trimmed of separators.
    [[nodiscard]] std::string text_without(std::vector<Span> spans) const;
    [[nodiscard]] std::string text_in(Span span) const;
    /// How many letters, digits and Han characters of `span` no hit of `covers` (and none of `spans`) covers.
    [[nodiscard]] std::size_t residue(std::initializer_list<W> covers, std::vector<Span> const& spans = {}) const;
    [[nodiscard]] bool only_covered(Span span, std::initializer_list<W> covers) const;
    /// The clause (between sentence marks or line breaks) around a position.
    [[nodiscard]] Span clause(std::uint32_t pos) const;

    [[nodiscard]] std::string period() const; ///< as said: 上个月, 5月份, 本季度; empty when none
    [[nodiscard]] Span period_span() const;
    [[nodiscard]] Span date_span() const; ///< 昨天, 周六上午, 5月3号
    [[nodiscard]] PlacePiece const* piece(PlaceKind kind) const;

private:
    void skip_lead_ins();
};

/// Spans of hits and numbers, for text_without.
[[nodiscard]] inline Span span_of(Hit const& hit)
{
    return {hit.begin, hit.end};
}
[[nodiscard]] inline Span span_of(Hit const* hit)
{
    return hit ? Span{hit->begin, hit->end} : Span{};
}

[[nodiscard]] Reading reading(Mode mode, Intent intent);
[[nodiscard]] Reading execute(Intent intent);
[[nodiscard]] Reading clarify(Intent intent, std::string_view missing);
[[nodiscard]] Reading ignored();
/// Sets `text` unless it is empty.
void set_text(Reading& reading, std::string_view name, std::string text);
/// The address of the text without what only some intents take; nothing when it is empty.
void set_address(Reading& reading, View const& v, bool with_home);

} // namespace commands::reader
