#pragma once

#include "commands/reader/context.hpp"
#include "commands/reader/reading.hpp"

#include <functional>
#include <nlohmann/json_fwd.hpp>

namespace bot {

/// `ctx` of the example files. `role` may be a text or a list. Throws std::invalid_argument naming the key that is wrong.
[[nodiscard]] commands::reader::Context context_from_json(nlohmann::json const& ctx);

/// One reading in the shape of `expect`: mode, intent, args and, when there are any, missing.
[[nodiscard]] nlohmann::json to_json(commands::reader::Reading const& reading);

/// A whole result: the reading, or {"multi": [...]}. `denied` adds "authz": "deny" to those it holds for.
[[nodiscard]] nlohmann::json to_json(commands::reader::Result const& result,
                                     std::function<bool(commands::reader::Reading const&)> const& denied = {});

} // namespace bot
