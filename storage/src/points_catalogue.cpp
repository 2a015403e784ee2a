#include "storage/csv.hpp"
#include "storage/district.hpp"
#include "storage/points.hpp"
#include "storage/rule_files.hpp"
#include "storage/settings.hpp"
#include "storage/time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace storage {
namespace {

using governance::CatalogueItem;
using governance::Points;

constexpr std::string_view kFile = "points_catalog.csv";
constexpr std::string_view kVersion = "points_catalogue_version";
constexpr std::string_view kFrom = "points_catalogue_from/"; ///< and the version: when it takes effect, in microseconds

/// The district file of an edition; the first has the name that districts give it.
std::string file_of(int version)
{
    return version == 1 ? std::string{kFile} : "points_catalog." + std::to_string(version) + ".csv";
}

governance::Instant effective_from(Database& db, int version)
{
    std::int64_t value = 0;
    if (auto const kept = Settings{db}.get({}, std::string{kFrom} + std::to_string(version)))
        std::from_chars(kept->data(), kept->data() + kept->size(), value);
    return instant(value);
}

std::string at_line(std::size_t line, std::string const& what)
{
    return std::string{kFile} + ":" + std::to_string(line) + ": " + what;
}

/// Points as people write them, at most two decimals; nothing when it is no such number.
std::optional<Points> points_of(std::string const& text)
{
    auto const dot = text.find('.');
    auto decimals = dot == std::string::npos ? std::string{} : text.substr(dot + 1);
    if (decimals.size() > 2)
        return std::nullopt;
    decimals.resize(2, '0');
    auto const joined = text.substr(0, dot) + decimals;
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(joined.data(), joined.data() + joined.size(), value);
    if (error != std::errc{} || end != joined.data() + joined.size() || value > 100'000'000 || value < -100'000'000)
        return std::nullopt;
    return Points{value};
}

/// The item of a row; what is wrong with it goes to `fault`.
CatalogueItem item_from(CsvRow const& row, std::string& fault)
{
    CatalogueItem item;
    item.code = row.at("code");
    item.area = row.at("area");
    item.class_code = row.at("class_code");
    item.title = row.at("item");
    item.visibility = row.at("visibility");
    auto note = [&](std::string const& what) {
        if (fault.empty())
            fault = what;
    };
    auto points = [&](char const* column) {
        auto const value = points_of(row.at(column));
        if (!value)
            note(std::string{column} + ": not a number of at most two decimals: \"" + row.at(column) + "\"");
        return value.value_or(Points{});
    };
    if (item.code.empty() || item.title.empty() || item.class_code.empty())
        note("code, class_code and item may not be empty");
    item.subject_types = governance::parse_subject_types(row.at("subject_type")).value_or(item.subject_types);
    if (item.subject_types.empty())
        note("subject_type: not known: \"" + row.at("subject_type") + "\"");
    item.minimum = points("points_min");
    item.maximum = points("points_max");
    if (item.minimum > item.maximum)
        note("points_min is more than points_max");
    if (row.at("cap").empty())
        return item;
    item.cap = points("cap");
    if (auto const period = governance::parse_cap_period(row.at("cap_period")))
        item.cap_period = *period;
    else
        note("cap_period: not known: \"" + row.at("cap_period") + "\"");
    return item;
}

std::map<std::string, CatalogueItem> items(std::string_view csv, std::vector<std::string>& problems)
{
    std::map<std::string, CatalogueItem> catalogue;
    auto const table = read_csv(csv);
    for (auto const& problem : table.problems)
        problems.push_back(std::string{kFile} + ": " + problem);
    for (auto const* column : {"code", "class_code", "subject_type", "item", "points_min", "points_max", "cap", "cap_period"})
        if (std::find(table.columns.begin(), table.columns.end(), column) == table.columns.end())
            problems.push_back(at_line(1, std::string{"column "} + column + " is missing"));
    if (!problems.empty())
        return catalogue;
    for (auto const& row : table.rows) {
        std::string fault;
        auto item = item_from(row, fault);
        auto const code = item.code;
        if (fault.empty() && !catalogue.emplace(code, std::move(item)).second)
            fault = "code " + code + " stands twice";
        if (!fault.empty())
            problems.push_back(at_line(row.line, fault));
    }
    if (problems.empty() && catalogue.empty())
        problems.push_back(std::string{kFile} + ": no items");
    return catalogue;
}

} // namespace

std::map<std::string, CatalogueItem> read_points_catalogue(std::string_view csv)
{
    std::vector<std::string> problems;
    auto catalogue = items(csv, problems);
    if (!problems.empty())
        throw std::runtime_error(problems.front());
    return catalogue;
}

std::vector<std::string> check_points_catalogue(std::string_view csv)
{
    std::vector<std::string> problems;
    items(csv, problems);
    return problems;
}

std::vector<std::string> import_catalogue(Database& db, std::string_view csv, governance::Instant from)
{
    auto problems = check_points_catalogue(csv);
    auto const newest = district_file(db, file_of(catalogue_version(db)));
    if (!problems.empty() || newest == csv)
        return problems;
    auto const version = catalogue_version(db) + (newest.empty() ? 0 : 1);
    Settings{db}.set({}, kVersion, std::to_string(version));
    if (version > 1)
        Settings{db}.set({}, std::string{kFrom} + std::to_string(version), std::to_string(micros(from)));
    put_district_file(db, file_of(version), csv);
    return problems;
}

governance::Catalogue load_catalogue(Database& db)
{
    governance::Catalogue catalogue;
    for (int version = 1; version <= catalogue_version(db); ++version) {
        auto const text = district_file(db, file_of(version));
        if (text.empty())
            continue;
        auto items = read_points_catalogue(text);
        for (auto& [code, item] : items)
            item.version = version;
        catalogue.add(effective_from(db, version), std::move(items));
    }
    return catalogue;
}

int catalogue_version(Database& db)
{
    int version = 1;
    if (auto const kept = Settings{db}.get({}, kVersion))
        std::from_chars(kept->data(), kept->data() + kept->size(), version);
    return version;
}

std::map<std::string, Points> read_class_maxima(std::string_view text)
{
    std::map<std::string, Points> maxima;
    if (text.empty())
        return maxima;
    try {
        auto const file = nlohmann::json::parse(text);
        for (auto const* area : {"urban", "rural"})
            if (file.contains(area))
                for (auto const& [code, entry] : file.at(area).items())
                    maxima[code] = Points::whole(entry.at("max").get<std::int64_t>());
        return maxima;
    } catch (nlohmann::json::exception const& error) {
        throw std::runtime_error(std::string{"points_classes.json: "} + error.what());
    }
}

} // namespace storage
