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

/// A durable timer: deadline, reminder, digest, settlement. Unique by community, kind, key and due_at: what fired once
/// does not fire again (until purge() forgets it). Times are procedure time.
struct Job {
    governance::CommunityId community; ///< empty: of the store as a whole
    std::string kind;                  ///< snake_case
    std::string key;                   ///< the thing it is about, as "matter/12/stage"; several may share a prefix
    governance::Instant due_at;
    std::string payload; ///< opaque
    std::int64_t attempts = 0;
    std::string last_error;
};

class Jobs {
public:
    explicit Jobs(Database& db) : db_(db) {}

    /// Arms a job; false when the same one is armed already or has fired.
    bool arm(Job const& job);
    /// Disarms the jobs of any kind whose key begins with `key_prefix`; returns how many.
    std::int64_t cancel(governance::CommunityId const& community, std::string_view key_prefix);
    /// Takes the job that is due first, at `until` at the latest, and marks it fired. Called in the unit of work that has the
    /// effect, so that both commit or neither: exactly once.
    std::optional<Job> take_next(governance::Instant until);
    /// When the next armed job is due.
    std::optional<governance::Instant> next_due();
    /// Counts a failure of a job whose unit of work was rolled back, in a unit of its own; after `limit` failures the job is parked, so
    /// that it does not hold up those after it. True when it was parked.
    bool failed(Job const& job, std::string_view error, std::int64_t limit);
    std::vector<Job> parked(std::int64_t limit);
    /// Arms a parked job again; false when it is not parked.
    bool rearm(Job const& job);
    /// Armed jobs of a community whose key begins with `key_prefix`, by due_at.
    std::vector<Job> armed(governance::CommunityId const& community, std::string_view key_prefix, std::int64_t limit);
    /// Forgets at most `limit` jobs that fired before `before`; returns how many.
    std::int64_t purge(governance::Instant before, std::int64_t limit = 1000);

private:
    Database& db_;
};

} // namespace storage
