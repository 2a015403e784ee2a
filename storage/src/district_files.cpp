#include "storage/csv.hpp"
#include "storage/district.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

namespace storage {
namespace {

using governance::Unit;
using governance::UnitId;
using governance::UnitType;
using nlohmann::json;

constexpr std::uintmax_t kLargestFile = 64U << 20U;

std::string slurp(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> split(std::string const& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);)
        if (!part.empty())
            parts.push_back(part);
    return parts;
}

bool truth(std::string const& cell)
{
    return cell == "True" || cell == "true" || cell == "1" || cell == "是";
}

/// Collects a district; every method notes what it cannot accept and goes on, so that one run names every faulty row.
class Reader {
public:
    Reader(std::filesystem::path folder, std::vector<std::string>& problems) : folder_(std::move(folder)), problems_(problems) {}

    District read()
    {
        organisation();
        for (auto const& unit : district_.units)
            known_.insert(unit.id.str());
        departments();
        households();
        residents();
        staff();
        groups();
        calendar();
        for (auto const* name : {"departments.csv", "routing.csv", "sla.csv", "points_catalog.csv", "points_classes.json",
                                 "points_shop.csv", "services.csv", "cycles.json", "permissions.json", "notices.json", "star_rubric.csv",
                                 "star_sites.csv", "star_scores.csv", "star_awards.json", "sunshine_items.csv", "tasks.json", "org.json"})
            if (auto text = content(name, false); !text.empty())
                district_.files.emplace(name, std::move(text));
        return std::move(district_);
    }

private:
    void problem(std::string const& file, std::size_t line, std::string const& what)
    {
        problems_.push_back((folder_ / file).string() + ":" + std::to_string(line) + ": " + what);
    }

    std::string content(std::string const& name, bool required)
    {
        auto const path = folder_ / name;
        std::error_code error;
        auto const size = std::filesystem::file_size(path, error);
        if (error) {
            if (required)
                problems_.push_back(path.string() + ": missing");
            return {};
        }
        if (size > kLargestFile) {
            problems_.push_back(path.string() + ": larger than 64 MiB");
            return {};
        }
        return slurp(path);
    }

    CsvTable table(std::string const& name, bool required, std::initializer_list<char const*> columns)
    {
        auto const text = content(name, required);
        if (text.empty())
            return {};
        auto read = read_csv(text);
        for (auto const& what : read.problems)
            problems_.push_back((folder_ / name).string() + ": " + what);
        for (auto const* column : columns)
            if (std::find(read.columns.begin(), read.columns.end(), column) == read.columns.end()) {
                problem(name, 1, "column " + std::string{column} + " is missing");
                return {};
            }
        return read;
    }

    std::int64_t number(std::string const& file, CsvRow const& row, char const* column)
    {
        auto const& cell = row.at(column);
        std::int64_t value = 0;
        auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc{} || end != cell.data() + cell.size())
            problem(file, row.line, std::string{column} + " is not a whole number: \"" + cell + "\"");
        return value;
    }

    void organisation();
    void add_units(json const& org, char const* list, UnitType type, char const* parent_key);
    void add_buildings(json const& org);
    void departments();
    void households();
    void residents();
    void staff();
    void groups();
    void calendar();
    void check_tree();
    [[nodiscard]] Unit const* unit(std::string const& id) const
    {
        auto const found =
            std::find_if(district_.units.begin(), district_.units.end(), [&](Unit const& candidate) { return candidate.id.str() == id; });
        return found == district_.units.end() ? nullptr : &*found;
    }

    std::filesystem::path folder_;
    std::vector<std::string>& problems_;
    District district_;
    std::set<std::string> known_;
    std::set<std::string> people_;
    std::map<std::string, HouseholdRow const*> homes_;
};

void Reader::add_units(json const& org, char const* list, UnitType type, char const* parent_key)
{
    for (auto const& item : org.value(list, json::array())) {
        Unit unit;
        unit.id = UnitId{item.at("id").get<std::string>()};
        unit.type = item.contains("type") && governance::unit_type(item.at("type").get<std::string>())
                        ? *governance::unit_type(item.at("type").get<std::string>())
                        : type;
        unit.name = item.value("name", "");
        if (item.contains(parent_key) && item.at(parent_key).is_string())
            unit.parent = UnitId{item.at(parent_key).get<std::string>()};
        unit.aliases = item.value("aliases", std::vector<std::string>{});
        unit.households = item.value("registered_households", item.value("households", std::int64_t{0}));
        unit.adults = item.value("adults", std::int64_t{0});
        unit.roll_complete = item.value("roll_complete", false);
        unit.owners_committee = item.value("owners_committee", false);
        district_.units.push_back(std::move(unit));
    }
}

