#include "storage/district.hpp"

#include "storage/time.hpp"

#include <charconv>

namespace storage {
namespace {

using governance::Unit;
using governance::UnitId;

std::string joined(std::vector<std::string> const& parts)
{
    std::string out;
    for (auto const& part : parts) {
        if (!out.empty())
            out += '|';
        out += part;
    }
    return out;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        auto const end = text.find('|');
        parts.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

void put_unit(Database& db, Unit const& unit, std::int64_t position)
{
    db.run("INSERT INTO unit (id, community, type, name, parent, estate, aliases, households, adults, roll_complete, owners_committee, "
           "label, road, road_no, stairwells, floors, position) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
           "ON CONFLICT (id) DO UPDATE SET community = excluded.community, type = excluded.type, name = excluded.name, "
           "parent = excluded.parent, estate = excluded.estate, aliases = excluded.aliases, households = excluded.households, "
           "adults = excluded.adults, roll_complete = excluded.roll_complete, owners_committee = excluded.owners_committee, "
           "label = excluded.label, road = excluded.road, road_no = excluded.road_no, stairwells = excluded.stairwells, "
           "floors = excluded.floors, position = excluded.position",
           {unit.id.str(), unit.community.str(), name(unit.type), unit.name, unit.parent.str(), unit.estate.str(), joined(unit.aliases),
            unit.households, unit.adults, std::int64_t{unit.roll_complete}, std::int64_t{unit.owners_committee}, unit.label, unit.road,
            unit.road_no, unit.stairwells, unit.floors, position});
}

void put_person(Database& db, PersonRow const& person, std::int64_t now)
{
    db.run("INSERT INTO person (community, id, name, household, home, adult, birth_year, party_member, staff, note) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (community, id) DO UPDATE SET name = excluded.name, "
           "household = excluded.household, home = excluded.home, adult = excluded.adult, birth_year = excluded.birth_year, "
           "party_member = excluded.party_member, staff = excluded.staff, note = excluded.note",
           {person.community, person.id, person.name, person.household, person.home, std::int64_t{person.adult}, person.birth_year,
            std::int64_t{person.party_member}, std::int64_t{person.staff}, person.note});
    for (auto const& grant : person.roles)
        db.run("INSERT INTO role_grant (community, person, role, scope, granted_at, ended_at, source) VALUES ($1, $2, $3, $4, $5, NULL, "
               "'import') "
               "ON CONFLICT (community, person, role, scope) DO NOTHING",
               {person.community, person.id, grant.role, grant.scope.str(), now});
}

void bind(Database& db, District const& district, std::string const& account, std::int64_t now)
{
    for (auto const& person : district.people)
        if (!person.chat_id.empty())
            db.run("INSERT INTO identity (account, user_id, community, person, bound_at, last_channel, last_used) "
                   "VALUES ($1, $2, $3, $4, $5, '', 0) "
                   "ON CONFLICT (account, user_id) DO UPDATE SET community = excluded.community, person = excluded.person",
                   {account, person.chat_id, person.community, person.id, now});
    for (auto const& group : district.groups)
        db.run("INSERT INTO group_link (account, chat_id, community, group_id) VALUES ($1, $2, $3, $4) "
               "ON CONFLICT (account, chat_id) DO UPDATE SET community = excluded.community, group_id = excluded.group_id",
               {account, group.id, group.community, group.id});
}

void put_group(Database& db, GroupRow const& group)
{
    db.run("INSERT INTO chat_group (community, id, name, kind, scope, daily_budget, quiet_start, quiet_end, bot_enabled) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (community, id) DO UPDATE SET name = excluded.name, "
           "kind = excluded.kind, scope = excluded.scope, daily_budget = excluded.daily_budget, quiet_start = excluded.quiet_start, "
           "quiet_end = excluded.quiet_end, bot_enabled = excluded.bot_enabled",
           {group.community, group.id, group.name, group.kind, group.scope, group.daily_budget, group.quiet_start_min, group.quiet_end_min,
            std::int64_t{group.bot_enabled}});
}

} // namespace

void write_household(Database& db, HouseholdRow const& row)
{
    db.run("INSERT INTO household (community, id, home, grid, class, unit, room, head, points_account) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (community, id) DO UPDATE SET home = excluded.home, "
           "grid = excluded.grid, class = excluded.class, unit = excluded.unit, room = excluded.room, head = excluded.head, "
           "points_account = excluded.points_account",
           {row.community, row.id, row.home, row.grid, row.household_class, row.unit, row.room, row.head, row.points_account});
}

void import_district(Database& db, District const& district, std::vector<std::string> const& accounts, governance::Instant now)
{
    std::int64_t position = 0;
    for (auto const& unit : district.units)
        put_unit(db, unit, position++);
    for (auto const& household : district.households)
        write_household(db, household);
    for (auto const& person : district.people)
        put_person(db, person, micros(now));
    for (auto const& group : district.groups)
        put_group(db, group);
    for (auto const& [day, kind] : district.calendar)
        db.run("INSERT INTO calendar_day (day, kind) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET kind = excluded.kind", {day, kind});
    for (auto const& [name, content] : district.files)
        db.run("INSERT INTO district_file (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
               {name, content});
    for (auto const& account : accounts)
        bind(db, district, account, micros(now));
    district_changed(db);
    if (!district.as_of.empty())
        db.run("INSERT INTO district_file (name, content) VALUES ('as_of', $1) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
               {district.as_of});
}

bool district_empty(Database& db)
{
    return district_version(db) == 0;
}

void district_changed(Database& db)
{
    db.run("INSERT INTO district_file (name, content) VALUES ('version', '1') ON CONFLICT (name) DO UPDATE SET content = $1",
           {std::to_string(district_version(db) + 1)});
}

std::int64_t district_version(Database& db)
{
    std::int64_t version = 0;
    auto const text = district_file(db, "version");
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

std::string district_file(Database& db, std::string_view name)
{
    auto rows = db.query("SELECT content FROM district_file WHERE name = $1", {name});
    return rows.next() ? rows.str(0) : std::string{};
}

void put_district_file(Database& db, std::string_view name, std::string_view content)
{
    db.run("INSERT INTO district_file (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
           {name, content});
    district_changed(db);
}

governance::Organisation load_organisation(Database& db)
{
    std::vector<Unit> units;
    auto rows = db.query("SELECT id, community, type, name, parent, estate, aliases, households, adults, roll_complete, owners_committee, "
                         "label, road, road_no, stairwells, floors FROM unit ORDER BY position, id");
    while (rows.next()) {
        Unit unit;
        unit.id = UnitId{rows.str(0)};
        unit.community = governance::CommunityId{rows.str(1)};
        unit.type = governance::unit_type(rows.text(2)).value_or(governance::UnitType::grid);
        unit.name = rows.str(3);
        unit.parent = UnitId{rows.str(4)};
        unit.estate = UnitId{rows.str(5)};
        unit.aliases = split(rows.text(6));
        unit.households = rows.integer(7);
        unit.adults = rows.integer(8);
        unit.roll_complete = rows.integer(9) != 0;
        unit.owners_committee = rows.integer(10) != 0;
        unit.label = rows.str(11);
        unit.road = rows.str(12);
        unit.road_no = rows.str(13);
        unit.stairwells = rows.integer(14);
        unit.floors = rows.integer(15);
        units.push_back(std::move(unit));
    }
    return governance::Organisation{std::move(units)};
}

std::map<std::string, std::string> load_calendar(Database& db)
{
    std::map<std::string, std::string> days;
    auto rows = db.query("SELECT day, kind FROM calendar_day ORDER BY day");
    while (rows.next())
        days.emplace(rows.str(0), rows.str(1));
    return days;
}

} // namespace storage
