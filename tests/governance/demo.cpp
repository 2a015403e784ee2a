#include "governance/demo.hpp"

#include "storage/definition_file.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace demo {

namespace {

std::string const kRoot = YIQI_SOURCE_DIR;

std::vector<std::string> cells(std::string const& line)
{
    std::vector<std::string> all(1);
    bool quoted = false;
    for (char const c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            all.emplace_back();
        else if (c != '\r')
            all.back() += c;
    }
    return all;
}

} // namespace

nlohmann::json json(std::string const& file)
{
    std::ifstream in(kRoot + "/data/demo/" + file);
    return nlohmann::json::parse(in);
}

std::vector<std::map<std::string, std::string>> csv(std::string const& file)
{
    std::ifstream in(kRoot + "/data/demo/" + file);
    std::string line;
    std::getline(in, line);
    auto const head = cells(line);
    std::vector<std::map<std::string, std::string>> rows;
    while (std::getline(in, line)) {
        auto const values = cells(line);
        std::map<std::string, std::string> row;
        for (std::size_t i = 0; i < head.size() && i < values.size(); ++i)
            row[head[i]] = values[i];
        rows.push_back(row);
    }
    if (rows.empty())
        throw std::runtime_error(file + " has no rows");
    return rows;
}

std::set<std::string> notice_ids()
{
    std::set<std::string> ids;
    auto const file = json("notices.json");
    for (auto const& notice : file.at("notices"))
        ids.insert(notice.at("id").get<std::string>());
    return ids;
}

std::set<std::string> actor_words()
{
    std::set<std::string> words;
    auto const file = json("permissions.json");
    for (auto const& [word, meaning] : file.at("actors").items())
        words.insert(word);
    return words;
}

governance::LocalDate day(std::string const& text)
{
    int year = 0;
    unsigned month = 0;
    unsigned date = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &date) != 3)
        throw std::runtime_error("no day: " + text);
    return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(date);
}

governance::Instant at(std::string const& text)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (text.size() > 10 && std::sscanf(text.c_str() + 11, "%d:%d:%d", &hour, &minute, &second) < 2)
        throw std::runtime_error("no time: " + text);
    auto const local =
        std::chrono::local_days{day(text)} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
    return calendar().zone.instant(local);
}

std::string text(governance::Instant instant)
{
    auto const local = calendar().zone.local(instant);
    auto const date = calendar().zone.date(instant);
    auto const in_day = std::chrono::floor<std::chrono::seconds>(local - std::chrono::floor<std::chrono::days>(local));
    std::chrono::hh_mm_ss const clock{in_day};
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return buffer;
}

governance::WorkCalendar const& calendar()
{
    static auto const filled = [] {
        governance::WorkCalendar table;
        for (auto const& row : csv("calendar_2026.csv"))
            (row.at("kind") == "holiday" ? table.holidays : table.shifted_workdays).insert(day(row.at("date")));
        table.known_until = day("2026-12-31");
        return table;
    }();
    return filled;
}

governance::workflow::Definition const& definition(std::string const& id)
{
    static auto const all = storage::load_definitions(kRoot + "/data/procedures", notice_ids(), actor_words());
    auto const* found = all.newest(id);
    if (!found)
        throw std::runtime_error("no definition " + id);
    return *found;
}

} // namespace demo
