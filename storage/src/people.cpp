#include "storage/people.hpp"

#include "storage/district.hpp"
#include "storage/time.hpp"

#include <algorithm>
#include <tuple>

namespace storage {
namespace {

using governance::Actor;
using governance::PersonId;
using governance::UnitId;

constexpr std::int64_t kTouchAfterUs = 24LL * 3600 * 1'000'000;

// What an actor is made of, in the order in which actor_from() reads it; r may be missing.
#define YIQI_ACTOR "p.id, p.community, p.name, p.household, p.home, p.adult, r.role, r.scope"
#define YIQI_ROLES "LEFT JOIN role_grant r ON r.community = p.community AND r.person = p.id AND r.ended_at IS NULL"

/// One row for each role, at least one. Nothing when there is no row.
std::optional<Actor> actor_from(Cursor rows)
{
    if (!rows.next())
        return std::nullopt;
    Actor actor;
    actor.person = PersonId{rows.str(0)};
    actor.community = governance::CommunityId{rows.str(1)};
    actor.display_name = rows.str(2);
    actor.household = governance::HouseholdId{rows.str(3)};
    actor.home = UnitId{rows.str(4)};
    actor.adult = rows.integer(5) != 0;
    do {
        if (!rows.null(6))
            actor.roles.push_back({rows.str(6), UnitId{rows.str(7)}});
    } while (rows.next());
    std::sort(actor.roles.begin(), actor.roles.end(),
              [](auto const& a, auto const& b) { return std::tie(a.role, a.scope) < std::tie(b.role, b.scope); });
    return actor;
}

Group group_from(Cursor const& rows)
{
    Group group;
    group.id = governance::GroupId{rows.str(0)};
    group.community = governance::CommunityId{rows.str(1)};
    group.name = rows.str(2);
    group.kind = rows.str(3);
    group.scope = UnitId{rows.str(4)};
    group.daily_budget = rows.integer(5);
    group.quiet_start_min = rows.integer(6);
    group.quiet_end_min = rows.integer(7);
    group.bot_enabled = rows.integer(8) != 0;
    return group;
}

Household household_from(Cursor const& rows)
{
    return {governance::HouseholdId{rows.str(0)},
            governance::CommunityId{rows.str(1)},
            UnitId{rows.str(2)},
            UnitId{rows.str(3)},
            rows.str(4),
            PersonId{rows.str(5)}};
}

} // namespace

Actor load_actor(Database& db, std::string_view account, std::string_view user_id)
{
    return actor_from(db.query("SELECT " YIQI_ACTOR
                               " FROM identity i JOIN person p ON p.community = i.community AND p.id = i.person " YIQI_ROLES
                               " WHERE i.account = $1 AND i.user_id = $2",
                               {account, user_id}))
        .value_or(Actor{});
}

std::optional<Actor> load_person(Database& db, PersonId const& person)
{
    return actor_from(db.query("SELECT " YIQI_ACTOR " FROM person p " YIQI_ROLES " WHERE p.id = $1", {person.str()}));
}

void touch_identity(Database& db, std::string_view account, std::string_view user_id, std::string_view channel, governance::Instant now)
{
    auto const at = now.time_since_epoch().count();
    {
        auto rows = db.query("SELECT last_channel, last_used FROM identity WHERE account = $1 AND user_id = $2", {account, user_id});
        if (!rows.next() || (rows.text(0) == channel && at - rows.integer(1) < kTouchAfterUs))
            return;
    }
    db.run("UPDATE identity SET last_channel = $3, last_used = $4 WHERE account = $1 AND user_id = $2", {account, user_id, channel, at});
}

void bind_identity(Database& db, std::string_view account, std::string_view user_id, governance::CommunityId const& community,
                   PersonId const& person, governance::Instant now)
{
    db.run(
        "INSERT INTO identity (account, user_id, community, person, bound_at, last_channel, last_used) VALUES ($1, $2, $3, $4, $5, '', 0) "
        "ON CONFLICT (account, user_id) DO UPDATE SET community = excluded.community, person = excluded.person, bound_at = "
        "excluded.bound_at",
        {account, user_id, community.str(), person.str(), now.time_since_epoch().count()});
}

std::optional<Group> find_group(Database& db, std::string_view account, std::string_view chat_id)
{
    std::string id;
    {
        auto rows = db.query("SELECT group_id FROM group_link WHERE account = $1 AND chat_id = $2", {account, chat_id});
        if (!rows.next())
            return std::nullopt;
        id = rows.str(0);
    }
    return load_group(db, governance::GroupId{id});
}

std::optional<Group> load_group(Database& db, governance::GroupId const& id)
{
    auto rows = db.query("SELECT id, community, name, kind, scope, daily_budget, quiet_start, quiet_end, bot_enabled FROM chat_group "
                         "WHERE id = $1",
                         {id.str()});
    if (!rows.next())
        return std::nullopt;
    return group_from(rows);
}

std::vector<Group> groups_at(Database& db, UnitId const& scope, std::string_view kind)
{
    std::vector<Group> groups;
    auto rows = db.query("SELECT id, community, name, kind, scope, daily_budget, quiet_start, quiet_end, bot_enabled FROM chat_group "
                         "WHERE scope = $1 AND kind = $2 ORDER BY id",
                         {scope.str(), kind});
    while (rows.next())
        groups.push_back(group_from(rows));
    return groups;
}

std::vector<Group> all_groups(Database& db)
{
    std::vector<Group> groups;
    auto rows =
        db.query("SELECT id, community, name, kind, scope, daily_budget, quiet_start, quiet_end, bot_enabled FROM chat_group ORDER BY id");
    while (rows.next())
        groups.push_back(group_from(rows));
    return groups;
}

std::vector<PersonId> holders(Database& db, std::string_view role, UnitId const& scope)
{
    std::vector<PersonId> people;
    auto rows =
        db.query("SELECT person FROM role_grant WHERE role = $1 AND scope = $2 AND ended_at IS NULL ORDER BY person", {role, scope.str()});
    while (rows.next())
        people.emplace_back(rows.str(0));
    return people;
}

std::vector<PersonId> holders_marked(Database& db, std::string_view role, std::string_view mark)
{
    std::vector<PersonId> people;
    auto const pattern = "%" + std::string{mark} + "%";
    auto rows = db.query("SELECT DISTINCT r.person FROM role_grant r JOIN person p ON p.id = r.person "
                         "WHERE r.role = $1 AND r.ended_at IS NULL AND p.note LIKE $2 ORDER BY r.person",
                         {role, pattern});
    while (rows.next())
        people.emplace_back(rows.str(0));
    return people;
}

std::optional<Household> load_household(Database& db, governance::HouseholdId const& id)
{
    auto rows = db.query("SELECT id, community, home, grid, class, head FROM household WHERE id = $1", {id.str()});
    if (!rows.next())
        return std::nullopt;
    return household_from(rows);
}

governance::HouseholdId household_at(Database& db, governance::CommunityId const& community, UnitId const& home, std::string_view unit,
                                     std::string_view room)
{
    if (home.empty() || room.empty())
        return {};
    auto rows = db.query("SELECT id FROM household WHERE community = $1 AND home = $2 AND room = $3 AND ($4 = '' OR unit = $4) LIMIT 2",
                         {community.str(), home.str(), room, unit});
    if (!rows.next())
        return {};
    governance::HouseholdId found{rows.str(0)};
    return rows.next() ? governance::HouseholdId{} : found;
}

std::vector<Household> households_of(Database& db, governance::CommunityId const& community)
{
    std::vector<Household> households;
    auto rows =
        db.query("SELECT id, community, home, grid, class, head FROM household WHERE community = $1 ORDER BY id", {community.str()});
    while (rows.next())
        households.push_back(household_from(rows));
    return households;
}

std::vector<Member> members(Database& db, governance::CommunityId const& community, governance::HouseholdId const& household)
{
    std::vector<Member> found;
    auto rows = db.query("SELECT id, name, adult FROM person WHERE community = $1 AND household = $2 ORDER BY id",
                         {community.str(), household.str()});
    while (rows.next())
        found.push_back({PersonId{rows.str(0)}, rows.str(1), rows.integer(2) != 0});
    return found;
}

PersonId find_person(Database& db, governance::CommunityId const& community, std::string_view named)
{
    {
        auto rows = db.query("SELECT id FROM person WHERE id = $1", {named});
        if (rows.next())
            return PersonId{rows.str(0)};
    }
    {
        auto rows = db.query("SELECT person FROM identity WHERE user_id = $1 GROUP BY person", {named});
        if (rows.next()) {
            PersonId found{rows.str(0)};
            if (!rows.next())
                return found;
        }
    }
    for (std::int64_t const staff : {1, 0}) {
        auto rows =
            db.query("SELECT id FROM person WHERE community = $1 AND name = $2 AND staff = $3 LIMIT 2", {community.str(), named, staff});
        if (rows.next()) {
            PersonId found{rows.str(0)};
            return rows.next() ? PersonId{} : found;
        }
    }
    return {};
}

std::vector<Identity> identities(Database& db, PersonId const& person)
{
    std::vector<Identity> found;
    auto rows = db.query(
        "SELECT account, user_id, last_channel, last_used FROM identity WHERE person = $1 ORDER BY last_used DESC, account, user_id",
        {person.str()});
    while (rows.next())
        found.push_back({rows.str(0), rows.str(1), rows.str(2), instant(rows.integer(3))});
    return found;
}

std::vector<std::pair<std::string, std::string>> group_links(Database& db, governance::GroupId const& group)
{
    std::vector<std::pair<std::string, std::string>> found;
    auto rows = db.query("SELECT account, chat_id FROM group_link WHERE group_id = $1 ORDER BY account, chat_id", {group.str()});
    while (rows.next())
        found.emplace_back(rows.str(0), rows.str(1));
    return found;
}

std::string person_name(Database& db, PersonId const& person)
{
    auto rows = db.query("SELECT name FROM person WHERE id = $1", {person.str()});
    return rows.next() ? rows.str(0) : std::string{};
}

} // namespace storage
