#include "storage/rule_files.hpp"

#include "storage/csv.hpp"

#include <nlohmann/json.hpp>

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

} // namespace storage
