#pragma once

#include "governance/demo.hpp"
#include "governance/report.hpp"

#include <gtest/gtest.h>

/// Cases in any state, reached by real steps.
namespace report_test {

using namespace governance;
using workflow::Actor;
using workflow::Request;
using workflow::Step;

inline Actor someone(char const* person, std::set<std::string> words, char const* unit = "")
{
    Actor actor;
    actor.person = PersonId(person);
    actor.words = std::move(words);
    if (*unit)
        actor.units.insert(unit);
    return actor;
}
inline Actor reporter()
{
    return someone("u0001", {"resident"});
}
inline Actor worker()
{
    return someone("s-gw01", {"grid_worker", "staff"});
}
inline Actor leader()
{
    return someone("s-gl01", {"grid_worker", "grid_leader", "community", "staff"});
}
inline Actor committee()
{
    return someone("s-c101", {"committee", "community"});
}
inline Actor dispatcher()
{
    return someone("s-dsp", {"dispatcher", "street"});
}
inline Actor handler()
{
    return someone("s-d22", {"dept_handler", "department", "lead department"}, "D06");
}
inline Actor other_department()
{
    return someone("s-d05", {"dept_handler"}, "D05");
}
inline Actor supervisor()
{
    return someone("s-ins", {"supervisor"});
}

inline RoutingTable const& routing()
{
    static auto const table = [] {
        RoutingTable made;
        for (auto const& row : demo::csv("routing.csv")) {
            std::string fault;
            auto entry = parse_routing_row(row, fault);
            if (!entry)
                throw std::runtime_error("routing.csv: " + fault);
            made.entries[{entry->category, entry->subcategory}] = *entry;
        }
        return made;
    }();
    return table;
}
inline SlaTable const& sla()
{
    static auto const table = default_sla();
    return table;
}

inline Case blank(char const* category = "urban_mgmt", char const* subcategory = "road_damage")
{
    Case report;
    report.no = RefNo(7);
    report.community = CommunityId("C1");
    report.text = "路面坑洼";
    report.address = "建设路1号";
    report.author = PersonId("u0001");
    report.category = category;
    report.subcategory = subcategory;
    return report;
}

struct Bench {
    Case report = blank();
    Instant now = demo::at("2026-07-01T09:00");
    Step<Case> last;

    Request request(std::string const& trigger, Actor actor) const
    {
        Request request;
        request.trigger = trigger;
        request.actor = std::move(actor);
        request.now = now;
        request.surroundings = {&demo::calendar(), &sla(), &routing()};
        request.facts.unit_known = true;
        request.facts.target = workflow::TargetView{RefNo(3), "report", "in_progress", true, true, true, report.subcategory, now};
        request.input.merge_target = RefNo(3);
        request.input.reason = "情况说明";
        request.input.reason_code = "out_of_area";
        request.input.channel = "12345 热线";
        request.input.result = "现场看过";
        request.input.pictures = 1;
        request.input.days = 2;
        request.input.unit = "D06";
        request.input.stars = 5;
        return request;
    }
    Bench& take(Request const& asked)
    {
        auto step = advance(demo::definition("report"), report, asked);
        if (!step) {
            ADD_FAILURE() << asked.trigger << " in " << report.state << " refused: " << name(step.error().code);
            return *this;
        }
        last = *step;
        report = last.after;
        return *this;
    }
    Bench& take(std::string const& trigger, Actor actor) { return take(request(trigger, std::move(actor))); }
    Bench& on(char const* when)
    {
        now = demo::at(when);
        return *this;
    }
};

/// A case that went the usual way to `state`: through a department, or handled by the grid.
inline Bench in_state(std::string const& state)
{
    using namespace case_trigger;
    Bench bench;
    bool const grid = state == "self_handling";
    if (grid)
        bench.report = blank("environment", "sanitation");
    bench.take(kCreate, reporter());
    if (state == "submitted")
        return bench;
    if (state == "need_info")
        return bench.take(kAsk, worker());
    bench.take(kAccept, worker());
    if (state == "accepted")
        return bench;
    bench.take(kVerifyTrue, worker());
    if (state == "verified")
        return bench;
    bench.take(kInform, worker());
    if (state == "informed")
        return bench;
    if (grid)
        return bench.take(kHandle, worker());
    if (state == "escalated")
        return bench.take(kEscalate, worker());
    bench.take(kDispatch, dispatcher());
    if (state == "dispatched")
        return bench;
    if (state == "order_returned")
        return bench.take(kReturn, handler());
    if (state == "whistled") {
        auto blow = bench.request(kWhistle, committee());
        blow.input.reason_code = "cross_department";
        return bench.take(blow);
    }
    bench.take(kSign, handler());
    if (state == "signed")
        return bench;
    bench.take(kStart, handler());
    if (state == "in_progress")
        return bench;
    bench.on("2026-07-03T09:00").take(kDone, handler());
    if (state == "done_claimed")
        return bench;
    bench.take(kFeedBack, worker());
    if (state == "feedback")
        return bench;
    return bench.take(kRate, reporter());
}

} // namespace report_test
