#pragma once

#include "reader/scan.hpp"

namespace commands::reader {

/// Tells whether a word of danger, where it stands, means no danger: denied (没着火), compared (跟爆炸似的), only thought of (怕触电),
/// part of a word or a name (火锅, 跳楼价), in a title, the measure of a feeling (笑到抽搐), or said of an animal or a thing.
class LostMeaning {
public:
    explicit LostMeaning(Scan const& scan) : scan_(scan) {}

    /// `people`: the rule speaks of people only, so what happens to an animal or a thing does not count.
    [[nodiscard]] bool of(Hit const& hit, bool people) const;
    /// 没, 不是 ... right before, and not as part of a question.
    [[nodiscard]] bool denied(Hit const& hit) const;

private:
    [[nodiscard]] bool ends_before(W cls, std::uint32_t end) const;
    [[nodiscard]] Hit const* begins_at(W cls, std::uint32_t begin) const;
    /// Last hit that begins inside `span`.
    [[nodiscard]] Hit const* last_in(W cls, Span span) const;
    [[nodiscard]] bool open_question(Hit const& hit) const;
    [[nodiscard]] bool in_title(Hit const& hit) const;
    /// Only a part of a longer harmless word: 火 in 火锅.
    [[nodiscard]] bool part_of_plain_word(Hit const& hit) const;
    [[nodiscard]] bool measures_feeling(Hit const& hit) const;
    /// 跟掉冰窟窿里一样.
    [[nodiscard]] bool compared(Hit const& hit) const;
    /// 我直接昏倒: nobody writes that of himself.
    [[nodiscard]] bool said_for_effect(Hit const& hit) const;
    [[nodiscard]] bool happens_to_thing(Hit const& hit) const;

    Scan const& scan_;
};

} // namespace commands::reader
