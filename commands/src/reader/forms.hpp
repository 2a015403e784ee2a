#pragma once

#include "reader/rules.hpp"

#include <string_view>
#include <vector>

namespace commands::reader {

/// A line of a labelled form: 标题：…, 地点：….
struct FormLine {
    std::string_view label;
    Span value;
};

[[nodiscard]] std::vector<FormLine> form_lines(View const& v);

/// A number, then the word at once: 12进入表决, 1024核实属实 — or the word, then the number.
[[nodiscard]] std::optional<Reading> with_number(View const& v);
/// Several commands in one message, each with its own number: 签收1024，1031退单. Ballots alone have their own rule.
[[nodiscard]] Verdict several(View const& v);

} // namespace commands::reader
