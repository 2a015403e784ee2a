#include "governance/points.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace governance {

result<Points> checked_add(Points a, Points b)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.hundredths(), b.hundredths(), &sum))
        return RefusalCode::points_overflow;
    return Points(sum);
}

result<Points> checked_negate(Points a)
{
    if (a.hundredths() == std::numeric_limits<std::int64_t>::min())
        return RefusalCode::points_overflow;
    return Points(-a.hundredths());
}

std::string to_text(Points points)
{
    auto const value = points.hundredths();
    auto const whole = value / 100;
    auto const rest = value % 100 < 0 ? -(value % 100) : value % 100;
    std::string text = (value < 0 && whole == 0 ? "-" : "") + std::to_string(whole);
    if (rest == 0)
        return text;
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0)
        text += static_cast<char>('0' + rest % 10);
    return text;
}

namespace {

constexpr std::array<std::pair<SubjectType, char const*>, 7> kSubjects{{{SubjectType::resident, "resident"},
                                                                        {SubjectType::household, "household"},
                                                                        {SubjectType::grid, "grid"},
                                                                        {SubjectType::village, "village"},
                                                                        {SubjectType::community, "community"},
                                                                        {SubjectType::party_member, "party_member"},
                                                                        {SubjectType::cadre, "cadre"}}};
constexpr std::array<std::pair<CapPeriod, char const*>, 5> kCapPeriods{{{CapPeriod::none, ""},
                                                                        {CapPeriod::event, "event"},
                                                                        {CapPeriod::month, "month"},
                                                                        {CapPeriod::quarter, "quarter"},
                                                                        {CapPeriod::year, "year"}}};

} // namespace

char const* name(SubjectType type)
{
    for (auto const& [value, word] : kSubjects)
        if (value == type)
            return word;
    return "";
}

std::optional<SubjectType> parse_subject_type(std::string const& text)
{
    for (auto const& [value, word] : kSubjects)
        if (text == word)
            return value;
    return std::nullopt;
}

std::optional<std::set<SubjectType>> parse_subject_types(std::string const& text)
{
    std::set<SubjectType> types;
    std::size_t begin = 0;
    for (std::size_t bar = 0; bar != std::string::npos; begin = bar + 1) {
        bar = text.find('|', begin);
        auto const type = parse_subject_type(text.substr(begin, bar == std::string::npos ? bar : bar - begin));
        if (!type)
            return std::nullopt;
        types.insert(*type);
    }
    return types;
}

std::optional<CapPeriod> parse_cap_period(std::string const& text)
{
    for (auto const& [value, word] : kCapPeriods)
        if (text == word)
            return value;
    return std::nullopt;
}

void Catalogue::add(Instant from, Items items)
{
    editions_[from] = std::move(items);
}

Catalogue::Items const& Catalogue::at(Instant when) const
{
    static Items const none;
    if (editions_.empty())
        return none;
    auto const later = editions_.upper_bound(when);
    return later == editions_.begin() ? later->second : std::prev(later)->second;
}

CatalogueItem const* Catalogue::find(std::string const& code, Instant when) const
{
    auto const& items = at(when);
    auto const found = items.find(code);
    return found == items.end() ? nullptr : &found->second;
}

Instant next_quarter(Zone const& zone, Instant now)
{
    auto const date = zone.date(now);
    auto const first = std::chrono::month{(static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1};
    return zone.start_of((date.year() / first + std::chrono::months{3}) / 1);
}

Capped apply_cap(CatalogueItem const& item, Points declared, Points already_posted)
{
    // A cap on gains does not stop a deduction, nor the other way round.
    bool const gains = declared > Points{};
    if (!item.cap || declared == Points{} || gains != (*item.cap > Points{}))
        return {declared, false};
    std::int64_t room = 0;
    if (__builtin_sub_overflow(item.cap->hundredths(), already_posted.hundredths(), &room))
        room = 0;
    auto const value = gains ? std::min(declared.hundredths(), std::max<std::int64_t>(0, room))
                             : std::max(declared.hundredths(), std::min<std::int64_t>(0, room));
    return {Points(value), value != declared.hundredths()};
}

result<Points> adjustment(std::int64_t points)
{
    if (points == 0 || points > 10 || points < -10)
        return Refusal{RefusalCode::delta_not_allowed, {{"min", "-10"}, {"max", "10"}}};
    return Points::whole(points);
}

result<PointsEntry> reversal(PointsEntry const& entry, Instant now)
{
    static std::array<char const*, 4> const reversible{"posted", "published", "final", "appealed"};
    bool const may = std::any_of(reversible.begin(), reversible.end(), [&](char const* state) { return entry.state == state; });
    auto const opposite = checked_negate(entry.posted);
    if (!may || !entry.reversal_of.empty())
        return Refusal{RefusalCode::not_reversible, {{"state", entry.state}}};
    if (!opposite)
        return opposite.error();
    auto made = entry;
    made.no = RefNo{};
    made.posted = *opposite;
    made.declared = *opposite;
    made.state = "posted";
    made.state_since = now;
    made.opened_at = now;
    made.posted_at = now;
    made.published_at.reset();
    made.deadline.reset();
    made.flags = {};
    made.cap_reached = false;
    made.reversal_of = entry.no;
    return made;
}

} // namespace governance
