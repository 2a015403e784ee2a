#include "governance/points.hpp"

#include <algorithm>

/// The two balances, class sums and grades. Source: domain.md 6.1, 6.4, 6.5.
namespace governance {

namespace {

result<Points> sum(std::vector<Points> const& all)
{
    Points total;
    for (auto const points : all) {
        auto next = checked_add(total, points);
        if (!next)
            return next;
        total = *next;
    }
    return total;
}

} // namespace

result<Points> score(std::vector<LedgerLine> const& lines, int year, Points base)
{
    std::vector<Points> counted{base};
    for (auto const& line : lines)
        if (line.year == year && line.state != "appealed")
            counted.push_back(line.delta);
    return sum(counted);
}

result<Points> spendable(std::vector<LedgerLine> const& lines, std::vector<Redemption> const& redemptions, WorkCalendar const& calendar,
                         Instant now)
{
    struct Lot {
        int year;
        Points left;
    };
    std::vector<Lot> lots; // by year, oldest first: they expire together
    for (auto const& line : lines) {
        bool const personal = line.subject_type == SubjectType::household || line.subject_type == SubjectType::resident;
        bool const ripe = line.state == "final" ||
                          (line.state != "appealed" && line.state != "reversed" && now - line.posted_at >= std::chrono::days{30});
        if (!personal || !ripe || line.is_reversal || line.delta <= Points{})
            continue;
        lots.push_back({line.year, line.delta});
    }
    std::stable_sort(lots.begin(), lots.end(), [](Lot const& a, Lot const& b) { return a.year < b.year; });
    auto year_of = [&](Instant at) { return static_cast<int>(calendar.zone.date(at).year()); };
    for (auto const& redemption : redemptions) {
        auto owed = redemption.amount.hundredths();
        for (auto& lot : lots) {
            if (lot.year + 1 < year_of(redemption.at)) // had expired when it was redeemed
                continue;
            auto const used = std::min(owed, lot.left.hundredths());
            lot.left = Points(lot.left.hundredths() - used);
            owed -= used;
        }
    }
    std::vector<Points> left;
    for (auto const& lot : lots)
        if (lot.year + 1 >= year_of(now))
            left.push_back(lot.left);
    return sum(left);
}

char const* name(Grade grade)
{
    switch (grade) {
    case Grade::none: return "none";
    case Grade::bronze: return "bronze";
    case Grade::silver: return "silver";
    case Grade::gold: return "gold";
    }
    return "";
}

Grade grade(Points score, bool veto)
{
    if (veto || score < Points::whole(110))
        return Grade::none;
    if (score >= Points::whole(130))
        return Grade::gold;
    return score >= Points::whole(120) ? Grade::silver : Grade::bronze;
}

result<Points> class_score(std::map<std::string, Points> const& by_class, std::map<std::string, Points> const& maxima, Points adjustments)
{
    std::vector<Points> counted{adjustments};
    for (auto const& [code, points] : by_class) {
        auto const maximum = maxima.find(code);
        auto const capped = maximum == maxima.end() ? points : std::min(points, maximum->second);
        counted.push_back(std::max(capped, Points{}));
    }
    return sum(counted);
}

Points village_annual(std::int64_t points_thousandths, std::int64_t other_thousandths)
{
    auto const points = std::clamp<std::int64_t>(points_thousandths, 0, 100'000);
    auto const other = std::clamp<std::int64_t>(other_thousandths, 0, 100'000);
    // 0.6 p + 0.4 o in ten-thousandths, then to hundredths, half up.
    return Points((6 * points + 4 * other + 50) / 100);
}

} // namespace governance
