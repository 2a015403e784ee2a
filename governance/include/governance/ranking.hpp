#pragma once

#include "governance/points.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Rankings as pure functions. Source: domain.md 6.5: own position to everyone; grids and villages in full; households and persons the top
/// ten by consent.
namespace governance {

struct Standing {
    std::string subject;
    Points points;
    bool consents = false; ///< to being shown by name
};
struct RankedRow {
    std::int64_t rank = 0; ///< 1-based; equal points share a rank and the next rank is skipped (1, 2, 2, 4)
    std::string subject;
    Points points;
    friend bool operator==(RankedRow const&, RankedRow const&) = default;
};
/// Best first; equal points in the order of their ids, so that the same input always prints the same.
[[nodiscard]] std::vector<RankedRow> rank(std::vector<Standing> const& standings);

struct RankingView {
    std::vector<RankedRow> shown;
    std::optional<RankedRow> own;
    std::int64_t total = 0;
};
/// Grids and villages: every row.
[[nodiscard]] RankingView full_view(std::vector<Standing> const& standings, std::optional<std::string> const& own);
/// Households and persons: of the first `top` ranks those who consent, and the asker's own row. Ranks are those among all.
[[nodiscard]] RankingView consented_view(std::vector<Standing> const& standings, std::optional<std::string> const& own,
                                         std::int64_t top = 10);

} // namespace governance
