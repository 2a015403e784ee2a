#include "governance/ranking.hpp"

#include <algorithm>
#include <set>

namespace governance {

std::vector<RankedRow> rank(std::vector<Standing> const& standings)
{
    std::vector<RankedRow> rows;
    rows.reserve(standings.size());
    for (auto const& standing : standings)
        rows.push_back({0, standing.subject, standing.points});
    std::sort(rows.begin(), rows.end(),
              [](RankedRow const& a, RankedRow const& b) { return a.points != b.points ? a.points > b.points : a.subject < b.subject; });
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].rank = i > 0 && rows[i].points == rows[i - 1].points ? rows[i - 1].rank : static_cast<std::int64_t>(i) + 1;
    return rows;
}

namespace {

std::optional<RankedRow> row_of(std::vector<RankedRow> const& rows, std::optional<std::string> const& own)
{
    auto const found = own ? std::find_if(rows.begin(), rows.end(), [&](RankedRow const& row) { return row.subject == *own; }) : rows.end();
    return found == rows.end() ? std::nullopt : std::optional(*found);
}

} // namespace

RankingView full_view(std::vector<Standing> const& standings, std::optional<std::string> const& own)
{
    auto rows = rank(standings);
    auto mine = row_of(rows, own);
    auto const total = static_cast<std::int64_t>(rows.size());
    return {std::move(rows), std::move(mine), total};
}

RankingView consented_view(std::vector<Standing> const& standings, std::optional<std::string> const& own, std::int64_t top)
{
    auto view = full_view(standings, own);
    std::set<std::string> consenting;
    for (auto const& standing : standings)
        if (standing.consents)
            consenting.insert(standing.subject);
    std::erase_if(view.shown, [&](RankedRow const& row) { return row.rank > top || !consenting.contains(row.subject); });
    return view;
}

} // namespace governance
