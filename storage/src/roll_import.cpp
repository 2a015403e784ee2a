#include "storage/csv.hpp"
#include "storage/district.hpp"

#include <algorithm>
#include <set>

namespace storage {
namespace {

HouseholdRow household_of(CsvRow const& row, governance::Organisation const& organisation)
{
    HouseholdRow household;
    household.id = row.at("id");
    household.community = row.at("community");
    household.grid = row.at("grid");
    household.household_class = row.at("household_class");
    household.home = row.at("building_id").empty() ? row.at("hamlet") : row.at("building_id");
    if (auto const* home = organisation.named(household.home))
        household.home = home->id.str();
    else if (household.home.empty())
        household.home = household.grid;
    household.unit = row.at("unit");
    household.room = row.at("room").empty() ? row.at("house_no") : row.at("room");
    household.head = row.at("head");
    household.points_account = row.at("points_account");
    return household;
}

/// What is wrong with a household; empty when nothing is.
std::string fault(HouseholdRow const& household, governance::Organisation const& organisation)
{
    auto const known = [&](std::string const& id) { return organisation.find(governance::UnitId{id}) != nullptr; };
    if (household.id.empty())
        return "id is empty";
    if (!known(household.community))
        return "community " + household.community + " is not known";
    if (!known(household.grid))
        return "grid " + household.grid + " is not known";
    if (!known(household.home))
        return "building or hamlet " + household.home + " is not known";
    return {};
}

} // namespace

std::vector<std::string> import_roll(Database& db, std::string_view csv)
{
    auto const table = read_csv(csv);
    auto problems = table.problems;
    for (auto const* column : {"id", "grid", "community", "household_class", "building_id", "hamlet", "head"})
        if (std::find(table.columns.begin(), table.columns.end(), column) == table.columns.end())
            problems.push_back("line 1: column " + std::string{column} + " is missing");
    if (!problems.empty())
        return problems;
    auto const organisation = load_organisation(db);
    std::set<std::string> ids;
    std::vector<HouseholdRow> households;
    for (auto const& row : table.rows) {
        auto household = household_of(row, organisation);
        auto what = fault(household, organisation);
        if (what.empty() && !ids.insert(household.id).second)
            what = "id " + household.id + " stands twice";
        if (!what.empty())
            problems.push_back("line " + std::to_string(row.line) + ": " + what);
        households.push_back(std::move(household));
    }
    if (!problems.empty())
        return problems;
    for (auto const& household : households)
        write_household(db, household);
    district_changed(db);
    return {};
}

} // namespace storage
