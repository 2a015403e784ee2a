#pragma once

#include "governance/calendar.hpp"
#include "governance/matter.hpp"
#include "governance/result.hpp"
#include "governance/workflow/check.hpp"
#include "governance/workflow/definition.hpp"
#include "governance/workflow/request.hpp"
#include "governance/workflow/step.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The points system (积分制). Source: domain.md 6. Points are integer hundredths.
namespace governance {

class Points {
public:
    constexpr Points() = default;
    constexpr explicit Points(std::int64_t hundredths) : hundredths_(hundredths) {}
    [[nodiscard]] static constexpr Points whole(std::int64_t points) { return Points(points * 100); }
    [[nodiscard]] constexpr std::int64_t hundredths() const { return hundredths_; }
    friend constexpr auto operator<=>(Points, Points) = default; // NOLINT(modernize-use-nullptr): false of clang-tidy 14

private:
    std::int64_t hundredths_ = 0;
};
/// Errors: points_overflow.
[[nodiscard]] result<Points> checked_add(Points a, Points b);
/// Errors: points_overflow (of the smallest value).
[[nodiscard]] result<Points> checked_negate(Points a);
/// "5", "-2.5", "0.25".
[[nodiscard]] std::string to_text(Points points);

enum class SubjectType { resident, household, grid, village, community, party_member, cadre };
[[nodiscard]] char const* name(SubjectType type);
[[nodiscard]] std::optional<SubjectType> parse_subject_type(std::string const& text);
/// "household", "grid|village". Empty when a word is unknown or none is there.
[[nodiscard]] std::optional<std::set<SubjectType>> parse_subject_types(std::string const& text);
enum class CapPeriod { none, event, month, quarter, year };
[[nodiscard]] std::optional<CapPeriod> parse_cap_period(std::string const& text);

/// One item of the catalogue, in the version under which an entry was earned.
struct CatalogueItem {
    std::string code;
    std::string area; ///< urban, rural, both
    std::string class_code;
    std::set<SubjectType> subject_types; ///< "grid|village" names two
    std::string title;
    Points minimum;
    Points maximum;
    std::optional<Points> cap; ///< most (for deductions: least) that an entry's subject gets in the cap period
    CapPeriod cap_period = CapPeriod::none;
    std::string visibility; ///< public, private, internal
    int version = 1;
};

/// The points catalogue, edition after edition: an entry counts under the one that was in force when it was earned. Source: domain.md 6.2.
class Catalogue {
public:
    using Items = std::map<std::string, CatalogueItem>; ///< by code
    /// Adds an edition that counts from `from` on; of editions with the same day the one added last counts.
    void add(Instant from, Items items);
    /// The items in force at `when`; before the first edition those of the first.
    [[nodiscard]] Items const& at(Instant when) const;
    /// An item in force at `when`; null when there is none. Valid as long as the catalogue.
    [[nodiscard]] CatalogueItem const* find(std::string const& code, Instant when) const;

private:
    std::map<Instant, Items> editions_;
};

/// The start of the quarter after the one that `now` lies in, when a changed catalogue takes effect.
[[nodiscard]] Instant next_quarter(Zone const& zone, Instant now);

/// What a declared amount is worth under a cap. Source: domain.md 6.4: the part above the cap is posted as 0 with a note.
struct Capped {
    Points posted;
    bool reached = false; ///< "已达上限"
};
[[nodiscard]] Capped apply_cap(CatalogueItem const& item, Points declared, Points already_posted);

/// Adjustments of grids and villages: whole points, 1 <= |x| <= 10. Errors: delta_not_allowed{min,max}.
[[nodiscard]] result<Points> adjustment(std::int64_t points);

/// One entry of the book. `no` is its record number (P12); `author` declared or recorded it first; `address` is the place.
struct PointsEntry : Matter {
    SubjectType subject_type = SubjectType::household;
    std::string subject; ///< PersonId, HouseholdId or UnitId
    std::string item_code;
    int catalogue_version = 1;
    Points declared; ///< as asked for
    Points posted;   ///< as counted, after the cap
    bool cap_reached = false;
    Instant occurred_at{};
    std::string cause;
    std::vector<std::string> evidence;
    PersonId declared_by;
    HouseholdId declared_household;
    PersonId recorded_by;
    PersonId audited_by;
    std::string period;               ///< "2026Q3", the quarter in which it counts
    std::optional<Instant> warned_at; ///< of a deduction on a household or resident
    bool put_right = false;
    std::optional<Instant> posted_at;
    std::optional<Instant> published_at;
    bool appealed_once = false;
    std::vector<PersonId> panel;
    std::string reason; ///< of a return, rejection, appeal, decision or correction
    RefNo reversal_of;
    RefNo reversed_by;
    friend bool operator==(PointsEntry const&, PointsEntry const&) = default;
};

namespace points_trigger {
inline constexpr char const* kDeclare = "declare";   // 1
inline constexpr char const* kRecord = "record";     // 2
inline constexpr char const* kCollect = "collect";   // 3
inline constexpr char const* kReject = "reject";     // 4, 7
inline constexpr char const* kReturn = "return";     // 5
inline constexpr char const* kComplete = "complete"; // 6
inline constexpr char const* kApprove = "approve";   // 8
inline constexpr char const* kPublish = "publish";   // 9
inline constexpr char const* kFinalise = "finalise"; // 10
inline constexpr char const* kAppeal = "appeal";     // 11
inline constexpr char const* kUphold = "uphold";     // 12
inline constexpr char const* kReverse = "reverse";   // 13
inline constexpr char const* kCorrect = "correct";   // 14
} // namespace points_trigger

[[nodiscard]] workflow::Vocabulary points_vocabulary();
/// As advance() of five_talks.hpp. A new entry (empty state) carries subject, item_code, declared, occurred_at, address, cause, evidence.
[[nodiscard]] result<workflow::Step<PointsEntry>> advance(workflow::Definition const& definition, PointsEntry const& before,
                                                          workflow::Request const& request);
[[nodiscard]] result<workflow::Step<PointsEntry>> fire(workflow::Definition const& definition, PointsEntry const& before,
                                                       std::string const& timer, int percent, workflow::Request const& request);

/// The reversing entry of a posted one: full amount, opposite sign, naming the old. Errors: not_reversible{state}.
[[nodiscard]] result<PointsEntry> reversal(PointsEntry const& entry, Instant now);

/// A line of the ledger as balances need it: only entries that were posted (posted, published, final, appealed, reversed).
struct LedgerLine {
    Points delta;
    std::string state;
    SubjectType subject_type = SubjectType::household;
    Instant posted_at{};
    int year = 0; ///< local year in which it counts
    bool is_reversal = false;
};
/// Points of a year for rankings and honours. Entries under appeal are frozen and left out; a reversed one and its reversal cancel out.
/// Errors: points_overflow.
[[nodiscard]] result<Points> score(std::vector<LedgerLine> const& lines, int year, Points base = Points{});
/// A redemption of the shop.
struct Redemption {
    Points amount; ///< positive
    Instant at{};
};
/// Points that may be redeemed: positive entries of households and residents that are final or posted for at least 30 days; each expires at
/// the end of the year after the one it counts in; redemptions use up the oldest first. Never negative. Errors: points_overflow.
[[nodiscard]] result<Points> spendable(std::vector<LedgerLine> const& lines, std::vector<Redemption> const& redemptions,
                                       WorkCalendar const& calendar, Instant now);

enum class Grade { none, bronze, silver, gold };
[[nodiscard]] char const* name(Grade grade);
/// 130, 120, 110 points without a veto event.
[[nodiscard]] Grade grade(Points score, bool veto);

/// Sum over classes of min(class sum, class maximum), each at least 0, plus adjustments. Errors: points_overflow.
[[nodiscard]] result<Points> class_score(std::map<std::string, Points> const& by_class, std::map<std::string, Points> const& maxima,
                                         Points adjustments);
/// 0.60 x points + 0.40 x other, inputs in thousandths of a point on 0..100, the points part capped at 100; hundredths, rounded half up.
[[nodiscard]] Points village_annual(std::int64_t points_thousandths, std::int64_t other_thousandths);

} // namespace governance
