#include "governance/routing.hpp"

#include <algorithm>

namespace governance {

char const* name(HandlerLevel level)
{
    switch (level) {
    case HandlerLevel::grid: return "grid";
    case HandlerLevel::community: return "community";
    case HandlerLevel::department: return "department";
    }
    return "";
}

std::optional<HandlerLevel> parse_handler_level(std::string const& text)
{
    for (auto level : {HandlerLevel::grid, HandlerLevel::community, HandlerLevel::department})
        if (text == name(level))
            return level;
    return std::nullopt;
}

RoutingEntry const* RoutingTable::find(std::string const& category, std::string const& subcategory) const
{
    for (auto const& key : {std::pair{category, subcategory}, std::pair{std::string("other"), std::string("unknown")}})
        if (auto const found = entries.find(key); found != entries.end())
            return &found->second;
    return nullptr;
}

namespace {

std::vector<std::string> split(std::string const& text, char separator)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < text.size()) {
        auto const end = std::min(text.find(separator, begin), text.size());
        if (end > begin)
            parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

} // namespace

std::optional<RoutingEntry> parse_routing_row(std::map<std::string, std::string> const& cells, std::string& fault)
{
    auto cell = [&](std::string const& column) {
        auto const found = cells.find(column);
        return found == cells.end() ? std::string{} : found->second;
    };
    RoutingEntry entry{cell("category"),
                       cell("subcategory"),
                       cell("name_zh"),
                       {},
                       cell("primary_dept"),
                       cell("co_dept"),
                       {},
                       false,
                       cell("fallback_if_no_property"),
                       split(cell("emergency_no"), '|')};
    auto const level = parse_handler_level(cell("first_handler_level"));
    auto const urgency = parse_urgency(cell("default_urgency"));
    auto const confidential = cell("confidential");
    fault.clear();
    for (auto const* column : {"category", "subcategory", "name_zh", "primary_dept"})
        if (cell(column).empty() && fault.empty())
            fault = column;
    if (!level && fault.empty())
        fault = "first_handler_level";
    if (!urgency && fault.empty())
        fault = "default_urgency";
    if (confidential != "True" && confidential != "False" && fault.empty())
        fault = "confidential";
    if (!fault.empty())
        return std::nullopt;
    entry.first_level = *level;
    entry.urgency = *urgency;
    entry.confidential = confidential == "True";
    return entry;
}

GridDuty grid_duty(std::vector<std::string> const& workers, std::vector<std::string> const& leaders,
                   std::vector<std::string> const& committee)
{
    GridDuty duty;
    if (!workers.empty())
        duty = {workers.front(), leaders};
    else if (!leaders.empty())
        duty = {leaders.front(), committee};
    if (duty.handler)
        std::erase(duty.checkers, *duty.handler);
    if (duty.handler && duty.checkers.empty()) // one person in both posts: the committee checks
        duty.checkers = committee;
    if (duty.handler)
        std::erase(duty.checkers, *duty.handler);
    return duty;
}

} // namespace governance
