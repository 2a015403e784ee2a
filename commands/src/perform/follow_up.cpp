#include "perform/follow_up.hpp"

#include "storage/matters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace commands {
namespace {

constexpr std::size_t kMostLinks = 3;
constexpr std::array<std::string_view, 6> kLinkWords = {"关联", "接着", "承接", "后续", "延续", "接"};
constexpr std::array<std::string_view, 8> kBetween = {" ", "　", "：", ":", "第", "#", "提议", "编号"};

/// The number that stands at the beginning of `text`, after separators; 0 when none does.
std::int64_t number_after(std::string_view text)
{
    bool skipped = true;
    while (skipped) {
        skipped = false;
        for (auto const between : kBetween) {
            if (text.starts_with(between)) {
                text.remove_prefix(between.size());
                skipped = true;
            }
        }
    }
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value <= 0)
        return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    // "接3栋", "接2号楼" are places, "接1.5米" a measure.
    auto const rest = text.starts_with("号") ? text.substr(std::string_view("号").size()) : text;
    constexpr std::array<std::string_view, 7> kPlaces = {"栋", "幢", "楼", "单元", "室", "米", "."};
    bool const place = std::any_of(kPlaces.begin(), kPlaces.end(), [&](auto const word) { return rest.starts_with(word); });
    return place ? 0 : value;
}

} // namespace

std::vector<governance::RefNo> follow_ups_in(Scene const& scene, governance::CommunityId const& community, std::string_view text)
{
    std::vector<governance::RefNo> found;
    for (auto const word : kLinkWords) {
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            auto const no = governance::RefNo{number_after(text.substr(at + word.size()))};
            if (no.empty() || found.size() == kMostLinks || std::find(found.begin(), found.end(), no) != found.end())
                continue;
            auto const head = storage::find_matter(scene.db, community, no);
            if (head && head->kind == storage::kProposal && !head->confidential)
                found.push_back(no);
        }
    }
    return found;
}

} // namespace commands
