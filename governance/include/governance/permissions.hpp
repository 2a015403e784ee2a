#pragma once

#include "governance/ids.hpp"
#include "governance/organisation.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace governance {

/// A role somebody holds at a unit; it reaches downwards. Source: domain.md 2.4.
struct RoleGrant {
    std::string role; ///< a role of the matrix or one of its other names
    UnitId scope;     ///< an organisation unit, or a department
};

/// Who acts: a person with what they are and hold. An unbound account has an empty person.
struct Actor {
    PersonId person;
    HouseholdId household; ///< empty for staff who do not live here
    CommunityId community;
    UnitId home; ///< the building or hamlet of the household; empty for staff
    std::string display_name;
    bool adult = true;
    std::vector<RoleGrant> roles;

    [[nodiscard]] bool bound() const { return !person.empty(); }
};

/// How far a role's grant of an action goes. Source: domain.md 2.5.
enum class Reach {
    own,         ///< own items only
    scope,       ///< any item in the role's scope
    conditional, ///< under a condition of domain.md 2.6, which the procedure checks
};

/// Role of the matrix that another role name stands for. Source: permissions.json `narrow_roles`.
struct NarrowRole {
    std::string as;             ///< empty: nothing but `only`
    std::set<std::string> only; ///< empty: everything that `as` may
    std::set<std::string> plus;
};

/// What an intent needs: an action, or any of several, by a discriminating argument where one decides. Source: permissions.json `intents`.
struct IntentNeed {
    std::vector<std::string> actions;                            ///< any of them, when `by_argument` does not name the value
    std::map<std::string, std::vector<std::string>> by_argument; ///< value of the deciding argument -> any of these; "*" for others
};

/// The permission matrix: which role may do what, how far, and what an intent needs.
class PermissionMatrix {
public:
    std::map<std::string, std::map<std::string, Reach>> grants; ///< action -> role -> reach
    std::map<std::string, std::string> action_titles;           ///< action -> Chinese
    std::map<std::string, NarrowRole> narrow_roles;
    std::map<std::string, IntentNeed> intents;
    std::map<std::string, std::vector<std::string>> actors; ///< actor word of workflow tables -> roles; empty list: decided by the matter

    /// True when `role` (under any of its names) has `action` at all.
    [[nodiscard]] bool role_may(std::string_view role, std::string_view action) const;
    /// The widest reach of `action` that the actor has for something lying in `place`; nothing when none. Being bound is being a resident
    /// of the own community.
    [[nodiscard]] std::optional<Reach> reach(Actor const& actor, std::string_view action, UnitId const& place,
                                             Organisation const& organisation) const;
    /// Actions of which one is needed for an intent; empty: a bound account is enough, or not even that.
    [[nodiscard]] std::vector<std::string> needed(std::string_view intent, std::string_view deciding_argument) const;
    /// True when the actor holds, for something lying in `place`, one of the roles that an actor word of the workflow tables means.
    [[nodiscard]] bool fulfils(Actor const& actor, std::string_view actor_word, UnitId const& place,
                               Organisation const& organisation) const;
    /// Matrix roles that may do `action`, in the matrix's order of narrowness; for telling whom to turn to.
    [[nodiscard]] std::vector<std::string> roles_for(std::string_view action) const;
};

} // namespace governance
