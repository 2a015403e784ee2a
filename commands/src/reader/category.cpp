#include "reader/lost_meaning.hpp"
#include "reader/scan.hpp"

#include <algorithm>
#include <bitset>
#include <optional>

namespace commands::reader {

namespace {

/// So close to a danger a word of `unless` takes it away.
constexpr std::uint32_t kSpoils = 6;

std::uint32_t gap_between(Span a, Span b)
{
    return a.begin < b.begin ? b.begin - std::min(b.begin, a.end) : a.begin - std::min(a.begin, b.end);
}

Span span_of_hit(Hit const& hit)
{
    return {hit.begin, hit.end};
}

/// Evaluates category rules over one scan.
class Judge {
public:
    explicit Judge(Scan& scan) : scan_(scan), lost_(scan) {}

    /// Where more than a bare object is named.
    [[nodiscard]] std::optional<Span> strong(CategoryRule const& rule)
    {
        if (!rule.danger && here(rule.unless))
            return std::nullopt;
        if (here(rule.any))
            for (auto const& hit : hits_of(rule.any, rule))
                if (!spoiled(rule, span_of_hit(hit)))
                    return span_of_hit(hit);
        return rule.both.empty() ? std::nullopt : together(rule);
    }

    /// A bare object is named.
    [[nodiscard]] bool weak(CategoryRule const& rule) const { return here(rule.weak) && !here(rule.unless); }

    [[nodiscard]] Urgency urgency(CategoryRule const& rule) const
    {
        if (here(rule.critical))
            return Urgency::critical;
        if (here(rule.urgent))
            return Urgency::urgent;
        return here(rule.calm) ? Urgency::normal : rule.urgency;
    }

private:
    [[nodiscard]] bool here(WordGroup const& group) const
    {
        return std::any_of(group.begin(), group.end(), [this](ClassId cls) { return has_hit(scan_, cls); });
    }

    /// In a danger, `unless` speaks only of what stands next to it.
    [[nodiscard]] bool spoiled(CategoryRule const& rule, Span span)
    {
        if (!rule.danger || !here(rule.unless))
            return false;
        auto const words = hits_of(rule.unless, rule, false);
        return std::any_of(words.begin(), words.end(), [&](Hit const& h) { return gap_between(span, span_of_hit(h)) <= kSpoils; });
    }

    /// Every group has a hit within rule.near characters of one hit of the first group; the stretch they cover.
    [[nodiscard]] std::optional<Span> together(CategoryRule const& rule)
    {
        if (!std::all_of(rule.both.begin(), rule.both.end(), [this](WordGroup const& g) { return here(g); }))
            return std::nullopt;
        std::vector<std::vector<Hit>> parts;
        for (auto const& group : rule.both)
            parts.push_back(hits_of(group, rule));
        for (auto const& first : parts.front()) {
            auto const span = around(span_of_hit(first), parts, rule);
            if (span && !spoiled(rule, *span))
                return span;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Span> around(Span first, std::vector<std::vector<Hit>> const& parts, CategoryRule const& rule)
    {
        auto span = first;
        for (std::size_t g = 1; g < parts.size(); ++g) {
            bool const same_list = rule.both[g] == rule.both.front(); // two different words of one list are meant
            auto const from = rule.ordered ? Span{span.end, span.end} : first;
            auto const other = nearest(from, parts[g], rule, same_list);
            if (!other)
                return std::nullopt;
            span = {std::min(span.begin, other->begin), std::max(span.end, other->end)};
        }
        return span;
    }

    /// The part next to `from`, by binary search: the first that begins there or later and the last that begins before it. With `apart`
    /// it may not share characters with `from`.
    [[nodiscard]] std::optional<Span> nearest(Span from, std::vector<Hit> const& parts, CategoryRule const& rule, bool apart)
    {
        auto const fits = [&](Hit const& h) {
            bool const shares = h.begin < from.end && from.begin < h.end;
            return gap_between(from, span_of_hit(h)) <= rule.near && !(apart && shares);
        };
        auto const middle =
            std::lower_bound(parts.begin(), parts.end(), from.begin, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
        ++scan_.work;
        auto after = middle;
        while (apart && after != parts.end() && after->begin < from.end)
            ++after;
        if (after != parts.end() && fits(*after))
            return span_of_hit(*after);
        if (!rule.ordered && middle != parts.begin() && fits(*std::prev(middle)))
            return span_of_hit(*std::prev(middle));
        return std::nullopt;
    }

    /// Hits of a group, by begin; in a danger without those that lost their meaning.
    [[nodiscard]] std::vector<Hit> hits_of(WordGroup const& group, CategoryRule const& rule, bool meant = true)
    {
        std::vector<Hit> found;
        for (auto const& hit : scan_.hits)
            if (std::find(group.begin(), group.end(), hit.cls) != group.end() && !(meant && rule.danger && lost_.of(hit, rule.people)))
                found.push_back(hit);
        scan_.work += scan_.hits.size();
        return found;
    }

    Scan& scan_;
    LostMeaning lost_;
};

/// The first danger decides what it is, the surest how sure it is.
void note_danger(Scan& scan, CategoryRule const& rule, Span span)
{
    if (!scan.danger) {
        scan.danger = &rule;
        scan.danger_span = span;
    }
    if (rule.weight > scan.danger_weight) {
        scan.danger_weight = rule.weight;
        scan.danger_span = span;
    }
}

} // namespace

void classify(Scan& scan, LexiconData const& lexicon)
{
    Judge judge(scan);
    std::bitset<kMostRules> due;
    for (auto const& hit : scan.hits)
        for (auto const rule : lexicon.rules_of[hit.cls])
            due.set(rule);
    if (due.none())
        return;
    for (std::size_t r = 0; r < lexicon.rules.size(); ++r) {
        auto const& rule = lexicon.rules[r];
        if (!due.test(r) || (scan.category && !rule.danger))
            continue;
        auto const span = judge.strong(rule);
        if (!span)
            continue;
        if (!scan.category) {
            scan.category = &rule;
            scan.urgency = judge.urgency(rule);
        }
        if (rule.danger)
            note_danger(scan, rule, *span);
    }
    for (std::size_t r = 0; r < lexicon.rules.size() && !scan.category; ++r) { // a bare object decides only where no rule knows more
        auto const& rule = lexicon.rules[r];
        if (!due.test(r) || !judge.weak(rule))
            continue;
        scan.category = &rule;
        scan.category_weak = true;
        scan.urgency = judge.urgency(rule);
    }
}

} // namespace commands::reader
