#pragma once

#include "governance/proposal.hpp"
#include "perform/turn.hpp"

/// What each intent does once it is clear what is wanted. Every function checks who may, asks the rules and writes what follows.
namespace commands {

// proposals.cpp
/// Asks the rules whether what was heard may become a draft (five_talks.1): when it is dropped; nothing when it may not, silently.
std::optional<governance::Instant> detect_proposal(Turn const& turn, reader::Reading const& reading);
void create_proposal(Turn& turn, reader::Reading const& reading);
void endorse_proposal(Turn& turn, reader::Reading const& reading);
void amend_proposal(Turn& turn, reader::Reading const& reading);
void comment_proposal(Turn& turn, reader::Reading const& reading);
void reopen_proposal(Turn& turn, reader::Reading const& reading);
void object_proposal(Turn& turn, reader::Reading const& reading);
void withdraw(Turn& turn, reader::Reading const& reading);
void rate(Turn& turn, reader::Reading const& reading);

// votes.cpp
void cast_vote(Turn& turn, reader::Reading const& reading);
/// Takes the writer's ballot back; false when there is none that could be.
bool withdraw_vote(Turn& turn, governance::Proposal const& proposal);

// queries.cpp
void list_proposals(Turn& turn, reader::Reading const& reading);
void tell_status(Turn& turn, reader::Reading const& reading);
void tell_mine(Turn& turn, reader::Reading const& reading);
void tell_help(Turn& turn, reader::Reading const& reading);
void call_human(Turn& turn, reader::Reading const& reading);
void bind_resident(Turn& turn, reader::Reading const& reading);
void set_notice_preference(Turn& turn, reader::Reading const& reading);
/// The procedure behind this intent comes with a later version: one honest sentence and whom to turn to.
void comes_later(Turn& turn, reader::Reading const& reading);

// reports.cpp
void create_report(Turn& turn, reader::Reading const& reading);
void supplement_report(Turn& turn, reader::Reading const& reading);
void act_on_case(Turn& turn, reader::Reading const& reading);
void urge_case(Turn& turn, reader::Reading const& reading);
/// Withdraws the writer's report; false when the number is no report of theirs.
bool withdraw_report(Turn& turn, governance::RefNo no);
void rate_report(Turn& turn, reader::Reading const& reading);

// points.cpp
void tell_points(Turn& turn, reader::Reading const& reading);
void tell_ranking(Turn& turn, reader::Reading const& reading);
void tell_points_rules(Turn& turn, reader::Reading const& reading);
void declare_points(Turn& turn, reader::Reading const& reading);
void record_points(Turn& turn, reader::Reading const& reading);
void audit_points(Turn& turn, reader::Reading const& reading);

} // namespace commands
