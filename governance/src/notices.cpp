#include "governance/notices.hpp"

#include <algorithm>

namespace governance {

std::optional<NoticeChannel> parse_notice_channel(std::string const& text)
{
    if (text == "group")
        return NoticeChannel::group;
    if (text == "private")
        return NoticeChannel::private_chat;
    if (text == "digest")
        return NoticeChannel::digest;
    if (text == "page")
        return NoticeChannel::page;
    if (text == "staff")
        return NoticeChannel::staff;
    return std::nullopt;
}

std::optional<NoticeTiming> parse_notice_timing(std::string const& text)
{
    if (text == "now")
        return NoticeTiming::now;
    if (text == "digest")
        return NoticeTiming::digest;
    if (text == "scheduled")
        return NoticeTiming::scheduled;
    return std::nullopt;
}

int NoticeDef::limit_characters() const
{
    // Statutory and voting notices and digests (domain.md 16); all others keep the 120 of 13.1.
    static std::set<std::string> const longer{"N-V01", "N-V04", "N-V05", "N-F05", "N-F06", "N-F07", "N-F08",
                                              "N-O01", "N-O02", "N-O03", "N-J05", "N-R15", "N-B01"};
    return longer.contains(id) || channels.contains(NoticeChannel::digest) ? 200 : 120;
}

Instant next_digest(Zone const& zone, Receiver const& receiver, Instant now)
{
    auto const today = std::chrono::local_days{zone.date(now)};
    auto at = zone.instant(LocalTime{today} + receiver.digest_at);
    if (at < now)
        at = zone.instant(LocalTime{today} + std::chrono::days{1} + receiver.digest_at);
    return after_quiet(zone, receiver.quiet, at);
}

Delivery plan_delivery(Zone const& zone, Receiver const& receiver, Lane lane, Instant now)
{
    using Way = Delivery::Way;
    if (lane == Lane::critical || lane == Lane::direct)
        return {Way::send_now, now, false, false};
    if (lane == Lane::digest)
        return {Way::into_digest, next_digest(zone, receiver, now), false, false};
    bool const counts = lane == Lane::routine;
    if (counts && receiver.daily_budget && receiver.sent_today >= *receiver.daily_budget)
        return {Way::into_digest, next_digest(zone, receiver, now), false, receiver.sent_today == *receiver.daily_budget};
    if (is_quiet(zone, receiver.quiet, now))
        return {Way::hold, after_quiet(zone, receiver.quiet, now), counts, false};
    return {Way::send_now, now, counts, false};
}

std::string cut(std::string const& text, int limit)
{
    int characters = 0;
    std::size_t last_start = 0; // of the character that would have to become "…"
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U)
            continue;
        if (++characters == limit)
            last_start = i;
        if (characters > limit)
            return limit < 1 ? std::string{} : text.substr(0, last_start) + "…";
    }
    return text;
}

} // namespace governance
