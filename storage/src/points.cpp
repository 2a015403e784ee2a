#include "storage/points.hpp"

#include "points_document.hpp"
#include "storage/settings.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

using governance::CommunityId;
using governance::PointsEntry;
using governance::RefNo;
using governance::SubjectType;
using std::chrono::year_month;

constexpr std::string_view kRecordSeries = "record_no";

std::int64_t number_of(year_month month)
{
    return static_cast<std::int64_t>(static_cast<int>(month.year())) * 12 + static_cast<unsigned>(month.month()) - 1;
}

year_month month_from(std::int64_t number)
{
    return std::chrono::year{static_cast<int>(number / 12)} / std::chrono::month{static_cast<unsigned>(number % 12) + 1};
}

#define YIQI_POSTED "SELECT subject, item, month, posted, state, subject_type, posted_at, reversal_of FROM points_entry "

PostedLine line_from(Cursor const& rows)
{
    PostedLine found;
    found.subject = rows.str(0);
    found.item = rows.str(1);
    found.month = month_from(rows.integer(2));
    found.line.delta = governance::Points{rows.integer(3)};
    found.line.state = rows.str(4);
    found.line.subject_type = static_cast<SubjectType>(rows.integer(5));
    found.line.posted_at = instant(rows.integer(6));
    found.line.year = static_cast<int>(found.month.year());
    found.line.is_reversal = rows.integer(7) != 0;
    return found;
}

std::vector<PostedLine> lines(Cursor rows)
{
    std::vector<PostedLine> found;
    while (rows.next())
        found.push_back(line_from(rows));
    return found;
}

} // namespace

RefNo next_record_no(Database& db, CommunityId const& community)
{
    return RefNo{Numbers{db}.next(community, kRecordSeries)};
}

std::optional<PointsEntry> load_points_entry(Database& db, CommunityId const& community, RefNo no)
{
    auto rows = db.query("SELECT document FROM points_entry WHERE community = $1 AND no = $2", {community.str(), no.value()});
    if (!rows.next())
        return std::nullopt;
    PointsEntry entry;
    document::read(nlohmann::json::parse(rows.text(0)), entry);
    entry.community = community;
    entry.no = no;
    return entry;
}

void save_points_entry(Database& db, PointsEntry const& entry, year_month month)
{
    auto copy = entry;
    auto const text = document::write(copy).dump();
    Bind posted_at = nullptr;
    if (entry.posted_at)
        posted_at = entry.posted_at->time_since_epoch().count();
    db.run("INSERT INTO points_entry (community, no, state, subject_type, subject, item, posted, counted, month, period, occurred_at, "
           "reversal_of, cause, posted_at, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
           "ON CONFLICT (community, no) DO UPDATE SET state = excluded.state, item = excluded.item, posted = excluded.posted, "
           "counted = excluded.counted, month = excluded.month, period = excluded.period, occurred_at = excluded.occurred_at, "
           "cause = excluded.cause, posted_at = excluded.posted_at, document = excluded.document",
           {entry.community.str(), entry.no.value(), entry.state, static_cast<std::int64_t>(entry.subject_type), entry.subject,
            entry.item_code, entry.posted.hundredths(), std::int64_t{entry.posted_at.has_value()}, number_of(month), entry.period,
            entry.occurred_at.time_since_epoch().count(), entry.reversal_of.value(), entry.cause, posted_at, text});
}

std::int64_t posted_for_item(Database& db, CommunityId const& community, std::string_view subject, std::string_view item, year_month from,
                             year_month to)
{
    auto rows = db.query("SELECT CAST(COALESCE(SUM(posted), 0) AS BIGINT) FROM points_entry WHERE community = $1 AND subject = $2 "
                         "AND item = $3 AND counted = 1 AND month >= $4 AND month <= $5",
                         {community.str(), subject, item, number_of(from), number_of(to)});
    return rows.next() ? rows.integer(0) : 0;
}

RefNo same_fact(Database& db, PointsEntry const& entry)
{
    auto rows =
        db.query("SELECT no FROM points_entry WHERE community = $1 AND subject = $2 AND item = $3 AND occurred_at = $4 "
                 "AND cause = $5 AND no <> $6 AND reversal_of = 0 AND state <> 'rejected' AND state <> 'reversed' ORDER BY no LIMIT 1",
                 {entry.community.str(), entry.subject, entry.item_code, entry.occurred_at.time_since_epoch().count(), entry.cause,
                  entry.no.value()});
    return rows.next() ? RefNo{rows.integer(0)} : RefNo{};
}

std::vector<PostedLine> posted_lines(Database& db, CommunityId const& community, SubjectType type, std::string_view subject)
{
    return lines(db.query(YIQI_POSTED "WHERE community = $1 AND subject_type = $2 AND subject = $3 AND counted = 1 ORDER BY no",
                          {community.str(), static_cast<std::int64_t>(type), subject}));
}

std::vector<PostedLine> posted_in(Database& db, CommunityId const& community, SubjectType type, year_month from, year_month to)
{
    return lines(db.query(YIQI_POSTED
                          "WHERE community = $1 AND subject_type = $2 AND month >= $3 AND month <= $4 AND counted = 1 ORDER BY subject, no",
                          {community.str(), static_cast<std::int64_t>(type), number_of(from), number_of(to)}));
}

std::vector<RefNo> entries_in(Database& db, CommunityId const& community, std::string_view state, std::string_view period)
{
    std::vector<RefNo> found;
    auto rows = db.query("SELECT no FROM points_entry WHERE community = $1 AND state = $2 AND period = $3 ORDER BY no",
                         {community.str(), state, period});
    while (rows.next())
        found.emplace_back(rows.integer(0));
    return found;
}

} // namespace storage
