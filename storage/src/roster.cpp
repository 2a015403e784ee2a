#include "storage/roster.hpp"

namespace storage {
namespace {

using governance::HouseholdId;
using governance::PersonId;
using governance::UnitId;

#define YIQI_ROSTER_QUERY                                                                                                                  \
    "SELECT i.user_id, p.id, p.community, p.name, p.household, p.home, p.adult, g.role, g.scope FROM identity i "                          \
    "JOIN person p ON p.community = i.community AND p.id = i.person "                                                                      \
    "LEFT JOIN role_grant g ON g.community = p.community AND g.person = p.id AND g.ended_at IS NULL "

/// One row of the query per role of a user.
std::vector<RosterRow> read_roster(Cursor rows)
{
    std::vector<RosterRow> roster;
    while (rows.next()) {
        if (roster.empty() || roster.back().user_id != rows.text(0))
            roster.push_back({rows.str(0),
                              PersonId{rows.str(1)},
                              governance::CommunityId{rows.str(2)},
                              rows.str(3),
                              HouseholdId{rows.str(4)},
                              UnitId{rows.str(5)},
                              rows.integer(6) != 0,
                              {}});
        if (!rows.null(7))
            roster.back().roles.push_back({rows.str(7), UnitId{rows.str(8)}});
    }
    return roster;
}

} // namespace

std::vector<RosterRow> roster(Database& db, std::string_view account, std::string_view after, std::int64_t limit)
{
    return read_roster(db.query(YIQI_ROSTER_QUERY
                                "WHERE i.account = $1 AND i.user_id IN (SELECT user_id FROM identity WHERE account = $1 AND "
                                "user_id > $2 ORDER BY user_id LIMIT $3) ORDER BY i.user_id, g.role, g.scope",
                                {account, after, limit}));
}

std::optional<RosterRow> find_roster_row(Database& db, std::string_view account, std::string_view user_id)
{
    auto rows =
        read_roster(db.query(YIQI_ROSTER_QUERY "WHERE i.account = $1 AND i.user_id = $2 ORDER BY g.role, g.scope", {account, user_id}));
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::vector<std::pair<HouseholdId, std::string>> adults_by_household(Database& db, std::string_view account,
                                                                     governance::CommunityId const& community)
{
    std::vector<std::pair<HouseholdId, std::string>> found;
    auto rows = db.query("SELECT p.household, i.user_id FROM identity i JOIN person p ON p.community = i.community AND p.id = i.person "
                         "WHERE i.account = $1 AND p.community = $2 AND p.household <> '' AND p.adult = 1 ORDER BY p.household, i.user_id",
                         {account, community.str()});
    while (rows.next())
        found.emplace_back(HouseholdId{rows.str(0)}, rows.str(1));
    return found;
}

std::vector<std::string> all_names(Database& db)
{
    std::vector<std::string> names;
    auto rows = db.query("SELECT DISTINCT name FROM person WHERE name <> '' ORDER BY name");
    while (rows.next())
        names.push_back(rows.str(0));
    return names;
}

std::vector<std::pair<std::string, Group>> linked_groups(Database& db, std::string_view account)
{
    std::vector<std::pair<std::string, Group>> groups;
    auto rows = db.query("SELECT l.chat_id, g.id, g.community, g.name, g.kind, g.scope, g.daily_budget, g.quiet_start, g.quiet_end, "
                         "g.bot_enabled FROM group_link l JOIN chat_group g ON g.id = l.group_id WHERE l.account = $1 ORDER BY l.chat_id",
                         {account});
    while (rows.next()) {
        Group group;
        group.id = governance::GroupId{rows.str(1)};
        group.community = governance::CommunityId{rows.str(2)};
        group.name = rows.str(3);
        group.kind = rows.str(4);
        group.scope = UnitId{rows.str(5)};
        group.daily_budget = rows.integer(6);
        group.quiet_start_min = rows.integer(7);
        group.quiet_end_min = rows.integer(8);
        group.bot_enabled = rows.integer(9) != 0;
        groups.emplace_back(rows.str(0), std::move(group));
    }
    return groups;
}

} // namespace storage
