#include "bot/public/rankings.hpp"

#include "bot/log.hpp"
#include "storage/district.hpp"
#include "storage/points.hpp"
#include "storage/rule_files.hpp"
#include "storage/store.hpp"

#include <charconv>
#include <exception>
#include <map>

namespace bot {
namespace {

using governance::Points;
using governance::SubjectType;
using std::chrono::month;
using std::chrono::year;

constexpr std::string_view kAdjustments = "X";

std::optional<unsigned> number(std::string_view text)
{
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

/// Published entries, those that became final, and corrected ones together with their corrections, which cancel out.
bool is_public(governance::LedgerLine const& line)
{
    return line.state == "published" || line.state == "final" || line.state == "reversed" || line.is_reversal;
}

struct Sums {
    std::map<std::string, std::map<std::string, Points>> by_subject; ///< subject -> class -> points
    bool published = false;
};

Sums sums_of(storage::Database& db, PublicReference const& reference, SubjectType type, MonthSpan const& months)
{
    auto const catalogue = storage::load_catalogue(db);
    auto const then = governance::Instant{std::chrono::sys_days{months.second / std::chrono::last}};
    Sums sums;
    for (auto const* unit : reference.organisation.communities()) {
        for (auto const& posted : storage::posted_in(db, governance::community_from(unit->id), type, months.first, months.second)) {
            if (!is_public(posted.line))
                continue;
            sums.published = sums.published || posted.line.state == "published" || posted.line.state == "final";
            auto const* item = catalogue.find(posted.item, then);
            auto const code = item == nullptr ? posted.item.substr(0, posted.item.find('-')) : item->class_code;
            auto& sum = sums.by_subject[posted.subject][code];
            if (auto const more = checked_add(sum, posted.line.delta); more.has_value())
                sum = *more;
        }
    }
    return sums;
}

} // namespace

std::optional<MonthSpan> months_of(std::string_view period)
{
    auto const y = period.size() >= 4 ? number(period.substr(0, 4)) : std::nullopt;
    if (!y || *y < 1970 || *y > 2999)
        return std::nullopt;
    auto const in_year = year(static_cast<int>(*y));
    if (period.size() == 4)
        return MonthSpan{in_year / month(1), in_year / month(12)};
    if (period.size() == 6 && period[4] == 'Q' && period[5] >= '1' && period[5] <= '4') {
        auto const first = static_cast<unsigned>(period[5] - '1') * 3 + 1;
        return MonthSpan{in_year / month(first), in_year / month(first + 2)};
    }
    auto const m = period.size() == 7 && period[4] == '-' ? number(period.substr(5)) : std::nullopt;
    if (!m || *m < 1 || *m > 12)
        return std::nullopt;
    return MonthSpan{in_year / month(*m), in_year / month(*m)};
}

std::string quarter_at(governance::Zone const& zone, governance::Instant at)
{
    auto const date = zone.date(at);
    return std::to_string(static_cast<int>(date.year())) + "Q" + std::to_string((static_cast<unsigned>(date.month()) + 2) / 3);
}

std::vector<governance::RankedRow> published_ranking(storage::Database& db, PublicReference const& reference,
                                                     governance::CommunityId const& community, std::string_view subject,
                                                     MonthSpan const& months)
{
    if (subject != "grid" && subject != "village")
        return {};
    auto const type = subject == "village" ? SubjectType::village : SubjectType::grid;
    auto const wanted = subject == "village" ? governance::UnitType::village : governance::UnitType::grid;
    try {
        auto sums = sums_of(db, reference, type, months);
        if (!sums.published)
            return {};
        auto const maxima = storage::read_class_maxima(storage::district_file(db, "points_classes.json"));
        std::vector<governance::Standing> standings;
        for (auto const& unit : reference.organisation.units()) {
            if (unit.type != wanted || (subject == "grid" && unit.community != community))
                continue;
            auto classes = sums.by_subject[unit.id.str()];
            auto const adjustments = classes[std::string(kAdjustments)];
            classes.erase(std::string(kAdjustments));
            if (auto const score = governance::class_score(classes, maxima, adjustments); score.has_value())
                standings.push_back({unit.id.str(), *score, true});
        }
        return governance::rank(standings);
    } catch (storage::StoreError const&) {
        throw;
    } catch (std::exception const& fault) { // a table of the district that cannot be read
        log(Level::error, "ranking_unreadable", {{"error", fault.what()}});
        return {};
    }
}

} // namespace bot
