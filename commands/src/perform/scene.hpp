#pragma once

#include "commands/template_text.hpp"
#include "commands/world.hpp"
#include "governance/time.hpp"
#include "storage/people.hpp"

#include <string>

/// What everything that changes facts stands in: a unit of work, the rules, the present.
namespace commands {

struct Scene {
    storage::Database& db;
    World const& world;
    governance::Instant now;
};

/// "7月8日"; a moment at midnight is the end of the day before.
std::string day_text(Scene const& scene, governance::Instant at);
/// "7月8日17:30"; midnight is "7月10日24:00".
std::string moment_text(Scene const& scene, governance::Instant at);
std::string date_text(governance::LocalDate date);
/// Hundredths as people write them: 66.7, 80, 4.25.
std::string hundredths_text(std::int64_t hundredths);
/// Fen as yuan: "3000元", "12.5元".
std::string yuan_text(std::int64_t fen);
/// What to call somebody in public: family name and 女士/先生 is not known here, so building-level "邻居" or the office's role.
std::string public_name(Scene const& scene, governance::Actor const& actor);
/// Chinese name of a role.
std::string role_text(Scene const& scene, std::string const& role);
/// Chinese names of the roles that actor words joined by '|' mean, joined by 、.
std::string actors_text(Scene const& scene, std::string const& words);
/// Address of a matter's public page.
std::string page_url(Scene const& scene, governance::CommunityId const& community, governance::RefNo no);
/// JSON string literal of UTF-8 text.
std::string json_text(std::string_view text);

} // namespace commands
