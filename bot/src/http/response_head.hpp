#pragma once

#include "bot/http.hpp"

#include <cstdint>
#include <string>

namespace bot::detail {

/// Writes status line and headers of a response, up to the empty line, into `out` (its room is reused).
void write_head(std::string& out, HttpResponse const& response, std::uint64_t request_id, bool keep_alive, bool http_1_0);
/// Whether a response of this status has a body at all.
bool status_has_body(int status);

} // namespace bot::detail
