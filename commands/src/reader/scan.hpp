#pragma once

#include "commands/reader/reading.hpp"
#include "reader/lexicon_data.hpp"
#include "reader/places.hpp"

#include <bitset>
#include <memory>
#include <string>
#include <vector>

namespace commands::reader {

struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    [[nodiscard]] bool empty() const { return begin >= end; }
    friend bool operator==(Span, Span) = default;
};

/// A number in the text and what its surroundings say about it.
struct Number {
    Span span;  ///< digits only
    Span outer; ///< with 第, #, No., 提议 before it and 号, 号提议 after it
    std::int64_t value = 0;
    std::int64_t hundredths = 0; ///< the value with its decimals
    bool chinese = false;        ///< written in Chinese numerals
    bool marked = false;         ///< has a mark of a reference before or after it
    bool ordinal = false;        ///< 第 stands before it
    bool decimal = false;
    bool measure = false; ///< a unit, a date, a time, a building or the like: no reference number
    bool code = false;    ///< part of P2031, T05, G07 or a telephone number
    int sign = 0;         ///< +1 or -1 when a sign stands before it
};

/// Everything about a text that needs no context.
struct Scan {
    std::u32string match;  ///< NFKC, simplified, small letters: what rules compare
    std::u32string shown;  ///< same length, in the writer's characters: what is quoted
    std::vector<Hit> hits; ///< by begin, longer ones first
    std::bitset<kMostClasses> classes;
    std::vector<Span> shadows; ///< words of another meaning; what stands inside them is not read
    std::vector<Number> numbers;
    std::vector<PlacePiece> pieces;
    Address address;                        ///< of the whole text, relative included
    bool impossible_place = false;          ///< building 9 of an estate with six
    CategoryRule const* category = nullptr; ///< first rule that fits
    bool category_weak = false;             ///< only a bare object was named
    Urgency urgency = Urgency::normal;
    CategoryRule const* danger = nullptr; ///< first rule of danger to life that fits
    int danger_weight = 0;                ///< of the surest rule of danger that fits
    Span danger_span;                     ///< where the surest one stands
    bool damaged = false;
    bool truncated = false;
    bool mentions_bot = false;
    bool mentions_other = false;
    std::shared_ptr<Scan const> repaired; ///< the text with a command word mended by its sound; null when there is nothing to mend
    std::size_t work = 0;                 ///< characters and hits touched; grows linearly with the text
};

/// Gazetteer, made ready for scanning.
struct PlaceIndex;
class Sounds;

[[nodiscard]] std::shared_ptr<Scan const> scan_text(std::string_view text, LexiconData const& lexicon, PlaceIndex const& places,
                                                    Sounds const& sounds);

/// The first of the hits, by begin, that begins at `begin` or later.
[[nodiscard]] std::vector<Hit>::const_iterator first_from(std::vector<Hit> const& hits, std::uint32_t begin);
/// Finds the numbers of `scan`, whose words are known already.
void find_numbers(Scan& scan);
/// Hits of `cls` only; true when any.
[[nodiscard]] bool has_hit(Scan const& scan, ClassId cls);
/// The first rule that fits the hits, and what danger to life they tell of.
void classify(Scan& scan, LexiconData const& lexicon);

} // namespace commands::reader
