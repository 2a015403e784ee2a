#pragma once

#include "adapters/chat/message.hpp"
#include "perform/scene.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string>
#include <vector>

/// Notices on their way out: worded here, queued in the same transaction as the fact they announce, sent by the pump.
namespace commands {

/// What a notice is about.
struct About {
    governance::CommunityId community;
    governance::RefNo no;     ///< 0: no matter
    governance::UnitId scope; ///< whose groups hear it
    std::string occasion;     ///< tells this announcing of the notice from another of the same; part of the outbox key
};

/// Queues one text for one person.
void tell(Scene const& scene, About const& about, std::string_view notice, governance::PersonId const& person, std::string text,
          storage::Lane lane = storage::Lane::now, std::optional<adapters::chat::Card> card = std::nullopt);
/// Queues one text for one group.
void tell_group(Scene const& scene, About const& about, std::string_view notice, governance::GroupId const& group, std::string text,
                storage::Lane lane);

/// Words a notice and queues it on every channel that the catalogue gives it: `persons` get it where it is private, the groups of the scope
/// where it is for groups or the digest, the work group where it is for staff, the matter's page where it is public there.
/// Source: domain.md 13.2.
void announce(Scene const& scene, About const& about, std::string_view notice, Params const& params,
              std::vector<governance::PersonId> const& persons);

/// Groups that hear public notices about a scope.
std::vector<storage::Group> groups_for(Scene const& scene, governance::UnitId const& scope);
/// The work group of a community's committees; the dispatch group above it.
std::vector<storage::Group> staff_groups(Scene const& scene, governance::UnitId const& scope);

} // namespace commands
