#include "storage/matters.hpp"

#include "matter_documents.hpp"
#include "storage/settings.hpp"
#include "storage/time.hpp"

#include <atomic>
#include <chrono>

namespace storage {
namespace {

using governance::Case;
using governance::CommunityId;
using governance::Instant;
using governance::PersonId;
using governance::Proposal;
using governance::RefNo;

constexpr std::string_view kRevision = "matters_revision";

/// Differs from every other revision this process gave, also from one whose unit of work was rolled back, so that what was loaded under a
/// revision is what the books say under it.
std::int64_t fresh_revision()
{
    static std::atomic<std::int64_t> last{
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    return ++last;
}

#define YIQI_HEAD                                                                                                                          \
    "community, no, kind, definition, definition_version, state, live, title, scope, author, confidential, opened_at, state_since, "       \
    "deadline"

MatterHead head_from(Cursor const& rows)
{
    MatterHead head;
    head.community = CommunityId{rows.str(0)};
    head.no = RefNo{rows.integer(1)};
    head.kind = rows.str(2);
    head.definition = rows.str(3);
    head.definition_version = static_cast<int>(rows.integer(4));
    head.state = rows.str(5);
    head.live = rows.integer(6) != 0;
    head.title = rows.str(7);
    head.scope = governance::UnitId{rows.str(8)};
    head.author = PersonId{rows.str(9)};
    head.confidential = rows.integer(10) != 0;
    head.opened_at = instant(rows.integer(11));
    head.state_since = instant(rows.integer(12));
    if (!rows.null(13))
        head.deadline = instant(rows.integer(13));
    return head;
}

std::vector<MatterHead> heads(Cursor rows)
{
    std::vector<MatterHead> found;
    while (rows.next())
        found.push_back(head_from(rows));
    return found;
}

/// Loads a matter of a kind: its columns into the base, the rest from its document.
template <class T>
std::optional<T> load(Database& db, std::string_view kind, CommunityId const& community, RefNo no)
{
    auto rows = db.query("SELECT " YIQI_HEAD ", author_household, document FROM matter WHERE community = $1 AND no = $2 AND kind = $3",
                         {community.str(), no.value(), kind});
    if (!rows.next())
        return std::nullopt;
    T matter;
    document::read(nlohmann::json::parse(rows.text(15)), matter);
    auto head = head_from(rows);
    matter.community = std::move(head.community);
    matter.no = head.no;
    matter.definition = std::move(head.definition);
    matter.definition_version = head.definition_version;
    matter.state = std::move(head.state);
    matter.title = std::move(head.title);
    matter.scope = std::move(head.scope);
    matter.author = std::move(head.author);
    matter.author_household = governance::HouseholdId{rows.str(14)};
    matter.opened_at = head.opened_at;
    matter.state_since = head.state_since;
    matter.deadline = head.deadline;
    return matter;
}

template <class T>
void save(Database& db, std::string_view kind, T const& matter, bool live)
{
    auto copy = matter;
    auto const text = document::write(copy).dump();
    Bind deadline = nullptr;
    if (matter.deadline)
        deadline = micros(*matter.deadline);
    db.run(
        "INSERT INTO matter (" YIQI_HEAD ", author_household, document) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (community, no) DO UPDATE SET "
        "definition_version = excluded.definition_version, state = excluded.state, live = excluded.live, title = excluded.title, "
        "scope = excluded.scope, confidential = excluded.confidential, opened_at = excluded.opened_at, state_since = excluded.state_since, "
        "deadline = excluded.deadline, document = excluded.document",
        {matter.community.str(), matter.no.value(), kind, matter.definition, std::int64_t{matter.definition_version}, matter.state,
         std::int64_t{live}, matter.title, matter.scope.str(), matter.author.str(), std::int64_t{matter.flags.confidential},
         micros(matter.opened_at), micros(matter.state_since), deadline, matter.author_household.str(), text});
    Settings{db}.set(matter.community, kRevision, std::to_string(fresh_revision()));
}

} // namespace

RefNo next_ref_no(Database& db, CommunityId const& community)
{
    return RefNo{Numbers{db}.next(community, kRefNoSeries)};
}

std::string matters_revision(Database& db, CommunityId const& community)
{
    return Settings{db}.get(community, kRevision).value_or("");
}

std::optional<MatterHead> find_matter(Database& db, CommunityId const& community, RefNo no)
{
    auto rows = db.query("SELECT " YIQI_HEAD " FROM matter WHERE community = $1 AND no = $2", {community.str(), no.value()});
    if (!rows.next())
        return std::nullopt;
    return head_from(rows);
}

std::vector<MatterHead> live_matters(Database& db, CommunityId const& community)
{
    return heads(db.query("SELECT " YIQI_HEAD " FROM matter WHERE community = $1 AND live = 1 ORDER BY no", {community.str()}));
}

std::vector<MatterHead> newest_matters(Database& db, CommunityId const& community, std::string_view kind, std::int64_t before, int limit)
{
    return heads(db.query("SELECT " YIQI_HEAD " FROM matter WHERE community = $1 AND ($2 = '' OR kind = $2) AND ($3 = 0 OR no < $3) "
                          "ORDER BY no DESC LIMIT $4",
                          {community.str(), kind, before, std::int64_t{limit}}));
}

std::vector<MatterHead> matters_by(Database& db, CommunityId const& community, PersonId const& author, int limit)
{
    return heads(db.query("SELECT " YIQI_HEAD " FROM matter WHERE community = $1 AND author = $2 ORDER BY no DESC LIMIT $3",
                          {community.str(), author.str(), std::int64_t{limit}}));
}

std::optional<Proposal> load_proposal(Database& db, CommunityId const& community, RefNo no)
{
    return load<Proposal>(db, kProposal, community, no);
}

void save_proposal(Database& db, Proposal const& proposal, bool live)
{
    save(db, kProposal, proposal, live);
}

std::optional<Case> load_report(Database& db, CommunityId const& community, RefNo no)
{
    return load<Case>(db, kReport, community, no);
}

void save_report(Database& db, Case const& report, bool live)
{
    save(db, kReport, report, live);
}

} // namespace storage
