#include "bot/gazetteer_files.hpp"

#include "storage/csv.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace bot {
namespace {

using commands::reader::Gazetteer;
using nlohmann::json;

std::vector<std::string> split(std::string const& text)
{
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, '|');)
        if (!part.empty())
            parts.push_back(part);
    return parts;
}

std::vector<std::string> aliases(json const& item)
{
    return item.value("aliases", std::vector<std::string>{});
}

void add_estates(json const& org, Gazetteer& out)
{
    std::map<std::string, std::vector<commands::reader::Building>> buildings;
    for (auto const& item : org.value("buildings", json::array()))
        if (item.contains("estate") && item.at("estate").is_string())
            buildings[item.at("estate").get<std::string>()].push_back(
                {item.value("building", ""), item.value("units", 0), item.value("floors", 0)});
    for (auto const& item : org.value("estates", json::array()))
        out.estates.push_back({item.value("name", ""), aliases(item), buildings[item.value("id", "")]});
}

void add_villages(json const& org, Gazetteer& out)
{
    std::map<std::string, std::string> villages;
    for (auto const& item : org.value("units", json::array()))
        if (item.value("type", "") == "village") {
            villages.emplace(item.value("id", ""), item.value("name", ""));
            out.villages.push_back({item.value("name", "")});
        }
    for (auto const& item : org.value("hamlets", json::array())) {
        // A resettlement site is spoken of as a place of its own, not as a hamlet.
        if (item.contains("resettlement_site"))
            out.sites.push_back({item.value("name", ""), aliases(item)});
        else
            out.hamlets.push_back({item.value("name", ""), villages[item.value("village", "")], aliases(item)});
    }
}

void add_organisation(std::string const& text, Gazetteer& out)
{
    try {
        auto const org = json::parse(text);
        add_estates(org, out);
        add_villages(org, out);
        for (auto const& item : org.value("roads", json::array()))
            out.roads.push_back({item.value("name", ""), item.value("number_from", 0), item.value("number_to", 0)});
        for (auto const& item : org.value("grids", json::array()))
            out.grids.push_back({item.value("id", ""), item.value("name", ""), aliases(item)});
        out.landmarks = org.value("landmarks", std::vector<std::string>{});
    } catch (json::exception const& error) {
        throw std::runtime_error(std::string{"org.json: "} + error.what());
    }
}

std::string content(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace

Gazetteer gazetteer_from_texts(std::string const& org_json, std::string const& departments_csv, std::string const& goods_csv)
{
    Gazetteer out;
    if (!org_json.empty())
        add_organisation(org_json, out);
    for (auto const& row : storage::read_csv(departments_csv).rows)
        out.departments.push_back({row.at("id"), row.at("name"), split(row.at("aliases"))});
    for (auto const& row : storage::read_csv(goods_csv).rows)
        out.goods.push_back({row.at("item"), split(row.at("synonyms"))});
    return out;
}

Gazetteer gazetteer_from_folder(std::filesystem::path const& folder)
{
    return gazetteer_from_texts(content(folder / "org.json"), content(folder / "departments.csv"), content(folder / "points_shop.csv"));
}

} // namespace bot
