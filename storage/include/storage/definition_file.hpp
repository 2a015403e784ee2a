#pragma once

#include "governance/workflow/check.hpp"
#include "governance/workflow/definition.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace storage {

/// A definition that cannot be used. what() has one line per fault, "FILE:LINE: where: what is wrong".
class DefinitionError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads a procedure from TOML (data/procedures/*.toml) without checking what it names.
/// Errors: DefinitionError for bad TOML, unknown or missing keys, wrong types, unreadable periods, undefined "$parameters".
[[nodiscard]] governance::workflow::Definition parse_definition(std::string_view toml, std::string const& file_name);

/// Reads and checks. Errors: DefinitionError, also for an unreadable file and for every problem that check() finds.
[[nodiscard]] governance::workflow::Definition load_definition(std::filesystem::path const& file,
                                                               governance::workflow::Vocabulary const& vocabulary);

/// Loads every *.toml of a folder; the vocabulary of each comes from its id (five_talks, report, points_entry), completed with the
/// notices and actor words of the caller's catalogues. Several files may hold versions of one procedure.
/// Errors: DefinitionError, also for a procedure nobody can run and for two files with the same id and version.
[[nodiscard]] governance::workflow::DefinitionSet
load_definitions(std::filesystem::path const& folder, std::set<std::string> const& notices, std::set<std::string> const& actors);

} // namespace storage
