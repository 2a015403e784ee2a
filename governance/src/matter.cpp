#include "governance/matter.hpp"

namespace governance {

char const* name(LinkKind kind)
{
    switch (kind) {
    case LinkKind::merged_into: return "merged_into";
    case LinkKind::merged_from: return "merged_from";
    case LinkKind::transferred_to: return "transferred_to";
    case LinkKind::transferred_from: return "transferred_from";
    case LinkKind::reopened_as: return "reopened_as";
    case LinkKind::reopened_from: return "reopened_from";
    case LinkKind::follow_up_of: return "follow_up_of";
    case LinkKind::duplicate_of: return "duplicate_of";
    }
    return "";
}

} // namespace governance
