#pragma once

#include "bot/public/reference.hpp"
#include "governance/ballot.hpp"
#include "governance/proposal.hpp"
#include "governance/report.hpp"
#include "storage/matters.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A matter as anybody may see it: redacted, without persons, without a tally before the end. Pages and the JSON API show these and nothing
/// else, so what is not here is not public. Source: domain.md 14.1.
namespace bot {

struct PublicVote {
    std::string question;
    std::vector<std::string> options;
    std::string mode; ///< as in household_vote
    governance::Instant opens_at{};
    governance::Instant closes_at{};
    bool extended = false;
    std::int64_t participating = 0;
    std::int64_t eligible = 0;
    /// Only once the vote has closed.
    struct Result {
        std::string outcome; ///< passed | not_passed | no_quorum | runoff
        governance::Tally tally;
        std::int64_t quorum_needed = 0;
        std::int64_t votes_needed = 0;
        std::string winner;
    };
    std::optional<Result> result;
};

struct PublicExecution {
    std::string responsible; ///< a unit, or the office of a person, never a name
    std::string body;        ///< the residents' own body that looks after the result, as in parking_committee; may be empty
    std::int64_t budget_fen = 0;
    std::int64_t spent_fen = 0;
    int percent = 0;
    std::vector<std::pair<governance::LocalDate, std::string>> milestones;
    struct Progress {
        governance::Instant at{};
        int percent = 0;
        std::string text;
    };
    std::vector<Progress> progress;
};

struct PublicEvaluation {
    std::int64_t raters = 0;
    bool ended = false;
    bool counted = false; ///< enough ratings; else no score is shown
    std::int64_t average_hundredths = 0;
    std::int64_t satisfaction_hundredths = 0;
    std::string closing; ///< satisfied | not_enough_ratings | unsatisfied, or empty
};

struct PublicObjection {
    governance::Instant raised_at{};
    std::optional<governance::Instant> answered_at;
    bool upheld = false;
    std::string answer;
};

struct PublicMatter {
    governance::CommunityId community;
    std::int64_t no = 0;
    std::string kind; ///< proposal | report
    std::string title;
    std::string text; ///< empty for reports
    std::string state, state_title, stage;
    bool live = true;
    bool overdue = false;
    std::string scope, place; ///< id and name of the unit it concerns, at building level
    governance::Instant opened_at{};
    governance::Instant state_since{};
    std::optional<governance::Instant> deadline;
    std::vector<std::pair<std::string, std::int64_t>> links; ///< kind and number
    std::vector<storage::PageNotice> notices;
    // proposals
    std::int64_t endorsements = 0;
    std::int64_t endorsements_needed = 0;
    std::string cost; ///< none | in_budget | apportioned, once reviewed
    std::int64_t amount_fen = 0;
    std::string minutes;
    std::int64_t speakers = 0;
    std::optional<PublicVote> vote;
    std::optional<governance::Publication> publication;
    std::vector<PublicObjection> objections;
    std::optional<PublicExecution> execution;
    std::optional<PublicEvaluation> evaluation;
    std::string closing_reason;
    // reports
    std::string category, subcategory, category_title, subcategory_title, urgency;
    std::optional<governance::Instant> closed_at;
};

/// How much of a matter is wanted.
enum class Detail { summary, full };

/// Makes views in one consistent read.
class PublicViews {
public:
    PublicViews(storage::Database& db, PublicReference const& reference, StateLookup const& states)
        : db_(db), reference_(reference), states_(states)
    {
    }

    /// Nothing for an unknown, confidential or unfinished (draft) matter: from outside they are the same.
    [[nodiscard]] std::optional<PublicMatter> matter(governance::CommunityId const& community, std::int64_t no, Detail detail);
    struct Page {
        std::vector<PublicMatter> items;
        std::int64_t next = 0; ///< pass as `before` for what follows; 0: that was all
    };
    /// Matters of a kind, newest first; `state` and `before` filter when not empty or 0.
    [[nodiscard]] Page list(governance::CommunityId const& community, std::string_view kind, std::string_view state, std::int64_t before,
                            int limit);

private:
    [[nodiscard]] bool hidden(storage::MatterHead const& head) const;
    [[nodiscard]] std::optional<PublicMatter> view(storage::MatterHead const& head, Detail detail);
    void add_proposal(PublicMatter& view, governance::Proposal const& proposal, Detail detail);
    void add_report(PublicMatter& view, governance::Case const& report);
    void add_vote(PublicMatter& view, governance::Proposal const& proposal);
    void add_execution(PublicMatter& view, governance::Proposal const& proposal);
    void add_evaluation(PublicMatter& view, governance::Proposal const& proposal);
    void add_links(PublicMatter& view, std::vector<governance::MatterLink> const& links);
    [[nodiscard]] std::string clean(std::string_view text) const { return reference_.redactor.clean(text); }
    [[nodiscard]] std::string responsible(std::string const& owner);

    storage::Database& db_;
    PublicReference const& reference_;
    StateLookup const& states_;
};

} // namespace bot
