#include "storage/settings.hpp"

#include "prefix.hpp"

namespace storage {

std::optional<std::string> Settings::get(governance::CommunityId const& community, std::string_view name)
{
    auto rows = db_.query("SELECT value FROM settings WHERE community = $1 AND name = $2", {community.str(), name});
    return rows.next() ? std::optional(rows.str(0)) : std::nullopt;
}

void Settings::set(governance::CommunityId const& community, std::string_view name, std::string_view value)
{
    db_.run("INSERT INTO settings (community, name, value) VALUES ($1, $2, $3) "
            "ON CONFLICT (community, name) DO UPDATE SET value = excluded.value",
            {community.str(), name, value});
}

bool Settings::erase(governance::CommunityId const& community, std::string_view name)
{
    return db_.run("DELETE FROM settings WHERE community = $1 AND name = $2", {community.str(), name}) == 1;
}

std::vector<std::pair<std::string, std::string>> Settings::list(governance::CommunityId const& community, std::string_view prefix)
{
    std::vector<std::pair<std::string, std::string>> found;
    auto rows = db_.query("SELECT name, value FROM settings WHERE community = $1 AND name >= $2 AND name <= $3 ORDER BY name",
                          {community.str(), prefix, last_with_prefix(prefix)});
    while (rows.next())
        found.emplace_back(rows.str(0), rows.str(1));
    return found;
}

std::int64_t Numbers::next(governance::CommunityId const& community, std::string_view name)
{
    auto rows = db_.query("INSERT INTO numbers (community, name, last) VALUES ($1, $2, 1) "
                          "ON CONFLICT (community, name) DO UPDATE SET last = numbers.last + 1 RETURNING last",
                          {community.str(), name});
    rows.next();
    return rows.integer(0);
}

std::int64_t Numbers::last(governance::CommunityId const& community, std::string_view name)
{
    auto rows = db_.query("SELECT last FROM numbers WHERE community = $1 AND name = $2", {community.str(), name});
    return rows.next() ? rows.integer(0) : 0;
}

void Numbers::raise(governance::CommunityId const& community, std::string_view name, std::int64_t value)
{
    db_.run("INSERT INTO numbers (community, name, last) VALUES ($1, $2, $3) "
            "ON CONFLICT (community, name) DO UPDATE SET last = excluded.last WHERE numbers.last < excluded.last",
            {community.str(), name, value});
}

} // namespace storage
