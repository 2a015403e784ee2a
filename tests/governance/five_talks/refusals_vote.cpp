#include "governance/five_talks/refusals.hpp"

namespace five_talks_test {

std::vector<Refused> vote()
{
    return {
        Refused{"revision_supported",
                "deliberating",
                kRevise,
                member,
                [](Request& r, Proposal&) { r.facts.speakers_for_revision = 1; },
                Code::revision_not_supported,
                {{"needed", "2"}, {"have", "1"}}},
        Refused{"minutes_published",
                "deliberating",
                kOpenVote,
                member,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-06T10:00");
                    r.input.minutes.reset();
                },
                Code::missing_item,
                {{"item", "minutes"}}},
        Refused{"deliberated", "deliberating", kOpenVote, member, [](Request& r, Proposal&) { on(r, "2026-07-05T23:59"); },
                Code::too_early},
        Refused{"one_option",
                "deliberating",
                kOpenVote,
                member,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-06T10:00");
                    r.input.options = {"东门"};
                },
                Code::bad_item,
                {{"item", "options"}}},
        Refused{"option_twice",
                "deliberating",
                kOpenVote,
                member,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-06T10:00");
                    r.input.options = {"东门", "西门", "东门"};
                },
                Code::bad_item,
                {{"why", "twice"}}},
        Refused{"days_in",
                "deliberating",
                kOpenVote,
                member,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-06T10:00");
                    r.input.days = 8;
                },
                Code::out_of_range,
                {{"item", "days"}, {"min", "3"}, {"max", "7"}}},
        Refused{"roll_complete",
                "deliberating",
                kOpenVote,
                member,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-06T10:00");
                    r.facts.roll_rows = 5;
                    r.facts.scope_households = 298;
                },
                Code::roll_incomplete,
                {{"have", "5"}, {"declared", "298"}}},
        Refused{"nobody_eligible", "deliberating", kOpenVote, member,
                [](Request& r, Proposal& p) {
                    on(r, "2026-07-06T10:00");
                    p.review.mode = ResolutionMode::committee_decision;
                    r.facts.electorate = 0;
                },
                Code::nobody_eligible},
        Refused{"mode_has_ballot", "deliberating", kOpenVote, member,
                [](Request& r, Proposal& p) {
                    on(r, "2026-07-06T10:00");
                    p.review.mode = ResolutionMode::consensus_multi_party;
                },
                Code::no_ballot_in_mode},
        Refused{"not_a_consensus", "deliberating", kPublishConsensus, member, none, Code::not_a_consensus, {{"mode", "household_vote"}}},
        Refused{"all_signed",
                "deliberating",
                kPublishConsensus,
                member,
                [](Request&, Proposal& p) {
                    p.review.mode = ResolutionMode::consensus_multi_party;
                    p.review.parties = {"物业", "3号楼"};
                    p.deliberation.signed_by = {"物业"};
                },
                Code::party_not_signed,
                {{"party", "3号楼"}, {"missing", "1"}}},
        Refused{"vote_ended",
                "voting",
                kCloseVote,
                member,
                [](Request& r, Proposal&) { on(r, "2026-07-11T23:59"); },
                Code::vote_still_open,
                {{"participating", "40"}, {"eligible", "64"}}},
        Refused{"counts_must_add_up", "voting", kCloseVote, timer,
                [](Request& r, Proposal&) {
                    on(r, "2026-07-12T00:00");
                    r.facts.tally = Tally{64, 60, 60, 0, {}};
                },
                Code::tally_mismatch},
        Refused{"extended_before", "no_quorum", kExtendVote, member, [](Request&, Proposal& p) { p.rounds.back().extended = true; },
                Code::extension_used},
        Refused{"extension_days",
                "no_quorum",
                kExtendVote,
                member,
                [](Request& r, Proposal&) { r.input.days = 0; },
                Code::out_of_range,
                {{"min", "1"}, {"max", "7"}}},
        Refused{"what_changed", "not_passed", kDeliberateAgain, member, [](Request& r, Proposal&) { r.input.reason.reset(); },
                Code::missing_item},
        Refused{"a_resident_opens_no_vote", "deliberating", kOpenVote, neighbour, none, Code::not_the_actor, {{"actors", "committee"}}}};
}

} // namespace five_talks_test
