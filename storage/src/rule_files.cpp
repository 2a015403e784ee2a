#include "storage/rule_files.hpp"

#include "storage/csv.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <stdexcept>

namespace storage {
namespace {

using nlohmann::json;

[[noreturn]] void fault(std::string const& file, std::size_t line, std::string const& what)
{
    throw std::runtime_error(file + ":" + std::to_string(line) + ": " + what);
}

std::map<std::string, std::string> cells(CsvRow const& row)
{
    return {row.cells.begin(), row.cells.end()};
}

CsvTable table(std::string const& file, std::string_view csv)
{
    auto read = read_csv(csv);
    if (!read.problems.empty())
        throw std::runtime_error(file + ": " + read.problems.front());
    return read;
}

std::set<governance::NoticeChannel> channels(std::string const& id, std::string const& words)
{
    std::set<governance::NoticeChannel> found;
    std::size_t begin = 0;
    while (begin <= words.size()) {
        auto const end = words.find('+', begin);
        auto const word = words.substr(begin, end == std::string::npos ? end : end - begin);
        auto const channel = governance::parse_notice_channel(word);
        if (!channel)
            throw std::runtime_error("notice " + id + ": channel " + word + " is not known");
        found.insert(*channel);
        if (end == std::string::npos)
            break;
        begin = end + 1;
    }
    return found;
}

/// Points as people write them, at most two decimals, in hundredths.
std::int64_t hundredths(CsvRow const& row, char const* column)
{
    auto const& text = row.at(column);
    auto const dot = text.find('.');
    auto digits = text.substr(0, dot);
    auto decimals = dot == std::string::npos ? std::string{} : text.substr(dot + 1);
    if (decimals.size() > 2)
        fault("points_catalog.csv", row.line, std::string{column} + ": more than two decimals");
    decimals.resize(2, '0');
    auto const joined = digits + decimals;
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(joined.data(), joined.data() + joined.size(), value);
    if (error != std::errc{} || end != joined.data() + joined.size())
        fault("points_catalog.csv", row.line, std::string{column} + ": not a number: " + text);
    return value;
}

} // namespace

governance::NoticeCatalogue read_notices(std::string_view text)
{
    try {
        governance::NoticeCatalogue catalogue;
        auto const file = json::parse(text);
        for (auto const& entry : file.at("notices")) {
            governance::NoticeDef notice;
            notice.id = entry.at("id").get<std::string>();
            notice.event = entry.value("event", "");
            notice.channels = channels(notice.id, entry.at("channel").get<std::string>());
            auto const timing = governance::parse_notice_timing(entry.at("timing").get<std::string>());
            if (!timing)
                throw std::runtime_error("notice " + notice.id + ": timing is not known");
            notice.timing = *timing;
            notice.text = entry.at("text").get<std::string>();
            if (!catalogue.emplace(notice.id, notice).second)
                throw std::runtime_error("notice " + notice.id + " stands twice");
        }
        return catalogue;
    } catch (json::exception const& error) {
        throw std::runtime_error(std::string{"notices: "} + error.what());
    }
}

governance::RoutingTable read_routing(std::string_view csv)
{
    governance::RoutingTable routing;
    for (auto const& row : table("routing.csv", csv).rows) {
        std::string column;
        auto entry = governance::parse_routing_row(cells(row), column);
        if (!entry)
            fault("routing.csv", row.line, column + ": not understood");
        auto key = std::pair{entry->category, entry->subcategory};
        routing.entries.insert_or_assign(std::move(key), std::move(*entry));
    }
    return routing;
}

governance::SlaTable read_sla(std::string_view csv)
{
    auto sla = governance::default_sla();
    for (auto const& row : table("sla.csv", csv).rows) {
        std::string column;
        auto entry = governance::parse_sla_row(cells(row), column);
        if (!entry)
            fault("sla.csv", row.line, column + ": not understood");
        sla.rows.insert_or_assign(row.at("urgency"), std::move(*entry));
    }
    return sla;
}

std::map<std::string, governance::CatalogueItem> read_points_catalogue(std::string_view csv)
{
    std::map<std::string, governance::CatalogueItem> catalogue;
    for (auto const& row : table("points_catalog.csv", csv).rows) {
        governance::CatalogueItem item;
        item.code = row.at("code");
        item.area = row.at("area");
        item.class_code = row.at("class_code");
        item.title = row.at("item");
        item.visibility = row.at("visibility");
        auto const subject = governance::parse_subject_types(row.at("subject_type"));
        if (!subject)
            fault("points_catalog.csv", row.line, "subject_type: not known: " + row.at("subject_type"));
        item.subject_types = *subject;
        item.minimum = governance::Points{hundredths(row, "points_min")};
        item.maximum = governance::Points{hundredths(row, "points_max")};
        if (!row.at("cap").empty()) {
            auto const period = governance::parse_cap_period(row.at("cap_period"));
            if (!period)
                fault("points_catalog.csv", row.line, "cap_period: not known: " + row.at("cap_period"));
            item.cap = governance::Points{hundredths(row, "cap")};
            item.cap_period = *period;
        }
        if (!catalogue.emplace(item.code, item).second)
            fault("points_catalog.csv", row.line, "code " + item.code + " stands twice");
    }
    return catalogue;
}

} // namespace storage
