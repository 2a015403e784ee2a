#pragma once

#include "governance/permissions.hpp"
#include "storage/database.hpp"
#include "storage/people.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Lists over the whole roll, for pages that let somebody pick a person and for taking names out of public texts.
namespace storage {

/// A platform user and the person bound to it.
struct RosterRow {
    std::string user_id;
    governance::PersonId person;
    governance::CommunityId community;
    std::string name;
    governance::HouseholdId household; ///< empty for staff
    governance::UnitId home;
    bool adult = true;
    std::vector<governance::RoleGrant> roles; ///< without those that ended
};

/// Users of an account with user_id > after, by user_id.
std::vector<RosterRow> roster(Database& db, std::string_view account, std::string_view after, std::int64_t limit);
/// One of them; nothing when the user is not bound.
std::optional<RosterRow> find_roster_row(Database& db, std::string_view account, std::string_view user_id);
/// Users of an account that are adults of the households of a community, by household and user id: household and user.
std::vector<std::pair<governance::HouseholdId, std::string>> adults_by_household(Database& db, std::string_view account,
                                                                                 governance::CommunityId const& community);
/// Names of everybody on the roll, each once.
std::vector<std::string> all_names(Database& db);
/// Groups that an account is tied to, by id: external id and group.
std::vector<std::pair<std::string, Group>> linked_groups(Database& db, std::string_view account);

} // namespace storage
