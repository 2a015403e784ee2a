#pragma once

#include "governance/proposal.hpp"
#include "governance/result.hpp"
#include "governance/workflow/check.hpp"
#include "governance/workflow/definition.hpp"
#include "governance/workflow/request.hpp"
#include "governance/workflow/step.hpp"

#include <optional>
#include <string>

/// The five-discussion method (五议工作法). Source: domain.md 4.
namespace governance {

/// Triggers of five_talks; the number is the transition's in domain.md 4.4.
namespace trigger {
inline constexpr char const* kDetect = "detect";                      // 1
inline constexpr char const* kCreate = "create";                      // 2
inline constexpr char const* kEndorsed = "endorsed";                  // 3: performed by the timer actor after each endorsement
inline constexpr char const* kFastTrack = "fast_track";               // 4
inline constexpr char const* kCollectionEnds = "collection_ends";     // 5 and its extension
inline constexpr char const* kWithdraw = "withdraw";                  // 6
inline constexpr char const* kMerge = "merge";                        // 7
inline constexpr char const* kTransfer = "transfer";                  // 8, 16
inline constexpr char const* kReturn = "return";                      // 9
inline constexpr char const* kAmend = "amend";                        // 10
inline constexpr char const* kAmendmentEnds = "amendment_ends";       // 11
inline constexpr char const* kReject = "reject";                      // 12
inline constexpr char const* kAccept = "accept";                      // 13
inline constexpr char const* kRevise = "revise";                      // 14
inline constexpr char const* kOpenVote = "open_vote";                 // 15
inline constexpr char const* kPublishConsensus = "publish_consensus"; // 17
inline constexpr char const* kCloseVote = "close_vote";               // 18, 19, 20 and the run-off
inline constexpr char const* kExtendVote = "extend_vote";             // 21
inline constexpr char const* kDeliberateAgain = "deliberate_again";   // 22
inline constexpr char const* kNoAction = "no_action";                 // 23
inline constexpr char const* kObject = "object";                      // 24 and a further objection
inline constexpr char const* kDismissObjection = "dismiss_objection"; // 25
inline constexpr char const* kUpholdObjection = "uphold_objection";   // 26
inline constexpr char const* kStart = "start";                        // 27
inline constexpr char const* kProgress = "progress";                  // 28
inline constexpr char const* kSuspend = "suspend";                    // 29
inline constexpr char const* kResume = "resume";                      // 30
inline constexpr char const* kStop = "stop";                          // 31
inline constexpr char const* kClaimCompletion = "claim_completion";   // 32
inline constexpr char const* kCheckFailed = "check_failed";           // 33
inline constexpr char const* kCheckPassed = "check_passed";           // 34
inline constexpr char const* kEvaluationEnds = "evaluation_ends";     // 35, 36
inline constexpr char const* kReworkDone = "rework_done";             // 37
inline constexpr char const* kSecondFailure = "second_failure";       // 38
inline constexpr char const* kReopen = "reopen";                      // 39
inline constexpr char const* kPublishMinutes = "publish_minutes";     // inner step of deliberating
inline constexpr char const* kEntrust = "entrust";                    // inner step of closed
} // namespace trigger

/// The trigger that `stage.advance` with this `to_stage` means in this state; empty when it means nothing there. Source: domain.md 4.6.
[[nodiscard]] std::optional<std::string> trigger_of_stage(std::string const& to_stage, std::string const& state);
/// The trigger of a `review.decide` decision in this state (return while deliberating is a revision).
[[nodiscard]] std::optional<std::string> trigger_of_review(std::string const& decision, std::string const& state);

/// The trigger of `progress.update`: completion at 100 %; in a closed matter words that name the responsible body entrust it with the
/// result.
[[nodiscard]] std::string trigger_of_progress(std::int64_t percent, bool names_body, std::string const& state);

/// What five_talks definitions may name; the caller adds notices and actors.
[[nodiscard]] workflow::Vocabulary five_talks_vocabulary();

/// Performs a step on a proposal. `before` with an empty state is a new one (detect, create): its base facts (community, author, scope,
/// scope_kind, text, title …) are already filled in.
/// Errors: wrong_state, not_the_actor, missing_item, and what the guards of the row refuse; needs_second_person only when all else holds.
/// Throws std::logic_error when a fact is missing or the definition is not the version the matter began with.
[[nodiscard]] result<workflow::Step<Proposal>> advance(workflow::Definition const& definition, Proposal const& before,
                                                       workflow::Request const& request);

/// Performs a firing of a timer: a reminder below 100 %, else the timer's trigger by the timer actor, else flags, notices, escalation.
/// `request` needs facts, now and surroundings. A firing of a timer that does not belong to the state does nothing (a Step with moved ==
/// false and no id).
[[nodiscard]] result<workflow::Step<Proposal>> fire(workflow::Definition const& definition, Proposal const& before,
                                                    std::string const& timer, int percent, workflow::Request const& request);

/// Number of households that would open a rejected proposal again (N-P09).
[[nodiscard]] std::int64_t reopen_threshold(workflow::Definition const& definition, Proposal const& proposal);

} // namespace governance