void Reader::add_buildings(json const& org)
{
    for (auto const& item : org.value("buildings", json::array())) {
        Unit unit;
        unit.id = UnitId{item.at("id").get<std::string>()};
        unit.type = UnitType::building;
        unit.label = item.value("building", "");
        bool const by_road = !item.contains("estate") || item.at("estate").is_null();
        unit.name = by_road ? item.value("estate_name", "") : item.value("estate_name", "") + unit.label + "栋";
        unit.parent = UnitId{item.at("grid").get<std::string>()};
        if (!by_road)
            unit.estate = UnitId{item.at("estate").get<std::string>()};
        unit.road = item.value("road", "");
        unit.road_no = item.value("road_no", "");
        unit.stairwells = item.value("units", std::int64_t{0});
        unit.floors = item.value("floors", std::int64_t{0});
        unit.households = item.value("households", std::int64_t{0});
        unit.roll_complete = item.value("roll_complete", false);
        district_.units.push_back(std::move(unit));
    }
}

void Reader::organisation()
{
    auto const text = content("org.json", true);
    if (text.empty())
        return;
    try {
        auto const org = json::parse(text);
        district_.as_of = org.value("as_of", "");
        add_units(org, "units", UnitType::street, "parent");
        add_units(org, "estates", UnitType::estate, "community");
        add_units(org, "grids", UnitType::grid, "parent");
        add_buildings(org);
        // A hamlet hangs below the grid that lists it; its village is the fallback.
        std::map<std::string, std::string> grid_of;
        for (auto const& grid : org.value("grids", json::array()))
            for (auto const& member : grid.value("members", json::array()))
                grid_of[member.get<std::string>()] = grid.at("id").get<std::string>();
        auto const before = district_.units.size();
        add_units(org, "hamlets", UnitType::hamlet, "village");
        for (auto i = before; i < district_.units.size(); ++i)
            if (auto const grid = grid_of.find(district_.units[i].id.str()); grid != grid_of.end())
                district_.units[i].parent = UnitId{grid->second};
        check_tree();
    } catch (json::exception const& error) {
        problems_.push_back((folder_ / "org.json").string() + ": " + error.what());
    }
}

void Reader::check_tree()
{
    std::set<std::string> ids;
    for (auto const& unit : district_.units)
        if (!ids.insert(unit.id.str()).second)
            problem("org.json", 1, "unit " + unit.id.str() + " stands twice");
    for (auto const& unit : district_.units) {
        if (!unit.parent.empty() && !ids.contains(unit.parent.str()))
            problem("org.json", 1, "unit " + unit.id.str() + ": parent " + unit.parent.str() + " is not known");
        if (!unit.estate.empty() && !ids.contains(unit.estate.str()))
            problem("org.json", 1, "unit " + unit.id.str() + ": estate " + unit.estate.str() + " is not known");
    }
    for (auto& unit : district_.units) {
        auto const* up = &unit;
        for (int depth = 0; up != nullptr && depth < 16; ++depth) {
            if (up->type == UnitType::urban_community || up->type == UnitType::village) {
                unit.community = governance::community_from(up->id);
                break;
            }
            up = this->unit(up->parent.str());
        }
    }
}

void Reader::departments()
{
    for (auto const& row : table("departments.csv", false, {"id", "name", "level", "aliases"}).rows) {
        Unit unit;
        unit.id = UnitId{row.at("id")};
        unit.type = UnitType::department;
        unit.name = row.at("name");
        unit.aliases = split(row.at("aliases"), '|');
        if (unit.id.empty() || !known_.insert(unit.id.str()).second)
            problem("departments.csv", row.line, "id is empty or stands twice: \"" + unit.id.str() + "\"");
        district_.units.push_back(std::move(unit));
    }
}

void Reader::households()
{
    std::set<std::string> ids;
    for (auto const& row :
         table("households.csv", true, {"id", "grid", "community", "household_class", "building_id", "hamlet", "head"}).rows) {
        HouseholdRow household;
        household.id = row.at("id");
        household.community = row.at("community");
        household.grid = row.at("grid");
        household.household_class = row.at("household_class");
        household.home = row.at("building_id").empty() ? row.at("hamlet") : row.at("building_id");
        // Hamlets are written by name in the roll, by id in the tree.
        if (!known_.contains(household.home))
            for (auto const& unit : district_.units)
                if (unit.name == household.home && unit.community.str() == household.community)
                    household.home = unit.id.str();
        household.unit = row.at("unit");
        household.room = row.at("room").empty() ? row.at("house_no") : row.at("room");
        household.head = row.at("head");
        household.points_account = row.at("points_account");
        if (household.id.empty() || !ids.insert(household.id).second)
            problem("households.csv", row.line, "id is empty or stands twice: \"" + household.id + "\"");
        for (auto const& [column, value] : {std::pair{"community", household.community}, std::pair{"grid", household.grid}})
            if (!known_.contains(value))
                problem("households.csv", row.line, std::string{column} + " " + value + " is not in org.json");
        if (household.home.empty())
            household.home = household.grid;
        else if (!known_.contains(household.home))
            problem("households.csv", row.line, "building or hamlet " + household.home + " is not in org.json");
        district_.households.push_back(std::move(household));
    }
    for (auto const& household : district_.households)
        homes_.emplace(household.id, &household);
}

/// Where a resident's role holds: the own building or hamlet, estate, or community (README of the demo district).
UnitId role_scope(std::string const& role, HouseholdRow const& household, Unit const* home)
{
    if (role == "building_head" || role == "lane_head" || role == "unit_head")
        return UnitId{household.home};
    if (role == "owners_committee_member" && home != nullptr && !home->estate.empty())
        return home->estate;
    return UnitId{household.community};
}

