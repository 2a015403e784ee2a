#pragma once

#include "governance/ids.hpp"
#include "governance/time.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace governance::workflow {

/// A notice to be worded and queued. Its channels and text are the catalogue's; for a private channel `audiences` says whom:
/// author, endorsers, objectors, voters_pending, scope, committee, street, supervisor, plan_owner, second, merged_author, reporter, joined,
/// handler, checker, department, dispatcher, subject, declarer, household_head, panel.
struct NoticeOrder {
    std::string id;
    std::vector<std::string> audiences;
    std::map<std::string, std::string> parameters; ///< what only the rule knows, as in needed, have, until, outcome
    friend bool operator==(NoticeOrder const&, NoticeOrder const&) = default;
};

/// A firing to be kept by the scheduler. One timer has a firing per reminder and one at 100 %.
struct TimerFiring {
    std::string timer;
    int percent = 100;
    Instant due{};
    friend bool operator==(TimerFiring const&, TimerFiring const&) = default;
};

/// What must happen beyond this matter, in the same transaction.
struct FollowUp {
    enum class Kind {
        drop_draft,         ///< delete this draft silently
        open_transferred,   ///< open `target_kind` with this matter's text and a link both ways
        unite_endorsements, ///< give the endorsing households of this matter to `no`, each once; its author becomes co-author there
        join_master,        ///< the reporter joins case `no` and gets its notices
        freeze_electorate,  ///< keep the frozen roll of the current round
        keep_ballots,       ///< the extension keeps roll and ballots
        open_runoff,        ///< a new round began over the same roll, without ballots
        call_evaluation,    ///< ask every household in scope for a score, new evaluation round
        award_points,       ///< declare `target_kind` (a catalogue code) for the author, who may be a reporter
        blow_whistle,
        post_entry,          ///< write the ledger entry of a points entry
        post_reversal,       ///< write the reversing entry
        take_over_supporters ///< of a reopened matter: its supporters endorse the new one
    };
    Kind kind = Kind::open_transferred;
    RefNo no;
    std::string target_kind;
    friend bool operator==(FollowUp const&, FollowUp const&) = default;
};

/// What a step does: everything the caller has to write.
template <class Subject>
struct Step {
    std::string transition; ///< its id; for a step within the state the id of the inner step or timer
    bool moved = false;     ///< a transition was taken (also one to the same state)
    Subject after;
    std::optional<Subject> opened; ///< a new matter that the step begins (39), without a number
    std::vector<NoticeOrder> notices;
    std::vector<std::string> cancel; ///< timers whose firings are dropped
    std::vector<TimerFiring> arm;    ///< of `opened` when there is one, else of `after`
    std::vector<FollowUp> follow_ups;
    std::string told; ///< actor word of the level that a silent deadline escalates to; empty otherwise
};

} // namespace governance::workflow
