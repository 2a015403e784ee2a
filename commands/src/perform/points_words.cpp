#include "perform/points_words.hpp"

#include "perform/similarity.hpp"

#include <algorithm>
#include <charconv>

namespace commands {
namespace {

constexpr int kTitlePercent = 30; ///< how alike words and a title must at least be

bool fits(governance::CatalogueItem const& item, std::vector<governance::SubjectType> const& types, bool deduction)
{
    bool const typed = std::any_of(types.begin(), types.end(), [&](auto type) { return item.subject_types.contains(type); });
    return typed && deduction == (item.maximum < governance::Points{});
}

/// The length of the longest of the words separated by '|' that stands in the text.
std::size_t longest_word(std::string_view words, std::string_view text)
{
    std::size_t longest = 0;
    while (!words.empty()) {
        auto const end = words.find('|');
        auto const word = words.substr(0, end);
        if (word.size() > longest && text.find(word) != std::string_view::npos)
            longest = word.size();
        words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
    }
    return longest;
}

} // namespace

std::string record_text(governance::RefNo no)
{
    return "P" + std::to_string(no.value());
}

governance::RefNo record_from(std::string_view text)
{
    if (!text.empty() && (text.front() == 'P' || text.front() == 'p'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value > 0 ? governance::RefNo{value} : governance::RefNo{};
}

std::string delta_text(governance::Points points)
{
    return (points > governance::Points{} ? "+" : "") + governance::to_text(points);
}

std::string item_text(Scene const& scene, std::string const& code)
{
    auto const* found = scene.world.catalogue.find(code, scene.now);
    return found == nullptr ? code : found->title;
}

governance::CatalogueItem const* item_in(Scene const& scene, std::string_view words, std::vector<governance::SubjectType> const& types,
                                         bool deduction)
{
    auto const& listed = scene.world.wording.table("words_points_item");
    governance::CatalogueItem const* best = nullptr;
    std::size_t length = 0;
    int alike = kTitlePercent - 1;
    for (auto const& [code, item] : scene.world.catalogue.at(scene.now)) {
        if (words.find(code) != std::string_view::npos)
            return &item;
        if (!fits(item, types, deduction))
            continue;
        auto const known = listed.find(code);
        auto const size = known == listed.end() ? 0 : longest_word(known->second, words);
        auto const percent = similarity_percent(item.title, words);
        if (size > length || (length == 0 && size == 0 && percent > alike)) {
            best = &item;
            length = size;
            alike = std::max(alike, percent);
        }
    }
    return best;
}

std::chrono::year_month month_of(Scene const& scene, governance::Instant at)
{
    auto const date = scene.world.calendar.zone.date(at);
    return date.year() / date.month();
}

std::pair<std::chrono::year_month, std::chrono::year_month> quarter_of(std::chrono::year_month month)
{
    auto const first = (static_cast<unsigned>(month.month()) - 1) / 3 * 3 + 1;
    return {month.year() / std::chrono::month{first}, month.year() / std::chrono::month{first + 2}};
}

std::string quarter_text(std::chrono::year_month month)
{
    static constexpr char const* kNames[] = {"一", "二", "三", "四"};
    return std::to_string(static_cast<int>(month.year())) + "年第" + kNames[(static_cast<unsigned>(month.month()) - 1) / 3] + "季度";
}

} // namespace commands
