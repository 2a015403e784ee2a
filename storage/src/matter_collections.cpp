#include "storage/matters.hpp"
#include "storage/settings.hpp"
#include "storage/step_document.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

using governance::CommunityId;
using governance::HouseholdId;
using governance::Instant;
using governance::PersonId;
using governance::RefNo;

std::int64_t single(Cursor rows)
{
    return rows.next() ? rows.integer(0) : 0;
}

Draft draft_from(Cursor const& rows)
{
    return {rows.integer(0),          CommunityId{rows.str(1)}, rows.str(2), rows.str(3), rows.str(4), rows.str(5),
            instant(rows.integer(6)), instant(rows.integer(7))};
}

} // namespace

bool endorsed(Database& db, CommunityId const& community, RefNo no, HouseholdId const& household)
{
    return db
        .query("SELECT 1 FROM endorsement WHERE community = $1 AND no = $2 AND household = $3",
               {community.str(), no.value(), household.str()})
        .next();
}

bool add_endorsement(Database& db, CommunityId const& community, RefNo no, HouseholdId const& household, PersonId const& person, Instant at)
{
    return db.run("INSERT INTO endorsement (community, no, household, person, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                  {community.str(), no.value(), household.str(), person.str(), micros(at)}) > 0;
}

bool take_endorsement(Database& db, CommunityId const& community, RefNo no, HouseholdId const& household, PersonId const& person)
{
    return db.run("DELETE FROM endorsement WHERE community = $1 AND no = $2 AND household = $3 AND person = $4",
                  {community.str(), no.value(), household.str(), person.str()}) > 0;
}

std::int64_t count_endorsements(Database& db, CommunityId const& community, RefNo no)
{
    return single(db.query("SELECT COUNT(*) FROM endorsement WHERE community = $1 AND no = $2", {community.str(), no.value()}));
}

std::vector<PersonId> endorsers(Database& db, CommunityId const& community, RefNo no)
{
    std::vector<PersonId> people;
    auto rows =
        db.query("SELECT person FROM endorsement WHERE community = $1 AND no = $2 ORDER BY household", {community.str(), no.value()});
    while (rows.next())
        people.emplace_back(rows.str(0));
    return people;
}

std::int64_t unite_endorsements(Database& db, CommunityId const& community, RefNo from, RefNo to)
{
    return db.run("INSERT INTO endorsement (community, no, household, person, at) "
                  "SELECT community, CAST($3 AS BIGINT), household, person, at FROM endorsement WHERE community = $1 AND no = $2 "
                  "ON CONFLICT DO NOTHING",
                  {community.str(), from.value(), to.value()});
}

bool add_supporter(Database& db, CommunityId const& community, RefNo no, HouseholdId const& household, PersonId const& person, Instant at)
{
    return db.run("INSERT INTO reopen_support (community, no, household, person, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                  {community.str(), no.value(), household.str(), person.str(), micros(at)}) > 0;
}

std::int64_t count_supporters(Database& db, CommunityId const& community, RefNo no)
{
    return single(db.query("SELECT COUNT(*) FROM reopen_support WHERE community = $1 AND no = $2", {community.str(), no.value()}));
}

void take_over_supporters(Database& db, CommunityId const& community, RefNo from, RefNo to)
{
    db.run("INSERT INTO endorsement (community, no, household, person, at) "
           "SELECT community, CAST($3 AS BIGINT), household, person, at FROM reopen_support WHERE community = $1 AND no = $2 "
           "ON CONFLICT DO NOTHING",
           {community.str(), from.value(), to.value()});
}

void add_comment(Database& db, CommunityId const& community, RefNo no, Comment const& comment)
{
    auto const position = single(
        db.query("SELECT COALESCE(MAX(position), 0) + 1 FROM comment WHERE community = $1 AND no = $2", {community.str(), no.value()}));
    db.run("INSERT INTO comment (community, no, position, person, stance, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
           {community.str(), no.value(), position, comment.person.str(), comment.stance, comment.text, micros(comment.at)});
}

std::vector<Comment> comments(Database& db, CommunityId const& community, RefNo no, int limit)
{
    std::vector<Comment> found;
    auto rows = db.query("SELECT person, stance, text, at FROM comment WHERE community = $1 AND no = $2 ORDER BY position LIMIT $3",
                         {community.str(), no.value(), std::int64_t{limit}});
    while (rows.next())
        found.push_back({PersonId{rows.str(0)}, rows.str(1), rows.str(2), instant(rows.integer(3))});
    return found;
}

std::int64_t count_speakers(Database& db, CommunityId const& community, RefNo no)
{
    return single(db.query("SELECT COUNT(DISTINCT person) FROM comment WHERE community = $1 AND no = $2", {community.str(), no.value()}));
}

void add_rating(Database& db, CommunityId const& community, RefNo no, int round, Rated const& rating)
{
    db.run("INSERT INTO rating (community, no, round, rater, person, score, comment, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
           "ON CONFLICT (community, no, round, rater) DO UPDATE SET person = excluded.person, score = excluded.score, "
           "comment = excluded.comment, at = excluded.at",
           {community.str(), no.value(), std::int64_t{round}, rating.rater, rating.person.str(), std::int64_t{rating.score}, rating.comment,
            micros(rating.at)});
}

bool rated(Database& db, CommunityId const& community, RefNo no, int round, std::string_view rater)
{
    return db
        .query("SELECT 1 FROM rating WHERE community = $1 AND no = $2 AND round = $3 AND rater = $4",
               {community.str(), no.value(), std::int64_t{round}, rater})
        .next();
}

governance::Scores scores(Database& db, CommunityId const& community, RefNo no, int round)
{
    governance::Scores counted;
    auto rows = db.query("SELECT COUNT(*), COALESCE(SUM(score), 0), COALESCE(SUM(CASE WHEN score >= 3 THEN 1 ELSE 0 END), 0) FROM rating "
                         "WHERE community = $1 AND no = $2 AND round = $3",
                         {community.str(), no.value(), std::int64_t{round}});
    if (rows.next()) {
        counted.raters = rows.integer(0);
        counted.sum = rows.integer(1);
        counted.satisfied = rows.integer(2);
    }
    return counted;
}

std::vector<std::string> rating_comments(Database& db, CommunityId const& community, RefNo no, int round, int limit)
{
    std::vector<std::string> found;
    auto rows = db.query("SELECT comment FROM rating WHERE community = $1 AND no = $2 AND round = $3 AND comment <> '' "
                         "ORDER BY score, at LIMIT $4",
                         {community.str(), no.value(), std::int64_t{round}, std::int64_t{limit}});
    while (rows.next())
        found.push_back(rows.str(0));
    return found;
}

void add_page_notice(Database& db, CommunityId const& community, RefNo no, std::string_view kind, std::string_view text, Instant at)
{
    auto const position = single(
        db.query("SELECT COALESCE(MAX(position), 0) + 1 FROM page_notice WHERE community = $1 AND no = $2", {community.str(), no.value()}));
    db.run("INSERT INTO page_notice (community, no, position, kind, text, at, until) VALUES ($1, $2, $3, $4, $5, $6, NULL)",
           {community.str(), no.value(), position, kind, text, micros(at)});
}

std::vector<PageNotice> page_notices(Database& db, CommunityId const& community, RefNo no)
{
    std::vector<PageNotice> found;
    auto rows = db.query("SELECT kind, text, at FROM page_notice WHERE community = $1 AND no = $2 ORDER BY position",
                         {community.str(), no.value()});
    while (rows.next())
        found.push_back({rows.str(0), rows.str(1), instant(rows.integer(2))});
    return found;
}

std::int64_t put_draft(Database& db, Draft const& draft)
{
    auto const id = Numbers{db}.next(CommunityId{}, "draft");
    db.run("INSERT INTO draft (community, id, account, user_id, kind, payload, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
           "$8)",
           {draft.community.str(), id, draft.account, draft.user_id, draft.kind, draft.payload, micros(draft.created_at),
            micros(draft.expires_at)});
    return id;
}

std::optional<Draft> newest_draft(Database& db, std::string_view account, std::string_view user_id, Instant now)
{
    auto rows = db.query("SELECT id, community, account, user_id, kind, payload, created_at, expires_at FROM draft "
                         "WHERE account = $1 AND user_id = $2 AND expires_at > $3 ORDER BY id DESC LIMIT 1",
                         {account, user_id, micros(now)});
    if (!rows.next())
        return std::nullopt;
    return draft_from(rows);
}

std::optional<Draft> find_draft(Database& db, std::int64_t id)
{
    auto rows = db.query("SELECT id, community, account, user_id, kind, payload, created_at, expires_at FROM draft WHERE id = $1", {id});
    if (!rows.next())
        return std::nullopt;
    return draft_from(rows);
}

void drop_draft(Database& db, std::int64_t id)
{
    db.run("DELETE FROM draft WHERE id = $1", {id});
}

std::vector<Draft> drafts_of(Database& db, std::string_view account, std::string_view user_id, std::string_view kind, Instant now)
{
    std::vector<Draft> found;
    auto rows = db.query("SELECT id, community, account, user_id, kind, payload, created_at, expires_at FROM draft "
                         "WHERE account = $1 AND user_id = $2 AND kind = $3 AND expires_at > $4 ORDER BY id DESC",
                         {account, user_id, kind, micros(now)});
    while (rows.next())
        found.push_back(draft_from(rows));
    return found;
}

void drop_second_drafts(Database& db, CommunityId const& community, std::string_view kind, RefNo no, std::string_view trigger)
{
    std::vector<std::int64_t> ids;
    {
        auto rows = db.query("SELECT id, payload FROM draft WHERE community = $1 AND kind = $2", {community.str(), kind});
        while (rows.next())
            if (auto const step = read_pending_step(rows.text(1)); step && step->no == no && step->trigger == trigger)
                ids.push_back(rows.integer(0));
    }
    for (auto const id : ids)
        drop_draft(db, id);
}

} // namespace storage
