#pragma once

#include "governance/calendar.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// Chinese for values that pages show.
namespace bot {

/// Each gives the value itself for one that has no word.
std::string role_word(std::string_view role);
std::string mode_word(std::string_view mode);
std::string category_word(std::string_view category);
std::string outcome_word(std::string_view outcome);
std::string closing_word(std::string_view closing);
std::string cost_word(std::string_view cost);
std::string link_word(std::string_view link);
std::string group_word(std::string_view kind);
std::string urgency_word(std::string_view urgency);
std::string body_word(std::string_view body);

/// "7月8日 17:30"; midnight is "7月7日 24:00", the year in front when it is not `now`'s.
std::string moment_words(governance::Zone const& zone, governance::Instant at, governance::Instant now);
/// "7月8日".
std::string date_words(governance::LocalDate date);
/// Hundredths: "66.7", "80", "4.25".
std::string hundredths_words(std::int64_t hundredths);
/// Fen: "3000 元".
std::string yuan_words(std::int64_t fen);

} // namespace bot
