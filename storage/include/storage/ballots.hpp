#pragma once

#include "governance/ballot.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <vector>

/// Frozen electorates and the ballots that count. The journal of all ballots is the ledger.
namespace storage {

/// Freezes the electorate of a round; later moves do not change it. Source: domain.md 3.3.
void freeze_electorate(Database& db, governance::CommunityId const& community, governance::RefNo no, int round,
                       std::vector<std::string> const& electors);
/// A later round over the same frozen roll.
void copy_electorate(Database& db, governance::CommunityId const& community, governance::RefNo no, int from_round, int to_round);
bool is_elector(Database& db, governance::CommunityId const& community, governance::RefNo no, int round, std::string_view elector);
std::int64_t electorate_size(Database& db, governance::CommunityId const& community, governance::RefNo no, int round);
/// Electors of a round without a valid ballot who were not reminded yet; marks them as reminded.
std::vector<std::string> take_unreminded(Database& db, governance::CommunityId const& community, governance::RefNo no, int round);

std::optional<governance::Membership::Standing> standing_ballot(Database& db, governance::CommunityId const& community,
                                                                governance::RefNo no, int round, std::string_view elector);
void put_ballot(Database& db, governance::CommunityId const& community, governance::RefNo no, governance::BallotCast const& ballot);
void withdraw_ballot(Database& db, governance::CommunityId const& community, governance::RefNo no, int round, std::string_view elector,
                     governance::Instant at);
/// Counts the valid ballots of a round over its frozen electorate.
governance::Tally tally(Database& db, governance::CommunityId const& community, governance::RefNo no, int round,
                        std::vector<std::string> const& options);
/// How many electors have a valid ballot.
std::int64_t participating(Database& db, governance::CommunityId const& community, governance::RefNo no, int round);

/// "for", "against", "abstain" or "option:LABEL", and back.
std::string to_text(governance::BallotChoice const& choice);
governance::BallotChoice choice_from(std::string_view text);

} // namespace storage
