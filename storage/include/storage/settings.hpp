#pragma once

#include "governance/ids.hpp"
#include "storage/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace storage {

/// Small facts by name, of a community or (empty id) of the installation.
class Settings {
public:
    explicit Settings(Database& db) : db_(db) {}

    std::optional<std::string> get(governance::CommunityId const& community, std::string_view name);
    void set(governance::CommunityId const& community, std::string_view name, std::string_view value);
    /// False when there was none.
    bool erase(governance::CommunityId const& community, std::string_view name);
    /// Name and value of those whose name begins with `prefix`, by name.
    std::vector<std::pair<std::string, std::string>> list(governance::CommunityId const& community, std::string_view prefix);

private:
    Database& db_;
};

/// Running numbers of a community, as ref_no over all kinds of matters: from 1, without gaps, never given twice.
/// Source: domain.md 3.1.
class Numbers {
public:
    explicit Numbers(Database& db) : db_(db) {}

    /// Gives out the next number of the series `name`.
    std::int64_t next(governance::CommunityId const& community, std::string_view name);
    /// The last one given out; 0 when none was.
    std::int64_t last(governance::CommunityId const& community, std::string_view name);
    /// Lets a series go on after `value` at least, as an import of old matters needs.
    void raise(governance::CommunityId const& community, std::string_view name, std::int64_t value);

private:
    Database& db_;
};

/// The series that the numbers of matters come from.
inline constexpr std::string_view kRefNoSeries = "ref_no";

} // namespace storage
