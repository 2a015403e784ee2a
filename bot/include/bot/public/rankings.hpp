#pragma once

#include "bot/public/reference.hpp"
#include "governance/calendar.hpp"
#include "governance/ranking.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bot {

/// Months of a period as people name it: "2026", "2026Q3", "2026-07"; nothing for anything else.
using MonthSpan = std::pair<std::chrono::year_month, std::chrono::year_month>;
std::optional<MonthSpan> months_of(std::string_view period);
/// The quarter that a moment lies in, "2026Q3".
std::string quarter_at(governance::Zone const& zone, governance::Instant at);

/// Grids of a community, or the villages of the street when `subject` is village, by the points that were published for them in these
/// months; empty while nothing was. Points of households and persons are never ranked in public: they are shown to themselves, in chat.
/// Source: domain.md 6.5, 14.1.
std::vector<governance::RankedRow> published_ranking(storage::Database& db, PublicReference const& reference,
                                                     governance::CommunityId const& community, std::string_view subject,
                                                     MonthSpan const& months);

} // namespace bot
