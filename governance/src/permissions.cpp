#include "governance/permissions.hpp"

#include <algorithm>

namespace governance {
namespace {

int width(Reach reach)
{
    switch (reach) {
    case Reach::own: return 0;
    case Reach::conditional: return 1;
    case Reach::scope: return 2;
    }
    return 0;
}

/// A role held at a department is not tied to a place: its cases are those dispatched to it.
bool covers(Organisation const& organisation, UnitId const& scope, UnitId const& place)
{
    if (place.empty())
        return true;
    auto const* unit = organisation.find(scope);
    return unit == nullptr || unit->type == UnitType::department || organisation.within(place, scope);
}

} // namespace

bool PermissionMatrix::role_may(std::string_view role, std::string_view action) const
{
    std::string matrix_role{role};
    std::string const wanted{action};
    auto const narrow = narrow_roles.find(matrix_role);
    if (narrow != narrow_roles.end()) {
        auto const& meaning = narrow->second;
        if (meaning.plus.contains(wanted))
            return true;
        if (!meaning.only.empty() && !meaning.only.contains(wanted))
            return false;
        if (meaning.as.empty())
            return meaning.only.contains(wanted);
        matrix_role = meaning.as;
    }
    auto const row = grants.find(wanted);
    return row != grants.end() && row->second.contains(matrix_role);
}

std::optional<Reach> PermissionMatrix::reach(Actor const& actor, std::string_view action, UnitId const& place,
                                             Organisation const& organisation) const
{
    std::optional<Reach> best;
    auto const row = grants.find(std::string{action});
    for (auto const& grant : actor.roles) {
        if (!role_may(grant.role, action))
            continue;
        auto const narrow = narrow_roles.find(grant.role);
        auto const& matrix_role = narrow == narrow_roles.end() ? grant.role : narrow->second.as;
        auto found = Reach::scope; // what `plus` adds is held for the whole scope
        if (row != grants.end())
            if (auto const cell = row->second.find(matrix_role); cell != row->second.end())
                found = cell->second;
        // Under a condition the procedure decides, place included; own items need no place.
        if (found == Reach::scope && !covers(organisation, grant.scope, place))
            continue;
        if (!best || width(found) > width(*best))
            best = found;
    }
    return best;
}

std::vector<std::string> PermissionMatrix::needed(std::string_view intent, std::string_view deciding_argument) const
{
    auto const found = intents.find(std::string{intent});
    if (found == intents.end())
        return {};
    auto const& need = found->second;
    auto chosen = need.by_argument.find(std::string{deciding_argument});
    if (chosen == need.by_argument.end())
        chosen = need.by_argument.find("*");
    return chosen == need.by_argument.end() ? need.actions : chosen->second;
}

bool PermissionMatrix::fulfils(Actor const& actor, std::string_view actor_word, UnitId const& place, Organisation const& organisation) const
{
    auto const word = actors.find(std::string{actor_word});
    if (word == actors.end())
        return false;
    auto meant = [&](std::string const& role) { return std::find(word->second.begin(), word->second.end(), role) != word->second.end(); };
    auto matches = [&](RoleGrant const& grant) {
        auto const narrow = narrow_roles.find(grant.role);
        bool const by_other_name = narrow != narrow_roles.end() && narrow->second.only.empty() && meant(narrow->second.as);
        return (meant(grant.role) || by_other_name) && covers(organisation, grant.scope, place);
    };
    return std::any_of(actor.roles.begin(), actor.roles.end(), matches);
}

std::vector<std::string> PermissionMatrix::roles_for(std::string_view action) const
{
    std::vector<std::string> roles;
    auto const row = grants.find(std::string{action});
    if (row != grants.end())
        for (auto const& [role, reach] : row->second)
            roles.push_back(role);
    return roles;
}

} // namespace governance
