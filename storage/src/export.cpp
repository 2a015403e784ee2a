#include "storage/export.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace storage {
namespace {

/// How a column is written.
enum class As { text, number, time, points };

struct Column {
    char const* name;
    As as;
};

struct Query {
    std::string_view what;
    std::string_view sql; ///< $1: community, or '' for all
    std::vector<Column> columns;
};

std::vector<Query> const& queries()
{
    static std::vector<Query> const kQueries{
        {"proposals",
         "SELECT community, no, title, state, scope, opened_at, state_since, deadline, "
         "(SELECT COUNT(*) FROM endorsement e WHERE e.community = m.community AND e.no = m.no) FROM matter m "
         "WHERE kind = 'proposal' AND ($1 = '' OR community = $1) ORDER BY community, no",
         {{"community", As::text},
          {"no", As::number},
          {"title", As::text},
          {"state", As::text},
          {"scope", As::text},
          {"opened_at", As::time},
          {"state_since", As::time},
          {"deadline", As::time},
          {"endorsing_households", As::number}}},
        {"votes",
         "SELECT community, no, round, elector, person, means, at, withdrawn FROM ballot WHERE ($1 = '' OR community = $1) "
         "ORDER BY community, no, round, elector",
         {{"community", As::text},
          {"no", As::number},
          {"round", As::number},
          {"elector", As::text},
          {"person", As::text},
          {"means", As::text},
          {"at", As::time},
          {"withdrawn", As::number}}},
        {"points",
         "SELECT community, no, state, subject, item, posted, period, occurred_at, posted_at, reversal_of FROM points_entry "
         "WHERE ($1 = '' OR community = $1) ORDER BY community, no",
         {{"community", As::text},
          {"record_no", As::number},
          {"state", As::text},
          {"subject", As::text},
          {"item", As::text},
          {"points", As::points},
          {"period", As::text},
          {"occurred_at", As::time},
          {"posted_at", As::time},
          {"reversal_of", As::number}}},
        {"cases",
         "SELECT community, no, title, state, scope, opened_at, state_since, deadline FROM matter "
         "WHERE kind = 'report' AND confidential = 0 AND ($1 = '' OR community = $1) ORDER BY community, no",
         {{"community", As::text},
          {"no", As::number},
          {"title", As::text},
          {"state", As::text},
          {"scope", As::text},
          {"opened_at", As::time},
          {"state_since", As::time},
          {"deadline", As::time}}},
        {"ratings",
         "SELECT r.community, r.no, r.round, r.score, r.comment, r.at FROM rating r JOIN matter m ON m.community = r.community AND m.no = "
         "r.no "
         "WHERE m.confidential = 0 AND ($1 = '' OR r.community = $1) ORDER BY r.community, r.no, r.round, r.at",
         {{"community", As::text},
          {"no", As::number},
          {"round", As::number},
          {"score", As::number},
          {"comment", As::text},
          {"at", As::time}}},
        {"audit",
         "SELECT seq, at, community, kind, ref_no, payload, hash FROM ledger WHERE ($1 = '' OR community = $1) ORDER BY seq",
         {{"seq", As::number},
          {"at", As::time},
          {"community", As::text},
          {"kind", As::text},
          {"no", As::number},
          {"payload", As::text},
          {"hash", As::text}}}};
    return kQueries;
}

std::string time_text(std::int64_t us)
{
    auto const at = std::chrono::sys_time<std::chrono::seconds>{std::chrono::seconds{us / 1'000'000}};
    auto const day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{at - day};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02lld:%02lld:%02lldZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<long long>(time.hours().count()),
                  static_cast<long long>(time.minutes().count()), static_cast<long long>(time.seconds().count()));
    return text.data();
}

std::string points_text(std::int64_t hundredths)
{
    std::array<char, 40> text{};
    auto const size = hundredths < 0 ? -hundredths : hundredths;
    std::snprintf(text.data(), text.size(), "%s%lld.%02lld", hundredths < 0 ? "-" : "", static_cast<long long>(size / 100),
                  static_cast<long long>(size % 100));
    return text.data();
}

std::string cell(Cursor const& rows, int column, As as)
{
    if (rows.null(column))
        return {};
    switch (as) {
    case As::text: return rows.str(column);
    case As::number: return std::to_string(rows.integer(column));
    case As::time: return time_text(rows.integer(column));
    case As::points: return points_text(rows.integer(column));
    }
    return {};
}

} // namespace

std::optional<ExportTable> export_table(Database& db, std::string_view what, governance::CommunityId const& community)
{
    for (auto const& query : queries()) {
        if (query.what != what)
            continue;
        ExportTable table;
        for (auto const& column : query.columns)
            table.columns.emplace_back(column.name);
        auto rows = db.query(query.sql, {community.str()});
        while (rows.next()) {
            auto& row = table.rows.emplace_back();
            for (std::size_t i = 0; i < query.columns.size(); ++i)
                row.push_back(cell(rows, static_cast<int>(i), query.columns[i].as));
        }
        return table;
    }
    return std::nullopt;
}

} // namespace storage
