#include "perform/similarity.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace commands {
namespace {

std::vector<std::uint64_t> pairs(std::string_view text)
{
    std::vector<std::uint64_t> found;
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 8192));
    std::uint64_t before = 0;
    for (std::int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        if (c < 0 || !u_isalnum(c))
            continue;
        auto const folded = static_cast<std::uint64_t>(u_tolower(c));
        if (before != 0)
            found.push_back(before << 32U | folded);
        before = folded;
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

int similarity_percent(std::string_view a, std::string_view b)
{
    auto const left = pairs(a);
    auto const right = pairs(b);
    if (left.empty() || right.empty())
        return left.empty() && right.empty() && a == b ? 100 : 0;
    std::vector<std::uint64_t> common;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
    return static_cast<int>(200 * common.size() / (left.size() + right.size()));
}

} // namespace commands
