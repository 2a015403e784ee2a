#include "governance/five_talks/bench.hpp"

/// One refused attempt for each guard of five_talks, and for what the engine itself refuses.
namespace {

using namespace five_talks_test;
using namespace governance::trigger;
using Bend = std::function<void(Request&, Proposal&)>;

struct Refused {
    char const* name;
    char const* from;
    char const* trigger;
    Actor (*actor)();
    Bend bend;
    RefusalCode code;
    std::map<std::string, std::string> details = {}; ///< a part of those expected
};
void PrintTo(Refused const& refused, std::ostream* out)
{
    *out << refused.name;
}

class Refusals : public testing::TestWithParam<Refused> {};

TEST_P(Refusals, AreRefused)
{
    auto const& row = GetParam();
    auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    row.bend(request, bench.proposal);
    auto const step = advance(demo::definition("five_talks"), bench.proposal, request);
    ASSERT_FALSE(step) << step->transition;
    EXPECT_EQ(name(step.error().code), name(row.code));
    for (auto const& [key, value] : row.details)
        EXPECT_EQ(step.error().details.at(key), value) << key;
}

Actor timer()
{
    return Actor::timer();
}
void none(Request&, Proposal&) {}
void on(Request& request, char const* when)
{
    request.now = demo::at(when);
}
void agree(Request& request, Actor second)
{
    request.concurring.push_back(std::move(second));
}

using Code = RefusalCode;
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

std::vector<Refused> execution()
{
    return {
        Refused{"percent_over", "executing", kProgress, owner, [](Request& r, Proposal&) { r.input.percent = 101; }, Code::out_of_range},
        Refused{"percent_fell",
                "executing",
                kProgress,
                owner,
                [](Request& r, Proposal& p) {
                    p.execution.percent = 60;
                    r.input.percent = 50;
                    r.input.reason.reset();
                },
                Code::percent_fell,
                {{"from", "60"}, {"to", "50"}}},
        Refused{"progress_by_a_resident", "executing", kProgress, neighbour, [](Request& r, Proposal&) { r.input.percent = 10; },
                Code::not_the_actor},
        Refused{"restart_ahead",
                "executing",
                kSuspend,
                member,
                [](Request& r, Proposal&) { r.input.restart = demo::day("2026-07-20"); },
                Code::bad_item,
                {{"item", "restart"}}},
        Refused{"stop_needs_a_basis",
                "executing",
                kStop,
                secretary,
                [](Request& r, Proposal&) { r.input.basis.reset(); },
                Code::missing_item,
                {{"item", "basis"}}},
        Refused{"stop_needs_two", "executing", kStop, secretary, none, Code::needs_second_person},
        Refused{"completion_by_another", "executing", kClaimCompletion, member, none, Code::not_the_plan_owner, {{"owner", "s-v203"}}},
        Refused{"completion_by_a_resident",
                "executing",
                kClaimCompletion,
                neighbour,
                none,
                Code::not_the_actor,
                {{"actors", "responsible unit"}}},
        Refused{"completion_at_99", "executing", kClaimCompletion, owner, [](Request& r, Proposal&) { r.input.percent = 99; },
                Code::out_of_range},
        Refused{"completion_pictures",
                "executing",
                kClaimCompletion,
                owner,
                [](Request& r, Proposal&) { r.input.pictures = 0; },
                Code::missing_item,
                {{"item", "pictures"}}},
        Refused{"completion_costs", "executing", kClaimCompletion, owner, [](Request& r, Proposal&) { r.input.spent_fen = -5; },
                Code::out_of_range},
        Refused{"checked_by_the_owner", "checking", kCheckPassed, owner, none, Code::checker_is_executor},
        Refused{"checked_by_a_reporter", "checking", kCheckFailed, member,
                [](Request&, Proposal& p) { p.execution.reporters.insert(PersonId("s-v202")); }, Code::checker_is_executor},
        Refused{"check_needs_a_reason", "checking", kCheckFailed, supervision, [](Request& r, Proposal&) { r.input.reason.reset(); },
                Code::missing_item},
        Refused{"evaluation_over", "evaluating", kEvaluationEnds, timer, [](Request& r, Proposal&) { on(r, "2026-08-05T23:59"); },
                Code::evaluation_still_open},
        Refused{"rework_report",
                "rework",
                kReworkDone,
                member,
                [](Request& r, Proposal&) { r.input.result.reset(); },
                Code::missing_item,
                {{"item", "result"}}},
        Refused{"rework_once", "rework", kReworkDone, member, [](Request&, Proposal& p) { p.evaluation.failures = 2; },
                Code::rework_used_up},
        Refused{"no_second_failure", "rework", kSecondFailure, supervisor, none, Code::no_second_failure},
        Refused{"wrong_state",
                "voting",
                kStart,
                secretary,
                none,
                Code::wrong_state,
                {{"state", "voting"}, {"state_title", "协同决议"}, {"next", "close_vote"}}}};
}

TEST(RefusedFacts, AMissingFactIsAFaultOfTheCaller)
{
    auto bench = in_state("collecting");
    auto request = bench.request(kEndorsed, Actor::timer());
    request.facts.endorsing_households.reset();
    EXPECT_THROW((void)advance(demo::definition("five_talks"), bench.proposal, request), std::logic_error);
}

TEST(RefusedFacts, AMatterStaysOnItsVersion)
{
    auto bench = in_state("collecting");
    auto newer = demo::definition("five_talks");
    newer.version = 2;
    EXPECT_THROW((void)advance(newer, bench.proposal, bench.request(kEndorsed, Actor::timer())), std::logic_error);
}

std::vector<Refused> everything()
{
    std::vector<Refused> all;
    for (auto const& part : {collecting(), review(), vote(), publicity(), execution()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

INSTANTIATE_TEST_SUITE_P(Table, Refusals, testing::ValuesIn(everything()), [](auto const& tc) { return std::string(tc.param.name); });

result<Step<Proposal>> attempt(Refused const& row, workflow::Definition const& definition)
{
    auto bench = std::string(row.from) == "-" ? Bench{} : in_state(row.from);
    auto request = bench.request(row.trigger, row.actor());
    row.bend(request, bench.proposal);
    return advance(definition, bench.proposal, request);
}

void drop(std::vector<workflow::Call>& guards, std::string const& name)
{
    std::erase_if(guards, [&](workflow::Call const& guard) { return guard.name == name; });
}

TEST(PartyStudy, IsAskedForTheBodiesThatTheDefinitionNames)
{
    auto definition = demo::definition("five_talks");
    for (auto& row : definition.transitions)
        for (auto& guard : row.guards)
            if (guard.name == "party_study")
                guard.params["modes"] = std::vector<std::string>{"household_vote"};
    auto bench = in_state("screening");
    auto request = bench.request(kAccept, secretary());
    request.concurring = {member()};
    EXPECT_EQ(advance(definition, bench.proposal, request).error().code, RefusalCode::party_study_missing);
    request.input.party_study = "支部研究纪要 2026-3";
    auto const accepted = advance(definition, bench.proposal, request);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->after.review.party_study, "支部研究纪要 2026-3");
}

/// Takes each guard out of the definition: some row of the table must notice.
TEST(RefusedGuards, EachIsRefusedSomewhereInTheTable)
{
    auto const& whole = demo::definition("five_talks");
    std::set<std::string> names;
    for (auto const& row : whole.transitions)
        for (auto const& guard : row.guards)
            names.insert(guard.name);
    // These tell the candidates of one trigger apart: transitions_test and timers_test take every side of them.
    // party_study asks about bodies that are not built yet: PartyStudy below.
    for (auto const* elsewhere : {"outcome_is", "evaluation_is", "party_study"})
        EXPECT_EQ(names.erase(elsewhere), 1U);
    EXPECT_GT(names.size(), 35U);
    for (auto const& name : names) {
        auto without = whole;
        for (auto& row : without.transitions)
            drop(row.guards, name);
        auto const table = everything();
        EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](Refused const& row) {
            try {
                auto const step = attempt(row, without);
                return step.has_value() || step.error() != attempt(row, whole).error();
            } catch (std::exception const&) {
                return true; // an effect met what the guard would have kept away
            }
        })) << name;
    }
}

} // namespace
