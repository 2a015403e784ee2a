#pragma once

#include "governance/permissions.hpp"
#include "governance/time.hpp"
#include "storage/database.hpp"

#include <optional>
#include <string>
#include <vector>

/// People, their bindings, households and groups as the books have them.
namespace storage {

/// Who a platform user is; an actor without a person when nobody is bound.
governance::Actor load_actor(Database& db, std::string_view account, std::string_view user_id);
/// The person with home and roles; nothing for an unknown id.
std::optional<governance::Actor> load_person(Database& db, governance::PersonId const& person);

/// Remembers the door a person last came through. Writes only when it is another one or a day has passed.
void touch_identity(Database& db, std::string_view account, std::string_view user_id, std::string_view channel, governance::Instant now);
/// Binds a platform user to a person, replacing an older binding of that user.
void bind_identity(Database& db, std::string_view account, std::string_view user_id, governance::CommunityId const& community,
                   governance::PersonId const& person, governance::Instant now);

struct Group {
    governance::GroupId id;
    governance::CommunityId community;
    std::string name;
    std::string kind; ///< grid | community_notice | committee_work | owners | dispatch | ...
    governance::UnitId scope;
    std::int64_t daily_budget = 0;
    std::int64_t quiet_start_min = 0; ///< minutes after local midnight
    std::int64_t quiet_end_min = 0;
    bool bot_enabled = true;
};

std::optional<Group> find_group(Database& db, std::string_view account, std::string_view chat_id);
std::optional<Group> load_group(Database& db, governance::GroupId const& id);
/// Groups of that kind whose scope is exactly `scope`.
std::vector<Group> groups_at(Database& db, governance::UnitId const& scope, std::string_view kind);
std::vector<Group> all_groups(Database& db);

/// People who hold one of `roles` at exactly `scope`, without those whose role ended; ordered by id.
std::vector<governance::PersonId> holders(Database& db, std::string_view role, governance::UnitId const& scope);

/// Those of a role, wherever it is held, whose file note carries the mark, as "integrity" of the discipline-inspection handler; by id.
std::vector<governance::PersonId> holders_marked(Database& db, std::string_view role, std::string_view mark);

struct Household {
    governance::HouseholdId id;
    governance::CommunityId community;
    governance::UnitId home;
    governance::UnitId grid;
    std::string household_class;
    governance::PersonId head;
};
std::optional<Household> load_household(Database& db, governance::HouseholdId const& id);
/// The household of a flat: its building or hamlet, stairwell and flat or house number; empty when none or several fit.
governance::HouseholdId household_at(Database& db, governance::CommunityId const& community, governance::UnitId const& home,
                                     std::string_view unit, std::string_view room);
/// Households of a community on the roll, ordered by id; the caller keeps those within its scope.
std::vector<Household> households_of(Database& db, governance::CommunityId const& community);
struct Member {
    governance::PersonId person;
    std::string name;
    bool adult = true;
};
std::vector<Member> members(Database& db, governance::CommunityId const& community, governance::HouseholdId const& household);

/// Somebody as an official names them: by id, by a platform's user id, or by a name that only one person of the community (staff first)
/// has. Empty when nobody or several fit.
governance::PersonId find_person(Database& db, governance::CommunityId const& community, std::string_view named);

struct Identity {
    std::string account;
    std::string user_id;
    std::string last_channel;
    governance::Instant last_used{};
};
/// All bindings of a person, the one used last first.
std::vector<Identity> identities(Database& db, governance::PersonId const& person);
/// All bindings of a group, as account and chat id.
std::vector<std::pair<std::string, std::string>> group_links(Database& db, governance::GroupId const& group);

/// Name of a person as the roll has it; empty when unknown.
std::string person_name(Database& db, governance::PersonId const& person);

} // namespace storage
