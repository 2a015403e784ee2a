#include "checks/checks.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace storage::checks {
namespace {

using Matter = std::pair<std::string, std::int64_t>;

struct Supporters {
    std::map<Matter, std::set<std::string>> households;            ///< standing endorsements of a matter
    std::map<std::string, std::set<std::string>> endorsed_somehow; ///< by community, whatever the matter: merging moves them
    std::set<Matter> erased;
};

Supporters replay_supporters(Database& db)
{
    Supporters found;
    auto rows = db.query("SELECT community, ref_no, kind, private_payload FROM ledger "
                         "WHERE kind = 'endorsed' OR kind = 'endorsement_withdrawn' ORDER BY seq");
    while (rows.next()) {
        Matter const matter{rows.str(0), rows.integer(1)};
        auto const who = rows.null(3) ? nlohmann::json{} : nlohmann::json::parse(rows.text(3), nullptr, false);
        if (!who.is_object()) {
            found.erased.insert(matter);
            continue;
        }
        auto const household = who.value("household", "");
        if (rows.text(2) == "endorsed") {
            found.households[matter].insert(household);
            found.endorsed_somehow[matter.first].insert(household);
        } else {
            found.households[matter].erase(household);
        }
    }
    return found;
}

/// Households whose endorsement comes with a matter: its author's, and those that asked for it to be taken up again.
void add_given(Database& db, Supporters& replayed)
{
    for (auto const* sql : {"SELECT community, author_household FROM matter", "SELECT community, household FROM reopen_support"}) {
        auto rows = db.query(sql);
        while (rows.next())
            replayed.endorsed_somehow[rows.str(0)].insert(rows.str(1));
    }
}

} // namespace

std::optional<std::string> endorsements(Database& db)
{
    auto ledger = replay_supporters(db);
    add_given(db, ledger);
    auto rows = db.query("SELECT community, no, household FROM endorsement ORDER BY community, no, household");
    while (rows.next()) {
        Matter const matter{rows.str(0), rows.integer(1)};
        ledger.households[matter].erase(rows.str(2));
        bool const explained = ledger.endorsed_somehow[matter.first].contains(rows.str(2)) || !ledger.erased.empty();
        if (!explained)
            return matter.first + " 的提议 " + std::to_string(matter.second) + " 有一户附议，账本里没有";
    }
    for (auto const& [matter, households] : ledger.households)
        if (!households.empty() && !ledger.erased.contains(matter))
            return matter.first + " 的提议 " + std::to_string(matter.second) + " 少了 " + std::to_string(households.size()) +
                   " 户附议，账本里有";
    return std::nullopt;
}

} // namespace storage::checks
