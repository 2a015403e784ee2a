#pragma once

#include "governance/calendar.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Notices as data, and when they leave. Source: domain.md 13.1, 16.
namespace governance {

enum class NoticeChannel { group, private_chat, digest, page, staff };
[[nodiscard]] std::optional<NoticeChannel> parse_notice_channel(std::string const& text);
enum class NoticeTiming { now, digest, scheduled };
[[nodiscard]] std::optional<NoticeTiming> parse_notice_timing(std::string const& text);

/// One entry of notices.json.
struct NoticeDef {
    std::string id;
    std::string event;
    std::set<NoticeChannel> channels;
    NoticeTiming timing = NoticeTiming::now;
    std::string text; ///< with {variables}

    /// Most characters that its text may have: 200 for statutory and voting notices and digests, else 120.
    [[nodiscard]] int limit_characters() const;
};
using NoticeCatalogue = std::map<std::string, NoticeDef>;

/// Whether something may wait. `direct` is an answer to who asked, or the asker's own case; `critical` is danger.
enum class Lane { digest, routine, own_case, direct, critical };

/// A group or a person as a receiver.
struct Receiver {
    std::optional<int> daily_budget; ///< notices a day; empty: no limit
    QuietHours quiet;
    int sent_today = 0; ///< that counted against the budget, on the local day of `now`
    std::chrono::minutes digest_at{19 * 60 + 30};
};

struct Delivery {
    enum class Way { send_now, hold, into_digest };
    Way way = Way::send_now;
    Instant not_before{};             ///< when it may leave
    bool counts = false;              ///< against the budget
    bool tell_budget_reached = false; ///< the first that the budget held back (N-B03)
};
/// When a notice may leave. Critical and direct ones pass everything; digests wait for the evening; others wait out quiet hours, and beyond
/// the budget go into the digest.
[[nodiscard]] Delivery plan_delivery(Zone const& zone, Receiver const& receiver, Lane lane, Instant now);
/// The next moment at which the receiver's digest leaves; never inside its quiet hours.
[[nodiscard]] Instant next_digest(Zone const& zone, Receiver const& receiver, Instant now);

/// Cuts UTF-8 text to `limit` characters, the last of them "…" when something was cut. Never splits a character.
[[nodiscard]] std::string cut(std::string const& text, int limit);

} // namespace governance
