#pragma once

#include "bot/public/views.hpp"

#include <nlohmann/json_fwd.hpp>

namespace bot {

/// A matter as the public API shows it; data/openapi.json says what the fields mean.
nlohmann::json to_json(PublicMatter const& matter, Detail detail);

} // namespace bot
