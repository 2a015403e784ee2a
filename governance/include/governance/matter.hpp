#pragma once

#include "governance/ids.hpp"
#include "governance/majority.hpp"
#include "governance/time.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace governance {

/// Flags that stand beside every state. Source: domain.md 3.2.
struct MatterFlags {
    bool overdue = false;
    bool supervised = false;
    bool confidential = false;
    bool frozen = false;
    bool escalated = false; ///< the official side let a deadline pass and the level above was told; cleared with the next step
    friend bool operator==(MatterFlags const&, MatterFlags const&) = default;
};

/// How two numbers hang together. Duplicates and merged numbers stay valid and resolve to the master.
enum class LinkKind { merged_into, merged_from, transferred_to, transferred_from, reopened_as, reopened_from, follow_up_of, duplicate_of };
[[nodiscard]] char const* name(LinkKind kind);
struct MatterLink {
    LinkKind kind = LinkKind::follow_up_of;
    RefNo no;
    friend bool operator==(MatterLink const&, MatterLink const&) = default;
};

/// What every matter has, whatever its procedure. Source: domain.md 3.1, 3.2.
struct Matter {
    RefNo no; ///< 0 until the store gives one
    CommunityId community;
    std::string definition;     ///< procedure id, as in "five_talks"
    int definition_version = 0; ///< the matter stays on this version
    std::string state;          ///< state id of the definition; empty before the first transition
    std::string title;
    std::string text;
    std::string address; ///< as the speaker wrote it; shown in groups at building level only
    PersonId author;     ///< who created it; the reporter, the declarer
    HouseholdId author_household;
    std::vector<PersonId> co_authors;
    UnitId scope;
    ScopeKind scope_kind = ScopeKind::grid;
    Instant opened_at{};
    Instant state_since{};
    std::optional<Instant> deadline; ///< of the current state
    MatterFlags flags;
    std::vector<MatterLink> links;
    std::set<std::string> used_once; ///< what may happen once and did: names of extensions, as in "collect"
    std::map<std::string, int> rung; ///< how often a timer that repeats a limited number of times fired in this stay in the state
    friend bool operator==(Matter const&, Matter const&) = default;
};

} // namespace governance
