#include "report/rules.hpp"

/// The clocks of 8.4 as named instants.
namespace governance::report {

using namespace workflow;

namespace {

SlaRow const& row_of(Case const& report, Request const& request)
{
    if (!request.surroundings.sla)
        throw std::logic_error("a report needs an SLA table");
    return request.surroundings.sla->row(report.urgency, report.complex);
}

template <Period SlaRow::*limit>
std::optional<Instant> limit_of(Case const& report, Request const& request)
{
    return add(*request.surroundings.calendar, report.state_since, row_of(report, request).*limit);
}

std::optional<Instant> resolve_due(Case const& report, Request const&)
{
    return report.paused_at ? std::nullopt : report.resolve_due;
}

/// Alarms repeat for danger only.
std::optional<Instant> while_critical(Case const& report, Request const& request)
{
    return report.urgency == Urgency::critical ? std::optional(request.now) : std::nullopt;
}

} // namespace

void start_clock(Do& doing)
{
    auto& after = doing.after();
    after.resolve_due = add(doing.calendar(), doing.now(), row_of(after, doing.request).resolve);
    after.original_due = after.resolve_due;
    after.paused_at.reset();
}

void add_clocks(Book& book)
{
    book.instants["sla_accept"] = limit_of<&SlaRow::accept>;
    book.instants["sla_verify"] = limit_of<&SlaRow::verify>;
    book.instants["sla_inform"] = limit_of<&SlaRow::inform>;
    book.instants["sla_dispatch"] = limit_of<&SlaRow::dispatch>;
    book.instants["sla_sign"] = limit_of<&SlaRow::sign>;
    book.instants["resolve_due"] = resolve_due;
    book.instants["while_critical"] = while_critical;
    book.office_clock = [](Case const& report) { return report.urgency == Urgency::normal; };
}

} // namespace governance::report
