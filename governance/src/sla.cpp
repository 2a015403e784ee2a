#include "governance/sla.hpp"

#include <charconv>

namespace governance {

using workflow::Period;
using Unit = Period::Unit;

char const* name(Urgency urgency)
{
    switch (urgency) {
    case Urgency::normal: return "normal";
    case Urgency::urgent: return "urgent";
    case Urgency::critical: return "critical";
    }
    return "";
}

std::optional<Urgency> parse_urgency(std::string const& text)
{
    for (auto urgency : {Urgency::normal, Urgency::urgent, Urgency::critical})
        if (text == name(urgency))
            return urgency;
    return std::nullopt;
}

SlaRow const& SlaTable::row(Urgency urgency, bool complex) const
{
    return rows.at(urgency == Urgency::normal && complex ? "normal_complex" : name(urgency));
}

SlaTable default_sla()
{
    Period const day{Unit::working_days, 1};
    Period const five{Unit::minutes, 5};
    Period const half{Unit::minutes, 30};
    Period const office_hours{Unit::working_hours, 4};
    SlaRow const critical{five, half, five, five, five, {Unit::hours, 24}};
    SlaRow const urgent{half, {Unit::hours, 4}, {Unit::hours, 2}, {Unit::minutes, 60}, half, day};
    SlaRow const normal{office_hours, day, day, {Unit::working_minutes, 420}, day, {Unit::working_days, 5}};
    auto complex = normal;
    complex.resolve = {Unit::working_days, 10};
    return {{{"critical", critical}, {"urgent", urgent}, {"normal", normal}, {"normal_complex", complex}}};
}

namespace {

/// "4 h", "30 min", "1 working day", "5 working days", "immediately" (5 minutes: a person needs a moment to press a button).
std::optional<Period> duration(std::string const& text)
{
    if (text == "immediately")
        return Period{Unit::minutes, 5};
    int amount = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{} || amount < 1 || amount > 10'000)
        return std::nullopt;
    std::string const unit(end, text.data() + text.size());
    if (unit == " h")
        return Period{Unit::hours, amount};
    if (unit == " min")
        return Period{Unit::minutes, amount};
    if (unit == " working day" || unit == " working days")
        return Period{Unit::working_days, amount};
    return std::nullopt;
}

/// A cell of bare minutes, in the clock of the row.
std::optional<Period> minutes_cell(std::string const& text, bool working)
{
    auto with_unit = duration(text + " min");
    if (with_unit && working)
        with_unit->unit = Unit::working_minutes;
    return with_unit;
}

std::optional<std::vector<int>> percents(std::string const& text)
{
    std::vector<int> values;
    char const* at = text.data();
    char const* const end = at + text.size();
    while (at < end) {
        int value = 0;
        auto const [after, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || value < 1 || value > 100 || after == end || *after != '%')
            return std::nullopt;
        values.push_back(value);
        at = after + 1;
        if (at < end && *at++ != ',')
            return std::nullopt;
    }
    return values.empty() ? std::nullopt : std::optional(values);
}

} // namespace

std::optional<SlaRow> parse_sla_row(std::map<std::string, std::string> const& cells, std::string& fault)
{
    auto cell = [&](std::string const& column) {
        auto const found = cells.find(column);
        return found == cells.end() ? std::string{} : found->second;
    };
    bool const working = cell("clock") == "working hours";
    SlaRow row;
    auto take = [&](char const* column, std::optional<Period> value, Period& into) {
        if (!value && fault.empty())
            fault = column;
        into = value.value_or(Period{Unit::minutes, 1});
    };
    fault.clear();
    if (!working && cell("clock") != "calendar 24x7")
        fault = "clock";
    take("accept_min", minutes_cell(cell("accept_min"), working), row.accept);
    auto const on_site = duration(cell("on_site"));
    take("verify", cell("verify") == "on site" ? on_site : duration(cell("verify")), row.verify);
    take("inform_reporter", duration(cell("inform_reporter")), row.inform);
    take("dispatch_min", minutes_cell(cell("dispatch_min"), working), row.dispatch);
    take("resolve", duration(cell("resolve")), row.resolve);
    // sla.csv has no column for signing: as long as acceptance outside office hours, a working day inside (report.15).
    row.sign = working ? Period{Unit::working_days, 1} : row.accept;
    if (auto remind = percents(cell("remind_at")))
        row.remind_at = *remind;
    else if (fault.empty())
        fault = "remind_at";
    return fault.empty() ? std::optional(row) : std::nullopt;
}

} // namespace governance
