#pragma once

#include "governance/ids.hpp"
#include "governance/majority.hpp"
#include "governance/result.hpp"
#include "governance/router.hpp"
#include "governance/time.hpp"

#include <optional>
#include <string>
#include <vector>

/// Votes: rounds, ballots, tallies. Source: domain.md 3.3, 3.4, 4.2.
namespace governance {

/// What has one ballot.
enum class ElectorUnit { household, person };

/// One vote on one question over a frozen electorate. The rows of the electorate and the ballots stay in the store.
struct VotingRound {
    int number = 1; ///< 1, 2… within a proposal; an extension keeps the number
    ResolutionMode mode = ResolutionMode::household_vote;
    ElectorUnit unit = ElectorUnit::household;
    std::string question;
    std::vector<std::string> options; ///< labels; empty for yes/no
    std::int64_t eligible = 0;        ///< size of the frozen electorate
    std::string rule_set = "CN-2026";
    Instant opens_at{};
    Instant closes_at{};
    bool extended = false;
    bool is_runoff = false;
    std::optional<Instant> closed_at;
    std::optional<Tally> tally; ///< from closing on
    std::optional<VoteResult> result;
    friend bool operator==(VotingRound const&, VotingRound const&) = default;
};

enum class BallotKind { votes_for, votes_against, abstain, option };
struct BallotChoice {
    BallotKind kind = BallotKind::abstain;
    std::string option; ///< label, when kind is option
    friend bool operator==(BallotChoice const&, BallotChoice const&) = default;
};
enum class BallotMeans { chat, paper };

/// What a person asks to be counted.
struct Ballot {
    PersonId person;
    BallotChoice choice;
    BallotMeans means = BallotMeans::chat;
};

/// What the store knows about the speaker in this round's frozen electorate.
struct Membership {
    bool eligible = false; ///< the unit stands on the frozen roll and the person may cast for it (bound adult)
    std::string elector;   ///< household or person id that has the ballot
    bool bound_adult = true;
    /// The valid ballot of that unit so far.
    struct Standing {
        PersonId person;
        BallotChoice choice;
        BallotMeans means = BallotMeans::chat;
    };
    std::optional<Standing> standing;
};

/// The ballot to be written. It supersedes the standing one of the same elector.
struct BallotCast {
    int round = 1;
    std::string elector;
    PersonId person;
    BallotChoice choice;
    BallotMeans means = BallotMeans::chat;
    Instant at{};
    bool changes = false;                    ///< the elector had a valid ballot before
    std::optional<PersonId> replaced_person; ///< another member whose ballot no longer counts; told privately (N-V09)
};

/// Errors: voting_closed{closes_at}, voting_not_open, not_in_electorate, minor, option_expected{options}, option_unknown{options},
/// choice_expected, paper_ballot_stands (a signed paper ballot beats a chat ballot).
[[nodiscard]] result<BallotCast> decide(VotingRound const& round, Ballot const& ballot, Membership const& membership, Instant now);

/// A withdrawn ballot counts as not cast. Errors: as decide(), and no_ballot.
[[nodiscard]] result<void> decide_withdrawal(VotingRound const& round, PersonId const& person, Membership const& membership, Instant now);

/// One ballot as the ledger has it, in order of arrival; `withdrawn` takes the elector's ballot back.
struct BallotRecord {
    std::string elector;
    BallotChoice choice;
    BallotMeans means = BallotMeans::chat;
    bool withdrawn = false;
};
/// Counts the last valid ballot of every elector.
[[nodiscard]] Tally count(VotingRound const& round, std::vector<BallotRecord> const& ballots);

/// Quorum and majority of a mode: household_vote and committee_decision are built.
[[nodiscard]] VoteRule rule_of(ResolutionMode mode);
/// Outcome of a round. Errors: as decide_vote().
[[nodiscard]] result<VoteResult> outcome(VotingRound const& round, Tally const& tally);

/// Whether a running tally may be shown: not before closing for votes with fewer than `hidden_below` (20) eligible units;
/// turnout may always be shown.
[[nodiscard]] bool may_show_tally(VotingRound const& round, Instant now, std::int64_t hidden_below = 20);
/// Names are shown in the published result of a committee decision only.
[[nodiscard]] bool shows_names(ResolutionMode mode);
/// participating / eligible in hundredths of a percent.
[[nodiscard]] std::int64_t turnout_hundredths(Tally const& tally);
/// A committee may close early only when every eligible unit has voted.
[[nodiscard]] bool may_close(VotingRound const& round, Tally const& tally, Instant now);

} // namespace governance
