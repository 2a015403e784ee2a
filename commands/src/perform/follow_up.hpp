#pragma once

#include "governance/ids.hpp"
#include "perform/scene.hpp"

#include <string_view>
#include <vector>

namespace commands {

/// Earlier proposals that a new one says it goes on from ("关联 1", "接着1号", "后续：1号提议"): known numbers of public proposals of the
/// community, each once, at most three. Source: domain.md 4.5 (new matters become linked proposals).
std::vector<governance::RefNo> follow_ups_in(Scene const& scene, governance::CommunityId const& community, std::string_view text);

} // namespace commands