void Reader::residents()
{
    auto const rows = table("residents.csv", true, {"id", "name", "household", "adult", "chat_id", "roles"});
    for (auto const& row : rows.rows) {
        PersonRow person;
        person.id = row.at("id");
        person.name = row.at("name");
        person.household = row.at("household");
        person.chat_id = row.at("chat_id");
        person.adult = truth(row.at("adult"));
        person.party_member = truth(row.at("party_member"));
        if (!row.at("birth_year").empty())
            person.birth_year = number("residents.csv", row, "birth_year");
        if (person.id.empty() || !people_.insert(person.id).second)
            problem("residents.csv", row.line, "id is empty or stands twice: \"" + person.id + "\"");
        auto const home = homes_.find(person.household);
        if (home == homes_.end()) {
            problem("residents.csv", row.line, "household " + person.household + " is not in households.csv");
            continue;
        }
        person.community = home->second->community;
        person.home = home->second->home;
        auto const community = UnitId{person.community};
        person.roles.push_back({"resident", community});
        if (home->second->head == person.id)
            person.roles.push_back({"household_head", community});
        for (auto const& role : split(row.at("roles"), ';'))
            person.roles.push_back({role, role_scope(role, *home->second, unit(person.home))});
        district_.people.push_back(std::move(person));
    }
    for (auto const& household : district_.households)
        if (!household.head.empty() && !people_.contains(household.head))
            problems_.push_back((folder_ / "households.csv").string() + ": household " + household.id + ": head " + household.head +
                                " is not in residents.csv");
}

void Reader::staff()
{
    for (auto const& row : table("staff.csv", true, {"id", "name", "role", "scope", "chat_id"}).rows) {
        PersonRow person;
        person.id = row.at("id");
        person.name = row.at("name");
        person.chat_id = row.at("chat_id");
        person.note = row.at("note");
        person.staff = true;
        if (person.id.empty() || !people_.insert(person.id).second)
            problem("staff.csv", row.line, "id is empty or stands twice: \"" + person.id + "\"");
        if (!known_.contains(row.at("scope")))
            problem("staff.csv", row.line, "scope " + row.at("scope") + " is neither in org.json nor in departments.csv");
        auto const* scope = unit(row.at("scope"));
        person.community = scope != nullptr && !scope->community.empty() ? scope->community.str() : row.at("scope");
        for (auto const& role : split(row.at("role"), ';'))
            person.roles.push_back({role, UnitId{row.at("scope")}});
        district_.people.push_back(std::move(person));
    }
}

void Reader::groups()
{
    auto minutes = [&](CsvRow const& row, char const* column) -> std::int64_t {
        auto const parts = split(row.at(column), ':');
        std::int64_t hour = -1;
        std::int64_t minute = -1;
        if (parts.size() == 2) {
            std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), hour);
            std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), minute);
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            problem("groups.csv", row.line, std::string{column} + " is not a time such as 21:30: \"" + row.at(column) + "\"");
            return 0;
        }
        return hour * 60 + minute;
    };
    std::set<std::string> ids;
    for (auto const& row :
         table("groups.csv", true, {"id", "name", "kind", "scope", "daily_notice_budget", "quiet_start", "quiet_end", "bot_enabled"})
             .rows) {
        GroupRow group;
        group.id = row.at("id");
        group.name = row.at("name");
        group.kind = row.at("kind");
        group.scope = row.at("scope");
        group.daily_budget = number("groups.csv", row, "daily_notice_budget");
        group.quiet_start_min = minutes(row, "quiet_start");
        group.quiet_end_min = minutes(row, "quiet_end");
        group.bot_enabled = truth(row.at("bot_enabled"));
        if (group.id.empty() || !ids.insert(group.id).second)
            problem("groups.csv", row.line, "id is empty or stands twice: \"" + group.id + "\"");
        auto const* scope = unit(group.scope);
        if (scope == nullptr)
            problem("groups.csv", row.line, "scope " + group.scope + " is not in org.json");
        else
            group.community = scope->community.empty() ? group.scope : scope->community.str();
        district_.groups.push_back(std::move(group));
    }
}

void Reader::calendar()
{
    std::error_code error;
    for (auto const& entry : std::filesystem::directory_iterator(folder_, error)) {
        auto const name = entry.path().filename().string();
        if (!name.starts_with("calendar_") || !name.ends_with(".csv"))
            continue;
        for (auto const& row : table(name, true, {"date", "kind"}).rows) {
            if (row.at("date").size() != 10 || (row.at("kind") != "holiday" && row.at("kind") != "workday"))
                problem(name, row.line, "want a date YYYY-MM-DD and holiday or workday");
            district_.calendar[row.at("date")] = row.at("kind");
        }
    }
}

} // namespace

District read_district(std::filesystem::path const& folder, std::vector<std::string>& problems)
{
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        problems.push_back(folder.string() + ": not a folder");
        return {};
    }
    return Reader{folder, problems}.read();
}

} // namespace storage
