#pragma once

#include "wecom_seal.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What the load generator sends: votes of distinct residents, each signed and encrypted before the clock starts.
namespace bench {

/// Options of the command line, `--name value`.
class Options {
public:
    /// Throws std::invalid_argument for what is no pair of name and value.
    Options(int argc, char** argv);
    /// Throws std::invalid_argument when it is missing.
    [[nodiscard]] std::string const& text(std::string const& name) const;
    [[nodiscard]] std::int64_t number(std::string const& name) const;

private:
    std::map<std::string, std::string> values_;
};

/// Whole HTTP requests: callback `i` is the vote of user u(first + 2 i) on matter 1.
std::vector<std::string> sealed_votes(Options const& options, Sealer const& sealer);

/// True when a reply body opens and says that the vote was taken.
bool confirms_vote(std::string const& body, Sealer const& sealer);

} // namespace bench
