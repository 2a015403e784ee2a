#include "reader/lost_meaning.hpp"

#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// Longest word that is looked for right before another or around it.
constexpr std::uint32_t kLongestBefore = 6;
/// Most characters between a comparison and what is compared.
constexpr std::uint32_t kSimileReach = 6;
/// Most characters between a feeling and what it is said to lead to.
constexpr std::uint32_t kFeelingReach = 8;

bool is_of(Hit const& hit, W cls)
{
    return static_cast<W>(hit.cls) == cls;
}

/// From the last mark, spaces included, to `pos`.
Span clause_up_to(std::u32string const& text, std::uint32_t pos)
{
    auto begin = pos;
    while (begin > 0 && !is_mark(text[begin - 1]))
        --begin;
    return {begin, pos};
}

} // namespace

bool LostMeaning::ends_before(W cls, std::uint32_t end) const
{
    if (!has_hit(scan_, static_cast<ClassId>(cls)))
        return false;
    auto it = first_from(scan_.hits, end > kLongestBefore ? end - kLongestBefore : 0);
    for (; it != scan_.hits.end() && it->begin < end; ++it)
        if (is_of(*it, cls) && it->end == end)
            return true;
    return false;
}

Hit const* LostMeaning::begins_at(W cls, std::uint32_t begin) const
{
    if (!has_hit(scan_, static_cast<ClassId>(cls)))
        return nullptr;
    for (auto it = first_from(scan_.hits, begin); it != scan_.hits.end() && it->begin == begin; ++it)
        if (is_of(*it, cls))
            return &*it;
    return nullptr;
}

Hit const* LostMeaning::last_in(W cls, Span span) const
{
    Hit const* found = nullptr;
    if (has_hit(scan_, static_cast<ClassId>(cls)))
        for (auto it = first_from(scan_.hits, span.begin); it != scan_.hits.end() && it->begin < span.end; ++it)
            if (is_of(*it, cls) && it->end <= span.end)
                found = &*it;
    return found;
}

bool LostMeaning::open_question(Hit const& hit) const
{
    return ends_before(W::open_word, hit.begin);
}

bool LostMeaning::denied(Hit const& hit) const
{
    return ends_before(W::negation, hit.begin) && !open_question(hit);
}

bool LostMeaning::in_title(Hit const& hit) const
{
    auto const open = scan_.match.rfind(U'《', hit.begin);
    if (open == std::u32string::npos)
        return false;
    auto const close = scan_.match.find(U'》', open);
    return close != std::u32string::npos && close >= hit.end;
}

bool LostMeaning::part_of_plain_word(Hit const& hit) const
{
    if (!has_hit(scan_, static_cast<ClassId>(W::plain_word)))
        return false;
    auto it = first_from(scan_.hits, hit.begin > kLongestBefore ? hit.begin - kLongestBefore : 0);
    for (; it != scan_.hits.end() && it->begin <= hit.begin; ++it)
        if (is_of(*it, W::plain_word) && it->end >= hit.end && it->end - it->begin > hit.end - hit.begin)
            return true;
    return false;
}

/// 气得我想跳楼, 笑到抽搐; but not 气得我爸晕倒了, where it happens to somebody.
bool LostMeaning::measures_feeling(Hit const& hit) const
{
    auto const clause = clause_up_to(scan_.match, hit.begin);
    auto const from = std::max(clause.begin, hit.begin > kFeelingReach ? hit.begin - kFeelingReach : 0);
    auto const* feeling = last_in(W::feeling, {from, hit.begin});
    if (!feeling || begins_at(W::present, feeling->end)) // 放学到现在没回家: until a time, not until a feeling
        return false;
    auto const* somebody = last_in(W::person, clause);
    auto const agent = scan_.match.find(U'被', clause.begin); // 被我家娃气到心梗: the child is the cause
    return !somebody || agent < somebody->begin;
}

bool LostMeaning::compared(Hit const& hit) const
{
    auto const from = std::max(clause_up_to(scan_.match, hit.begin).begin, hit.begin > kSimileReach ? hit.begin - kSimileReach : 0);
    return last_in(W::simile, {from, hit.begin}) && last_in(W::simile_end, {hit.end, hit.end + kSimileReach + 2});
}

bool LostMeaning::said_for_effect(Hit const& hit) const
{
    if (!last_in(W::unsayable, {hit.begin, hit.end}))
        return false;
    auto const clause = clause_up_to(scan_.match, hit.begin);
    return last_in(W::own_voice, clause) && !last_in(W::person, clause);
}

/// 手机掉水里, 小猫卡在树上; but not 孩子捡球掉进河里.
bool LostMeaning::happens_to_thing(Hit const& hit) const
{
    auto const clause = clause_up_to(scan_.match, hit.begin);
    auto const* thing = last_in(W::bystander, clause);
    if (!thing)
        return false;
    auto const* before = last_in(W::person, {clause.begin, thing->begin});
    auto const* after = last_in(W::person, {thing->end, hit.end});
    bool const owner = before && (before->end == thing->begin || begins_at(W::possessive, before->end));
    return !after && (!before || owner);
}

bool LostMeaning::of(Hit const& hit, bool people) const
{
    if (begins_at(W::unreal_after, hit.end) || in_title(hit) || part_of_plain_word(hit) || measures_feeling(hit) || compared(hit) ||
        said_for_effect(hit))
        return true;
    if (!open_question(hit) && (ends_before(W::negation, hit.begin) || ends_before(W::simile, hit.begin)))
        return true;
    return ends_before(W::unreal_before, hit.begin) || (people && happens_to_thing(hit));
}

} // namespace commands::reader
