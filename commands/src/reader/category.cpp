#include "reader/scan.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

/// Evaluates category rules over one scan. The hits of each class that rules ask for are looked up once.
class Judge {
public:
    explicit Judge(Scan& scan) : scan_(scan) {}

    /// More than a bare object is named.
    [[nodiscard]] bool strong(CategoryRule const& rule)
    {
        return !spoiled(rule) && ((rule.any && has_hit(scan_, *rule.any)) || (!rule.both.empty() && near_together(rule)));
    }

    /// A bare object is named.
    [[nodiscard]] bool weak(CategoryRule const& rule) const { return rule.weak && has_hit(scan_, *rule.weak) && !spoiled(rule); }

    [[nodiscard]] Urgency urgency(CategoryRule const& rule) const
    {
        if (rule.critical && has_hit(scan_, *rule.critical))
            return Urgency::critical;
        if (rule.urgent && has_hit(scan_, *rule.urgent))
            return Urgency::urgent;
        if (rule.calm && has_hit(scan_, *rule.calm))
            return Urgency::normal;
        return rule.urgency;
    }

private:
    [[nodiscard]] bool spoiled(CategoryRule const& rule) const { return rule.unless && has_hit(scan_, *rule.unless); }

    /// Every group has a hit within rule.near characters of a hit of the first group.
    [[nodiscard]] bool near_together(CategoryRule const& rule)
    {
        for (ClassId const cls : rule.both)
            if (!has_hit(scan_, cls))
                return false;
        auto const first = hits_of(rule.both.front());
        for (std::size_t g = 1; g < rule.both.size(); ++g) {
            auto const others = hits_of(rule.both[g]);
            if (!any_near(first, others, rule.near))
                return false;
        }
        return true;
    }

    /// Both lists are by begin; one pass over them.
    [[nodiscard]] bool any_near(std::vector<Hit> const& a, std::vector<Hit> const& b, std::uint32_t near)
    {
        std::size_t j = 0;
        for (auto const& hit : a) {
            while (j + 1 < b.size() && b[j].begin < hit.begin && b[j + 1].begin <= hit.begin)
                ++j;
            for (std::size_t k = j; k < b.size() && k <= j + 1; ++k) {
                ++scan_.work;
                bool const before = b[k].begin < hit.begin;
                auto const gap = before ? hit.begin - std::min(hit.begin, b[k].end) : b[k].begin - std::min(b[k].begin, hit.end);
                if (gap <= near)
                    return true;
            }
        }
        return false;
    }

    [[nodiscard]] std::vector<Hit> hits_of(ClassId cls)
    {
        std::vector<Hit> found;
        for (auto const& hit : scan_.hits)
            if (hit.cls == cls)
                found.push_back(hit);
        scan_.work += scan_.hits.size();
        return found;
    }

    Scan& scan_;
};

} // namespace

void classify(Scan& scan, LexiconData const& lexicon)
{
    Judge judge(scan);
    auto const take = [&](CategoryRule const& rule, bool weak) {
        scan.category = &rule;
        scan.category_weak = weak;
        scan.urgency = judge.urgency(rule);
    };
    for (auto const& rule : lexicon.rules) {
        if (scan.category && (scan.danger || !rule.danger))
            continue;
        if (!judge.strong(rule))
            continue;
        if (!scan.category)
            take(rule, false);
        if (rule.danger && !scan.danger && judge.urgency(rule) == Urgency::critical)
            scan.danger = &rule;
    }
    for (auto const& rule : lexicon.rules) // an object alone decides only where no rule knows more
        if (!scan.category && judge.weak(rule))
            take(rule, true);
    scan.danger_is_critical = scan.danger != nullptr;
}

} // namespace commands::reader
