#include "governance/five_talks/refusals.hpp"

namespace five_talks_test {

std::vector<Refused> collecting()
{
    return {
        Refused{"speaker_bound", "-", kCreate, author, [](Request& r, Proposal&) { r.actor.bound = false; }, Code::not_bound},
        Refused{"adult", "-", kCreate, author, [](Request& r, Proposal&) { r.actor.adult = false; }, Code::minor},
        Refused{"not_muted", "-", kCreate, author, [](Request& r, Proposal&) { r.facts.muted = true; }, Code::muted},
        Refused{"no_similar_open",
                "-",
                kCreate,
                author,
                [](Request& r, Proposal&) { r.facts.similar_open = RefNo(7); },
                Code::similar_proposal_open,
                {{"ref", "7"}}},
        Refused{
            "text_missing", "-", kCreate, author, [](Request&, Proposal& p) { p.text.clear(); }, Code::missing_item, {{"item", "text"}}},
        Refused{"text_short",
                "-",
                kCreate,
                author,
                [](Request& r, Proposal&) { r.input.text = "装杆子"; },
                Code::text_too_short,
                {{"min", "4"}}},
        Refused{"text_long",
                "-",
                kCreate,
                author,
                [](Request& r, Proposal&) { r.input.text = std::string(501, 'a'); },
                Code::text_too_long,
                {{"max", "500"}}},
        Refused{"threshold_reached",
                "collecting",
                kEndorsed,
                timer,
                [](Request& r, Proposal&) { r.facts.endorsing_households = 4; },
                Code::threshold_not_reached,
                {{"needed", "5"}, {"have", "4"}}},
        Refused{"may_present", "collecting", kFastTrack, member, none, Code::not_a_presenter},
        Refused{"deadline_passed", "collecting", kCollectionEnds, timer, [](Request& r, Proposal&) { on(r, "2026-07-08T23:59"); },
                Code::too_early},
        Refused{"withdraw_by_another", "collecting", kWithdraw, neighbour, none, Code::not_the_actor, {{"actors", "author"}}},
        Refused{"withdraw_after_acceptance",
                "deliberating",
                kWithdraw,
                author,
                none,
                Code::wrong_state,
                {{"state", "deliberating"}, {"state_title", "民主商议"}, {"next", "open_vote"}, {"next_actors", "committee"}}},
        Refused{"changed", "returned", kAmend, author,
                [](Request& r, Proposal& p) {
                    r.input.text = p.text;
                    r.input.pictures = 0;
                },
                Code::unchanged},
        Refused{"reopen_without_support",
                "rejected",
                kReopen,
                neighbour,
                [](Request& r, Proposal&) { r.facts.reopen_supporters = 9; },
                Code::reopen_needs_support,
                {{"needed", "10"}, {"have", "9"}}},
        Refused{"reopen_too_late", "rejected", kReopen, neighbour, [](Request& r, Proposal&) { on(r, "2026-08-02T00:00"); },
                Code::reopen_window_over},
        Refused{"reopen_needs_news",
                "closed",
                kReopen,
                neighbour,
                [](Request& r, Proposal&) { r.input.reason = " "; },
                Code::missing_item,
                {{"item", "reason"}}}};
}

} // namespace five_talks_test
