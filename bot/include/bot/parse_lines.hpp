#pragma once

#include "commands/reader/reader.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace bot {

/// Whether somebody with this role may do what the reading asks for.
using Allowed = std::function<bool(std::string const& role, commands::reader::Reading const& reading)>;

/// The loop of `yiqi parse`: JSON lines {"id","text","ctx"} in, {"id","result"} out, `result` in the shape of `expect` of the example files
/// with text, title, comment and reason in full; "authz": "deny" where `allowed` says no. A faulty line gives {"id", "result", "error"}
/// with an ignored result and does not stop the run. Returns the number of faulty lines.
std::size_t parse_lines(std::istream& in, std::ostream& out, commands::reader::Reader const& reader, Allowed const& allowed);

} // namespace bot
