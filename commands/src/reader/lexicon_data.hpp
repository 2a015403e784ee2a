#pragma once

#include "commands/reader/intent.hpp"
#include "reader/automaton.hpp"
#include "reader/word_classes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace commands::reader {

enum class Urgency : std::uint8_t { normal, urgent, critical };

/// Number of a class of words; the first ones are those of enum W, the rest are written inside category rules.
using ClassId = std::uint16_t;

/// Number of classes of words a scan can remember at once, those written inside rules included.
inline constexpr std::size_t kMostClasses = 1024;

/// Number of category rules there may be.
inline constexpr std::size_t kMostRules = 512;

/// Words that count alike in a rule: lists written inside it and lists shared by name.
using WordGroup = std::vector<ClassId>;

/// One boundary rule of the categories (domain.md 8.1). It fits when one of `any` is there, or when all of `both` are, near each other;
/// not when one of `unless` is. In a rule of danger `unless` counts only close by, and a word that lost its meaning (lost_meaning.hpp) is
/// not there.
struct CategoryRule {
    std::string category;
    std::string subcategory;
    Urgency urgency = Urgency::normal;
    WordGroup any;
    WordGroup weak; ///< bare objects: a match, but rule T17 needs a trouble beside it
    std::vector<WordGroup> both;
    WordGroup unless;
    WordGroup critical; ///< words that raise
    WordGroup urgent;
    WordGroup calm;          ///< words that make it normal
    std::uint32_t near = 12; ///< most characters between the parts of `both`
    int weight = 3;          ///< of a danger: how surely its words alone mean one (rule_danger.cpp)
    bool ordered = false;    ///< the parts of `both` stand in this order
    bool people = false;     ///< a danger to people only: not to an animal or a lost thing
    bool danger = false;     ///< danger to life: rule T2 looks here
    bool lasting = false;    ///< goes on: what happened yesterday is a danger today
    bool defect = true;      ///< concrete enough for rule T17
    bool confidential = false;
    std::size_t line = 0;
};

struct Hit {
    ClassId cls = 0;
    std::uint16_t value = 0; ///< index into the class's value names
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// What load_lexicon makes of the files. Immutable.
struct LexiconData {
    struct Class {
        std::string name;
        std::vector<std::string> values;             ///< names of the values; one empty name for a plain list
        std::vector<std::vector<std::string>> words; ///< by value, as written
    };
    std::vector<Class> classes;
    std::vector<CategoryRule> rules;
    std::vector<std::vector<std::uint16_t>> rules_of; ///< by class: the rules to look at where a word of it stands
    Automaton automaton;                              ///< payload: class << 16 | value

    [[nodiscard]] std::string const& value_name(Hit const& hit) const { return classes[hit.cls].values[hit.value]; }
};

/// Form in which words and texts are compared: NFKC, simplified, small letters.
[[nodiscard]] std::u32string match_form(std::string_view utf8);

} // namespace commands::reader
