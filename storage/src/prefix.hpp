#pragma once

#include <string>
#include <string_view>

namespace storage {

/// The last text that begins with `prefix`, for a range that an index can answer: texts compare bytewise in both engines, and
/// nothing of ours holds the last character of Unicode.
inline std::string last_with_prefix(std::string_view prefix)
{
    return std::string(prefix) + "\xF4\x8F\xBF\xBF";
}

} // namespace storage
