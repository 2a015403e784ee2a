#include "governance/five_talks.hpp"

#include "five_talks/rules.hpp"
#include "workflow/common_rules.hpp"
#include "workflow/engine.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace governance {

namespace five_talks {

namespace {

using namespace workflow;

void relate(Proposal const& proposal, Request const& request, Actor const& actor, std::set<std::string>& words)
{
    if (actor.person.empty())
        return;
    auto const& others = proposal.co_authors;
    if (actor.person == proposal.author || std::find(others.begin(), others.end(), actor.person) != others.end())
        words.insert("author");
    auto const& plan = proposal.execution.plan;
    bool const owns = plan && (plan->owner == actor.person.str() || actor.units.contains(plan->owner));
    // A committee member may report progress for the responsible unit; completion is claimed by the owner, which a guard says in so many
    // words (domain.md 4.6, rows 28 and 32).
    bool const reports = request.trigger == trigger::kProgress || request.trigger == trigger::kClaimCompletion;
    if (owns || (reports && words.contains("committee")))
        words.insert("responsible unit");
}

Book make_rules()
{
    using namespace trigger;
    Book book;
    add_common_rules<Proposal, rules>(book);
    add_collecting(book);
    add_review(book);
    add_deliberation(book);
    add_vote(book);
    add_publicity(book);
    add_execution(book);
    add_evaluation(book);
    book.triggers = {kDetect,           kCreate,          kEndorsed,    kFastTrack,        kCollectionEnds,  kWithdraw,      kMerge,
                     kTransfer,         kReturn,          kAmend,       kAmendmentEnds,    kReject,          kAccept,        kRevise,
                     kOpenVote,         kCloseVote,       kExtendVote,  kPublishConsensus, kDeliberateAgain, kNoAction,      kObject,
                     kDismissObjection, kUpholdObjection, kStart,       kProgress,         kSuspend,         kResume,        kStop,
                     kClaimCompletion,  kCheckFailed,     kCheckPassed, kEvaluationEnds,   kReworkDone,      kSecondFailure, kReopen,
                     kPublishMinutes,   kEntrust};
    book.audiences = {"author",      "endorsers", "objectors",  "voters_pending", "scope",         "committee",
                      "next_actors", "street",    "supervisor", "plan_owner",     "merged_author", "public"};
    book.relate = relate;
    return book;
}

} // namespace

Book const& rules()
{
    static Book const book = make_rules();
    return book;
}

} // namespace five_talks

namespace {

using Words = std::map<std::pair<std::string, std::string>, char const*>;

std::optional<std::string> look_up(Words const& words, std::string const& word, std::string const& state)
{
    for (auto const& key : {std::pair{word, state}, std::pair{word, std::string("*")}})
        if (auto const found = words.find(key); found != words.end())
            return found->second;
    return std::nullopt;
}

} // namespace

std::optional<std::string> trigger_of_stage(std::string const& to_stage, std::string const& state)
{
    using namespace trigger;
    // Where a word fits no state, its usual meaning lets the engine name the state and the next step.
    static Words const words{{{"review", "*"}, kFastTrack},
                             {{"vote", "*"}, kOpenVote},
                             {{"publish", "deliberating"}, kPublishConsensus},
                             {{"publish", "objected"}, kDismissObjection},
                             {{"publish", "*"}, kCloseVote},
                             {{"extend", "*"}, kExtendVote},
                             {{"deliberate", "objected"}, kUpholdObjection},
                             {{"deliberate", "*"}, kDeliberateAgain},
                             {{"execute", "suspended"}, kResume},
                             {{"execute", "checking"}, kCheckFailed},
                             {{"execute", "*"}, kStart},
                             {{"suspend", "*"}, kSuspend},
                             {{"stop", "*"}, kStop},
                             {{"evaluate", "rework"}, kReworkDone},
                             {{"evaluate", "*"}, kCheckPassed},
                             {{"close", "*"}, kSecondFailure}};
    return look_up(words, to_stage, state);
}

std::optional<std::string> trigger_of_review(std::string const& decision, std::string const& state)
{
    using namespace trigger;
    static Words const words{{{"accept", "*"}, kAccept}, {{"reject", "*"}, kReject}, {{"return", "deliberating"}, kRevise},
                             {{"return", "*"}, kReturn}, {{"merge", "*"}, kMerge},   {{"transfer", "*"}, kTransfer}};
    return look_up(words, decision, state);
}

std::string trigger_of_progress(std::int64_t percent, bool names_body, std::string const& state)
{
    if (names_body && state == "closed")
        return trigger::kEntrust;
    return percent >= 100 ? trigger::kClaimCompletion : trigger::kProgress;
}

workflow::Vocabulary five_talks_vocabulary()
{
    return five_talks::rules().vocabulary();
}

result<workflow::Step<Proposal>> advance(workflow::Definition const& definition, Proposal const& before, workflow::Request const& request)
{
    return workflow::perform(five_talks::rules(), definition, before, request);
}

result<workflow::Step<Proposal>> fire(workflow::Definition const& definition, Proposal const& before, std::string const& timer, int percent,
                                      workflow::Request const& request)
{
    return workflow::fire_timer(five_talks::rules(), definition, before, timer, percent, request);
}

std::int64_t reopen_threshold(workflow::Definition const& definition, Proposal const& proposal)
{
    for (auto const& row : definition.transitions)
        for (auto const& guard : row.guards)
            if (guard.name == "reopen_allowed")
                return reopen_threshold(workflow::integer(guard.params, "households"), proposal.endorse_needed);
    return 0;
}

} // namespace governance
