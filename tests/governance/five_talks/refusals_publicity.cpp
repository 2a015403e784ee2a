#include "governance/five_talks/refusals.hpp"

namespace five_talks_test {

std::vector<Refused> publicity()
{
    return {Refused{"objection_unbound", "publicity", kObject, neighbour, [](Request& r, Proposal&) { r.actor.bound = false; },
                    Code::not_bound},
            Refused{"objection_from_elsewhere", "publicity", kObject, neighbour, [](Request& r, Proposal&) { r.actor.in_scope = false; },
                    Code::not_in_scope},
            Refused{"objection_reasoned", "publicity", kObject, neighbour, [](Request& r, Proposal&) { r.input.reason = ""; },
                    Code::missing_item},
            Refused{"objection_in_time", "publicity", kObject, neighbour, [](Request& r, Proposal&) { on(r, "2026-07-20T00:00"); },
                    Code::objection_window_over},
            Refused{"own_objection", "objected", kDismissObjection, member,
                    [](Request& r, Proposal& p) {
                        p.objections.back().person = PersonId("s-v202");
                        agree(r, supervision());
                    },
                    Code::own_objection},
            Refused{"own_objection_of_the_second", "objected", kDismissObjection, member,
                    [](Request& r, Proposal& p) {
                        p.objections.back().person = PersonId("s-v205");
                        agree(r, supervision());
                    },
                    Code::own_objection},
            Refused{"supervision_cosigns",
                    "objected",
                    kDismissObjection,
                    member,
                    [](Request& r, Proposal&) { agree(r, secretary()); },
                    Code::needs_second_person,
                    {{"roles", "supervision"}}},
            Refused{"window_open", "publicity", kStart, secretary, [](Request& r, Proposal&) { on(r, "2026-07-19T23:59"); },
                    Code::objection_window_open},
            Refused{"emergency_needs_safety", "publicity", kStart, secretary, [](Request& r, Proposal&) { r.input.emergency = "墙要倒了"; },
                    Code::objection_window_open},
            Refused{"objection_open",
                    "publicity",
                    kStart,
                    secretary,
                    [](Request& r, Proposal& p) {
                        on(r, "2026-07-20T09:00");
                        p.objections.push_back({PersonId("u0167"), HouseholdId("HH060"), "没通知", {}, {}, {}, false, {}});
                    },
                    Code::objection_open,
                    {{"open", "1"}}},
            Refused{"plan_owner_unfit",
                    "publicity",
                    kStart,
                    secretary,
                    [](Request& r, Proposal&) {
                        on(r, "2026-07-20T09:00");
                        r.facts.plan_owner_fits = false;
                    },
                    Code::bad_item,
                    {{"item", "plan_owner"}}},
            Refused{"budget_negative",
                    "publicity",
                    kStart,
                    secretary,
                    [](Request& r, Proposal&) {
                        on(r, "2026-07-20T09:00");
                        r.input.budget_fen = -1;
                    },
                    Code::out_of_range,
                    {{"item", "budget_fen"}}},
            Refused{"milestone_past",
                    "publicity",
                    kStart,
                    secretary,
                    [](Request& r, Proposal&) {
                        on(r, "2026-07-20T09:00");
                        r.input.milestones = {{demo::day("2026-07-19"), "昨天"}};
                    },
                    Code::bad_item,
                    {{"item", "milestones"}}}};
}

} // namespace five_talks_test
