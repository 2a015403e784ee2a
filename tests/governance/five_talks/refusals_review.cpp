#include "governance/five_talks/refusals.hpp"

namespace five_talks_test {

std::vector<Refused> review()
{
    return {Refused{"second_missing", "screening", kAccept, secretary, none, Code::needs_second_person, {{"roles", "committee"}}},
            Refused{"second_is_first", "screening", kAccept, secretary, [](Request& r, Proposal&) { agree(r, secretary()); },
                    Code::same_person},
            Refused{"second_is_no_member", "screening", kReject, secretary, [](Request& r, Proposal&) { agree(r, neighbour()); },
                    Code::needs_second_person},
            Refused{"supervision_present",
                    "screening",
                    kReject,
                    secretary,
                    [](Request& r, Proposal& p) {
                        agree(r, member());
                        p.review.second_review = true;
                    },
                    Code::needs_second_person,
                    {{"roles", "supervision"}}},
            Refused{"reason_code_in",
                    "screening",
                    kReject,
                    secretary,
                    [](Request& r, Proposal&) { r.input.reason_code = "no_wish"; },
                    Code::bad_item,
                    {{"item", "reason_code"}}},
            Refused{"reason_code_asked",
                    "screening",
                    kReject,
                    secretary,
                    [](Request& r, Proposal&) { r.input.reason_code.reset(); },
                    Code::missing_item,
                    {{"item", "reason_code"}}},
            Refused{"return_says_what",
                    "screening",
                    kReturn,
                    member,
                    [](Request& r, Proposal&) { r.input.reason.reset(); },
                    Code::missing_item,
                    {{"item", "reason"}}},
            Refused{"refused_topic",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) { r.facts.refused_topic = RefusedTopic::fine; },
                    Code::refused_topic,
                    {{"topic", "fine"}}},
            Refused{"mode_not_allowed",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) {
                        r.input.cost = CostClass::apportioned;
                        r.input.amount_fen = 5000;
                        r.input.mode = ResolutionMode::household_vote;
                    },
                    Code::mode_not_allowed,
                    {{"allowed", "villagers_representatives|villagers_assembly|consensus_multi_party"}}},
            Refused{"mode_comes_later",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) { r.input.mode = ResolutionMode::villagers_assembly; },
                    Code::mode_comes_later,
                    {{"mode", "villagers_assembly"}, {"contact", "committee"}}},
            Refused{"owners_decide",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) {
                        r.facts.has_owners_meeting = true;
                        r.input.matter_class = MatterClass::common_parts;
                    },
                    Code::mode_comes_later,
                    {{"mode", "owners_meeting"}, {"contact", "owners_committee"}}},
            Refused{"parties_named",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) { r.input.mode = ResolutionMode::consensus_multi_party; },
                    Code::missing_item,
                    {{"item", "parties"}}},
            Refused{"amount_given",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) {
                        r.input.cost = CostClass::apportioned;
                        r.input.mode = ResolutionMode::consensus_multi_party;
                        r.input.parties = {"物业"};
                    },
                    Code::missing_item,
                    {{"item", "amount_fen"}}},
            Refused{"amount_in_range",
                    "screening",
                    kAccept,
                    secretary,
                    [](Request& r, Proposal&) {
                        r.input.cost = CostClass::apportioned;
                        r.input.mode = ResolutionMode::consensus_multi_party;
                        r.input.parties = {"物业"};
                        r.input.amount_fen = 0;
                    },
                    Code::out_of_range,
                    {{"item", "amount_fen"}}},
            Refused{"merge_with_itself", "screening", kMerge, member, [](Request& r, Proposal&) { r.facts.target->no = RefNo(1); },
                    Code::merge_with_itself},
            Refused{"merge_into_the_dead", "screening", kMerge, member, [](Request& r, Proposal&) { r.facts.target->alive = false; },
                    Code::merge_target_dead},
            Refused{"merge_into_a_report", "screening", kMerge, member, [](Request& r, Proposal&) { r.facts.target->kind = "report"; },
                    Code::merge_target_dead},
            Refused{"merge_into_the_narrower",
                    "collecting",
                    kMerge,
                    member,
                    [](Request& r, Proposal&) { r.facts.target->covers_scope = false; },
                    Code::merge_target_narrower,
                    {{"ref", "2"}}},
            Refused{"transfer_unknown",
                    "screening",
                    kTransfer,
                    member,
                    [](Request& r, Proposal&) { r.input.transfer_target = "police"; },
                    Code::bad_item,
                    {{"item", "transfer_target"}}},
            Refused{"transfer_comes_later",
                    "screening",
                    kTransfer,
                    member,
                    [](Request& r, Proposal&) { r.input.transfer_target = "owners_meeting"; },
                    Code::mode_comes_later,
                    {{"contact", "owners_committee"}}},
            Refused{"transfer_while_deliberating",
                    "deliberating",
                    kTransfer,
                    member,
                    none,
                    Code::bad_item,
                    {{"allowed", "four_two|owners_meeting"}}}};
}

} // namespace five_talks_test
