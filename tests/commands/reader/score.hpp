#pragma once

#include "commands/reader/reader.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

/// Scores a reader against a file of expected readings by the rules of domain.md 15.6.
namespace reader_test {

struct Score {
    std::size_t messages = 0;
    std::size_t heads = 0;                     ///< mode and intent right
    std::size_t fulls = 0;                     ///< arguments too
    std::vector<std::string> false_executions; ///< ids
    std::vector<std::string> missed_critical;
    std::map<std::string, std::string> failures; ///< id -> what was wanted and what came
};

struct Comparison {
    bool head = false;
    bool full = false;
};

/// Compares one result with what was expected, without authz, which is decided elsewhere.
[[nodiscard]] Comparison compare(nlohmann::json const& expect, nlohmann::json const& result);

/// Reads every line of a file of tests/commands/data.
[[nodiscard]] Score score_file(commands::reader::Reader const& reader, std::string const& file_name);

/// The reader of the product with the demo district's names; made once.
[[nodiscard]] commands::reader::Reader const& demo_reader();

} // namespace reader_test
