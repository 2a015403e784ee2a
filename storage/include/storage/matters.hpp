#pragma once

#include "governance/matter.hpp"
#include "governance/proposal.hpp"
#include "governance/report.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <vector>

/// Matters: the rows every kind shares, and the documents of each kind. Callers hold the community's unit of work.
namespace storage {

inline constexpr std::string_view kProposal = "proposal";
inline constexpr std::string_view kReport = "report";

/// The next number of the community's one running series. Never given twice. Source: domain.md 3.1.
governance::RefNo next_ref_no(Database& db, governance::CommunityId const& community);
/// Another text whenever a matter of the community has changed; empty before the first.
std::string matters_revision(Database& db, governance::CommunityId const& community);

/// What lists and the reader need of a matter.
struct MatterHead {
    governance::CommunityId community;
    governance::RefNo no;
    std::string kind;
    std::string definition;
    int definition_version = 0;
    std::string state;
    bool live = true;
    std::string title;
    governance::UnitId scope;
    governance::PersonId author;
    bool confidential = false;
    governance::Instant opened_at{};
    governance::Instant state_since{};
    std::optional<governance::Instant> deadline;
};

std::optional<MatterHead> find_matter(Database& db, governance::CommunityId const& community, governance::RefNo no);
/// Matters not in an end state, by number.
std::vector<MatterHead> live_matters(Database& db, governance::CommunityId const& community);
/// The newest matters of a kind (empty: all kinds), below `before` when it is not 0, newest first.
std::vector<MatterHead> newest_matters(Database& db, governance::CommunityId const& community, std::string_view kind, std::int64_t before,
                                       int limit);
/// Matters that the person began, newest first.
std::vector<MatterHead> matters_by(Database& db, governance::CommunityId const& community, governance::PersonId const& author, int limit);

std::optional<governance::Proposal> load_proposal(Database& db, governance::CommunityId const& community, governance::RefNo no);
/// Inserts or replaces; `live` is false in an end state.
void save_proposal(Database& db, governance::Proposal const& proposal, bool live);

std::optional<governance::Case> load_report(Database& db, governance::CommunityId const& community, governance::RefNo no);
void save_report(Database& db, governance::Case const& report, bool live);

// Endorsements: one a household.
bool endorsed(Database& db, governance::CommunityId const& community, governance::RefNo no, governance::HouseholdId const& household);
/// False when the household had endorsed already.
bool add_endorsement(Database& db, governance::CommunityId const& community, governance::RefNo no, governance::HouseholdId const& household,
                     governance::PersonId const& person, governance::Instant at);
/// False when that person's endorsement was not there.
bool take_endorsement(Database& db, governance::CommunityId const& community, governance::RefNo no,
                      governance::HouseholdId const& household, governance::PersonId const& person);
std::int64_t count_endorsements(Database& db, governance::CommunityId const& community, governance::RefNo no);
std::vector<governance::PersonId> endorsers(Database& db, governance::CommunityId const& community, governance::RefNo no);
/// Gives the endorsements of `from` to `to`, each household once. Returns how many were new there.
std::int64_t unite_endorsements(Database& db, governance::CommunityId const& community, governance::RefNo from, governance::RefNo to);

// Households that ask for a rejected proposal to be looked at again.
bool add_supporter(Database& db, governance::CommunityId const& community, governance::RefNo no, governance::HouseholdId const& household,
                   governance::PersonId const& person, governance::Instant at);
std::int64_t count_supporters(Database& db, governance::CommunityId const& community, governance::RefNo no);
/// The supporters of `from` endorse `to`, each household once.
void take_over_supporters(Database& db, governance::CommunityId const& community, governance::RefNo from, governance::RefNo to);

struct Comment {
    governance::PersonId person;
    std::string stance; ///< for | against | neutral, or empty
    std::string text;
    governance::Instant at{};
};
void add_comment(Database& db, governance::CommunityId const& community, governance::RefNo no, Comment const& comment);
std::vector<Comment> comments(Database& db, governance::CommunityId const& community, governance::RefNo no, int limit);
std::int64_t count_speakers(Database& db, governance::CommunityId const& community, governance::RefNo no);

struct Rated {
    std::string rater; ///< household of a proposal, person of a report
    governance::PersonId person;
    int score = 0;
    std::string comment;
    governance::Instant at{};
};
/// Keeps a rating; a later one of the same rater in the same round takes its place.
void add_rating(Database& db, governance::CommunityId const& community, governance::RefNo no, int round, Rated const& rating);
bool rated(Database& db, governance::CommunityId const& community, governance::RefNo no, int round, std::string_view rater);
governance::Scores scores(Database& db, governance::CommunityId const& community, governance::RefNo no, int round);
/// Comments given with low scores first.
std::vector<std::string> rating_comments(Database& db, governance::CommunityId const& community, governance::RefNo no, int round,
                                         int limit);

struct PageNotice {
    std::string kind;
    std::string text;
    governance::Instant at{};
};
void add_page_notice(Database& db, governance::CommunityId const& community, governance::RefNo no, std::string_view kind,
                     std::string_view text, governance::Instant at);
std::vector<PageNotice> page_notices(Database& db, governance::CommunityId const& community, governance::RefNo no);

/// What waits for one answer of one account.
struct Draft {
    std::int64_t id = 0;
    governance::CommunityId community;
    std::string account;
    std::string user_id;
    std::string kind;
    std::string payload; ///< JSON, the kind's own
    governance::Instant created_at{};
    governance::Instant expires_at{};
};
/// Writes a draft and returns its id.
std::int64_t put_draft(Database& db, Draft const& draft);
/// The newest draft of that account's user that has not expired.
std::optional<Draft> newest_draft(Database& db, std::string_view account, std::string_view user_id, governance::Instant now);
std::optional<Draft> find_draft(Database& db, std::int64_t id);
void drop_draft(Database& db, std::int64_t id);
/// The drafts of one kind that wait for that account's user, newest first.
std::vector<Draft> drafts_of(Database& db, std::string_view account, std::string_view user_id, std::string_view kind,
                             governance::Instant now);
/// Drops the official steps that wait for a second person on that matter and trigger, whoever they wait for.
void drop_second_drafts(Database& db, governance::CommunityId const& community, std::string_view kind, governance::RefNo no,
                        std::string_view trigger);

} // namespace storage
