#include "storage/ballots.hpp"

namespace storage {
namespace {

using governance::BallotChoice;
using governance::BallotKind;
using governance::CommunityId;
using governance::RefNo;

constexpr std::string_view kOptionPrefix = "option:";

} // namespace

std::string to_text(BallotChoice const& choice)
{
    switch (choice.kind) {
    case BallotKind::votes_for: return "for";
    case BallotKind::votes_against: return "against";
    case BallotKind::abstain: return "abstain";
    case BallotKind::option: return std::string{kOptionPrefix} + choice.option;
    }
    return "abstain";
}

BallotChoice choice_from(std::string_view text)
{
    if (text == "for")
        return {BallotKind::votes_for, ""};
    if (text == "against")
        return {BallotKind::votes_against, ""};
    if (text.starts_with(kOptionPrefix))
        return {BallotKind::option, std::string{text.substr(kOptionPrefix.size())}};
    return {BallotKind::abstain, ""};
}

void freeze_electorate(Database& db, CommunityId const& community, RefNo no, int round, std::vector<std::string> const& electors)
{
    for (auto const& elector : electors)
        db.run("INSERT INTO electorate (community, no, round, elector, reminded) VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING",
               {community.str(), no.value(), std::int64_t{round}, elector});
}

void copy_electorate(Database& db, CommunityId const& community, RefNo no, int from_round, int to_round)
{
    db.run("INSERT INTO electorate (community, no, round, elector, reminded) "
           "SELECT community, no, CAST($4 AS BIGINT), elector, 0 FROM electorate WHERE community = $1 AND no = $2 AND round = $3 "
           "ON CONFLICT DO NOTHING",
           {community.str(), no.value(), std::int64_t{from_round}, std::int64_t{to_round}});
}

bool is_elector(Database& db, CommunityId const& community, RefNo no, int round, std::string_view elector)
{
    return db
        .query("SELECT 1 FROM electorate WHERE community = $1 AND no = $2 AND round = $3 AND elector = $4",
               {community.str(), no.value(), std::int64_t{round}, elector})
        .next();
}

std::int64_t electorate_size(Database& db, CommunityId const& community, RefNo no, int round)
{
    auto rows = db.query("SELECT COUNT(*) FROM electorate WHERE community = $1 AND no = $2 AND round = $3",
                         {community.str(), no.value(), std::int64_t{round}});
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<std::string> take_unreminded(Database& db, CommunityId const& community, RefNo no, int round)
{
    std::vector<std::string> electors;
    {
        auto rows = db.query("SELECT e.elector FROM electorate e WHERE e.community = $1 AND e.no = $2 AND e.round = $3 AND e.reminded = 0 "
                             "AND NOT EXISTS (SELECT 1 FROM ballot b WHERE b.community = e.community AND b.no = e.no AND b.round = e.round "
                             "AND b.elector = e.elector AND b.withdrawn = 0) ORDER BY e.elector",
                             {community.str(), no.value(), std::int64_t{round}});
        while (rows.next())
            electors.push_back(rows.str(0));
    }
    for (auto const& elector : electors)
        db.run("UPDATE electorate SET reminded = 1 WHERE community = $1 AND no = $2 AND round = $3 AND elector = $4",
               {community.str(), no.value(), std::int64_t{round}, elector});
    return electors;
}

std::optional<governance::Membership::Standing> standing_ballot(Database& db, CommunityId const& community, RefNo no, int round,
                                                                std::string_view elector)
{
    auto rows = db.query("SELECT person, choice, means FROM ballot WHERE community = $1 AND no = $2 AND round = $3 AND elector = $4 "
                         "AND withdrawn = 0",
                         {community.str(), no.value(), std::int64_t{round}, elector});
    if (!rows.next())
        return std::nullopt;
    return governance::Membership::Standing{governance::PersonId{rows.str(0)}, choice_from(rows.text(1)),
                                            rows.text(2) == "paper" ? governance::BallotMeans::paper : governance::BallotMeans::chat};
}

void put_ballot(Database& db, CommunityId const& community, RefNo no, governance::BallotCast const& ballot)
{
    db.run("INSERT INTO ballot (community, no, round, elector, person, choice, means, at, withdrawn) VALUES ($1, $2, $3, $4, $5, $6, $7, "
           "$8, 0) "
           "ON CONFLICT (community, no, round, elector) DO UPDATE SET person = excluded.person, choice = excluded.choice, "
           "means = excluded.means, at = excluded.at, withdrawn = 0",
           {community.str(), no.value(), std::int64_t{ballot.round}, ballot.elector, ballot.person.str(), to_text(ballot.choice),
            ballot.means == governance::BallotMeans::paper ? "paper" : "chat", ballot.at.time_since_epoch().count()});
}

void withdraw_ballot(Database& db, CommunityId const& community, RefNo no, int round, std::string_view elector, governance::Instant at)
{
    db.run("UPDATE ballot SET withdrawn = 1, at = $5 WHERE community = $1 AND no = $2 AND round = $3 AND elector = $4",
           {community.str(), no.value(), std::int64_t{round}, elector, at.time_since_epoch().count()});
}

governance::Tally tally(Database& db, CommunityId const& community, RefNo no, int round, std::vector<std::string> const& options)
{
    governance::Tally counted;
    for (auto const& option : options)
        counted.options.emplace(option, 0);
    counted.eligible = electorate_size(db, community, no, round);
    auto rows =
        db.query("SELECT choice, COUNT(*) FROM ballot WHERE community = $1 AND no = $2 AND round = $3 AND withdrawn = 0 GROUP BY choice",
                 {community.str(), no.value(), std::int64_t{round}});
    while (rows.next()) {
        auto const choice = choice_from(rows.text(0));
        auto const votes = rows.integer(1);
        switch (choice.kind) {
        case BallotKind::votes_for: counted.votes_for += votes; break;
        case BallotKind::votes_against: counted.votes_against += votes; break;
        case BallotKind::abstain: counted.abstain += votes; break;
        case BallotKind::option: counted.options[choice.option] += votes; break;
        }
    }
    return counted;
}

std::int64_t participating(Database& db, CommunityId const& community, RefNo no, int round)
{
    auto rows = db.query("SELECT COUNT(*) FROM ballot WHERE community = $1 AND no = $2 AND round = $3 AND withdrawn = 0",
                         {community.str(), no.value(), std::int64_t{round}});
    return rows.next() ? rows.integer(0) : 0;
}

} // namespace storage
