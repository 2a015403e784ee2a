#include "checks/checks.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <tuple>

namespace storage::checks {
namespace {

using Round = std::tuple<std::string, std::int64_t, std::int64_t>; ///< community, number, round
using Standing = std::map<std::string, std::string>;               ///< elector -> choice

struct Replay {
    std::map<Round, Standing> standing;
    std::set<Round> erased;
};

Replay replay(Database& db)
{
    Replay found;
    auto rows = db.query("SELECT community, ref_no, kind, payload, private_payload FROM ledger "
                         "WHERE kind = 'ballot_cast' OR kind = 'ballot_withdrawn' ORDER BY seq");
    while (rows.next()) {
        auto const payload = nlohmann::json::parse(rows.text(3), nullptr, false);
        Round const round{rows.str(0), rows.integer(1), payload.is_object() ? payload.value("round", std::int64_t{0}) : 0};
        auto const who = rows.null(4) ? nlohmann::json{} : nlohmann::json::parse(rows.text(4), nullptr, false);
        if (!who.is_object()) {
            found.erased.insert(round);
            continue;
        }
        auto const elector = who.value("elector", "");
        if (rows.text(2) == "ballot_withdrawn")
            found.standing[round].erase(elector);
        else
            found.standing[round][elector] = who.value("choice", "");
    }
    return found;
}

} // namespace

std::optional<std::string> ballots(Database& db)
{
    auto ledger = replay(db);
    auto rows =
        db.query("SELECT community, no, round, elector, choice FROM ballot WHERE withdrawn = 0 ORDER BY community, no, round, elector");
    while (rows.next()) {
        Round const round{rows.str(0), rows.integer(1), rows.integer(2)};
        if (ledger.erased.contains(round))
            continue;
        auto& standing = ledger.standing[round];
        auto const found = standing.find(rows.str(3));
        if (found == standing.end() || found->second != rows.text(4))
            return rows.str(0) + " 的表决 " + std::to_string(rows.integer(1)) + " 有一票与账本不符";
        standing.erase(found);
    }
    for (auto const& [round, standing] : ledger.standing)
        if (!standing.empty() && !ledger.erased.contains(round))
            return std::get<0>(round) + " 的表决 " + std::to_string(std::get<1>(round)) + " 少了 " + std::to_string(standing.size()) +
                   " 票，账本里有";
    return std::nullopt;
}

} // namespace storage::checks
