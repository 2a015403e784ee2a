#pragma once

#include "governance/ids.hpp"
#include "governance/time.hpp"

#include <string>
#include <vector>

namespace storage {
class Database;
}

namespace commands {

/// A person as one account (tenant) of the platforms knows them.
struct PersonAddress {
    std::string account;             ///< as Event::account
    std::string user_id;             ///< external id within the account
    std::string channel;             ///< "platform/name" of the door this person last came through; empty when they never wrote
    governance::Instant last_used{}; ///< procedure time of that; epoch when never
};

/// A group chat as one account knows it.
struct GroupAddress {
    std::string account;
    std::string chat_id; ///< external id within the account
};

/// Where people and groups can be reached: the bindings, read for the outbox pump inside a unit of work or a read.
class RecipientDirectory {
public:
    virtual ~RecipientDirectory() = default;
    /// All bindings of a person, the one used last first. Empty: nobody is bound to them.
    [[nodiscard]] virtual std::vector<PersonAddress> person(storage::Database& db, governance::PersonId const& person) const = 0;
    /// All bindings of a group.
    [[nodiscard]] virtual std::vector<GroupAddress> group(storage::Database& db, governance::GroupId const& group) const = 0;
};

} // namespace commands
