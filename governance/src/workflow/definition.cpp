#include "governance/workflow/definition.hpp"

#include <algorithm>

namespace governance::workflow {

StateDef const* Definition::find_state(std::string const& state) const
{
    auto const found = std::find_if(states.begin(), states.end(), [&](StateDef const& def) { return def.id == state; });
    return found == states.end() ? nullptr : &*found;
}

TransitionDef const* Definition::find_transition(std::string const& transition) const
{
    auto const found = std::find_if(transitions.begin(), transitions.end(), [&](TransitionDef const& def) { return def.id == transition; });
    return found == transitions.end() ? nullptr : &*found;
}

void DefinitionSet::add(Definition definition)
{
    auto& versions = by_id_[definition.id];
    auto const version = definition.version;
    versions.insert_or_assign(version, std::move(definition));
}

Definition const* DefinitionSet::find(std::string const& id, int version) const
{
    auto const versions = by_id_.find(id);
    if (versions == by_id_.end())
        return nullptr;
    auto const found = versions->second.find(version);
    return found == versions->second.end() ? nullptr : &found->second;
}

Definition const* DefinitionSet::newest(std::string const& id) const
{
    auto const versions = by_id_.find(id);
    return versions == by_id_.end() || versions->second.empty() ? nullptr : &versions->second.rbegin()->second;
}

} // namespace governance::workflow
