#pragma once

#include "governance/ids.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// One version of a definition (workflow, catalogue, rubric) as it was put in.
struct Definition {
    std::string id;
    std::int64_t version = 0; ///< from 1
    std::string text;         ///< opaque
    std::string hash;         ///< SHA-256 of the text, hexadecimal
    governance::Instant added_at;
};

/// Versioned definitions of a community, or (empty id) of the installation. Versions are never changed or removed: a running
/// matter stays on the one it began with. Source: domain.md 3.2.
class Definitions {
public:
    explicit Definitions(Database& db) : db_(db) {}

    /// Puts a text in and returns its version: a new one, or the latest when the text is the same.
    std::int64_t put(governance::CommunityId const& community, std::string_view id, std::string_view text, governance::Instant at);
    std::optional<Definition> get(governance::CommunityId const& community, std::string_view id, std::int64_t version);
    std::optional<Definition> latest(governance::CommunityId const& community, std::string_view id);
    /// The latest version of each, by id.
    std::vector<Definition> all(governance::CommunityId const& community);

private:
    Database& db_;
};

} // namespace storage
