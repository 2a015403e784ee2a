#pragma once

#include "governance/matter.hpp"
#include "governance/result.hpp"
#include "governance/routing.hpp"
#include "governance/sla.hpp"
#include "governance/workflow/check.hpp"
#include "governance/workflow/definition.hpp"
#include "governance/workflow/request.hpp"
#include "governance/workflow/step.hpp"

#include <optional>
#include <string>
#include <vector>

/// Grid reports (网格上报). Source: domain.md 8.
namespace governance {

enum class CaseLevel { grid, community, street, district };
[[nodiscard]] char const* name(CaseLevel level);

/// A report and its handling.
struct Case : Matter {
    std::string category = "other";
    std::string subcategory = "unknown";
    Urgency urgency = Urgency::normal;
    bool complex = false;        ///< normal, but with the longer limit
    bool anonymous = false;      ///< nobody who handles it is told who reported; the reporter still hears what comes of it
    std::string source = "chat"; ///< chat, 12345, city_mgmt, grid_platform
    std::string foreign_id;
    HandlerLevel first_level = HandlerLevel::grid; ///< from the routing table, frozen at creation
    CaseLevel level = CaseLevel::grid;             ///< who has it now; passing on does not restart the resident's clock
    std::optional<Instant> resolve_due;            ///< the resident's clock, running from acceptance; paused while need_info
    std::optional<Instant> original_due;           ///< before extensions
    std::optional<Instant> paused_at;
    PersonId accepted_by;
    PersonId handler;         ///< who took it; empty while a department has it and nobody signed
    std::string handler_unit; ///< primary department; empty when the grid handles it
    std::vector<std::string> co_units;
    bool designated = false; ///< the dispatcher ruled: no further return
    std::string named_unit;  ///< the right unit as named by a returning one
    std::optional<Instant> dispatched_at;
    std::optional<Instant> signed_at;
    int pictures = 0;
    std::string visit_note; ///< of verification
    std::string reason;     ///< of a rejection, return, extension or failed check
    std::string result;     ///< as told to the reporter
    std::string cause;      ///< of a danger, as its handler wants it told to the neighbours
    std::string due_text;
    int extensions = 0;
    int reopened = 0;
    std::optional<int> stars; ///< empty while not rated
    std::optional<Instant> closed_at;
    std::optional<PersonId> checked_by;
    RefNo master; ///< of a duplicate
    friend bool operator==(Case const&, Case const&) = default;
};

namespace case_trigger {
inline constexpr char const* kCreate = "create";                // 1
inline constexpr char const* kAsk = "ask";                      // 2
inline constexpr char const* kSupplement = "supplement";        // 3
inline constexpr char const* kAccept = "accept";                // 4
inline constexpr char const* kReject = "reject";                // 5
inline constexpr char const* kMarkDuplicate = "mark_duplicate"; // 6
inline constexpr char const* kWithdraw = "withdraw";            // 7
inline constexpr char const* kVerifyTrue = "verify_true";       // 8
inline constexpr char const* kVerifyFalse = "verify_false";     // 9
inline constexpr char const* kInform = "inform";                // 10
inline constexpr char const* kHandle = "handle";                // 11
inline constexpr char const* kEscalate = "escalate";            // 12, 13
inline constexpr char const* kDispatch = "dispatch";            // 14, 17
inline constexpr char const* kSign = "sign";                    // 15
inline constexpr char const* kReturn = "return";                // 16
inline constexpr char const* kStart = "start";                  // 18
inline constexpr char const* kWhistle = "whistle";              // 19
inline constexpr char const* kPlanAgreed = "plan_agreed";       // 20
inline constexpr char const* kExtend = "extend";                // 21
inline constexpr char const* kDone = "done";                    // 22
inline constexpr char const* kCheckFailed = "check_failed";     // 23
inline constexpr char const* kFeedBack = "feed_back";           // 24
inline constexpr char const* kRate = "rate";                    // 25: by the reporter, or by the timer after silence
inline constexpr char const* kReopen = "reopen";                // 26
} // namespace case_trigger

/// The trigger of a `case.action` in this state; `result` is "true" or "false" for verify. Empty when it means nothing there. A reporter's
/// `reopen` is 26, a checker's is 23: `by_reporter` tells, but while the check is due it is always 23. Source: domain.md 8.3, "Words".
[[nodiscard]] std::optional<std::string> trigger_of_case_action(std::string const& action, std::string const& result,
                                                                std::string const& state, bool by_reporter);

/// The trigger of a reporter's rating: `rate` from three stars on, `reopen` below or when unsolved; after the last reopening every rating
/// closes.
[[nodiscard]] std::string trigger_of_rating(Case const& report, int stars, bool unsolved);

[[nodiscard]] workflow::Vocabulary report_vocabulary();
/// As advance() of five_talks.hpp. A new case (empty state) carries its base facts, category, urgency, source; the effects fill the rest
/// from the routing table. `surroundings.sla` and `routing` are required.
[[nodiscard]] result<workflow::Step<Case>> advance(workflow::Definition const& definition, Case const& before,
                                                   workflow::Request const& request);
[[nodiscard]] result<workflow::Step<Case>> fire(workflow::Definition const& definition, Case const& before, std::string const& timer,
                                                int percent, workflow::Request const& request);

/// The level that the n-th alarm (from 1) about a danger that nobody took reaches: one higher each time, as the ladder of domain.md 8.4.
[[nodiscard]] CaseLevel alarm_level(int time);

/// The limit that applies to the case now, for "{时限}内" of notices and lists.
[[nodiscard]] std::optional<Instant> resident_clock(Case const& report);

/// Three rates in hundredths of a percent. Source: domain.md 8.4. Unrated cases stay out of satisfaction.
struct CaseCounts {
    std::int64_t dispatched = 0;
    std::int64_t signed_in_time = 0;
    std::int64_t rated_or_checked = 0;
    std::int64_t solved = 0;
    std::int64_t rated = 0;
    std::int64_t satisfied = 0; ///< stars >= 3
};
struct CaseRates {
    std::int64_t response = 0;
    std::int64_t solution = 0;
    std::int64_t satisfaction = 0;
};
[[nodiscard]] CaseRates rates(CaseCounts const& counts);

} // namespace governance
