#include "checks/checks.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <tuple>

namespace storage::checks {
namespace {

using nlohmann::json;
using Judged = std::pair<std::string, std::int64_t>; ///< community, number
using Rater = std::pair<std::int64_t, std::string>;  ///< round; household of a proposal, person of a report
using Said = std::pair<std::int64_t, std::string>;   ///< score and comment
using RatingsOf = std::map<Judged, std::map<Rater, Said>>;

struct RatingReplay {
    RatingsOf ratings;
    std::set<Judged> erased; ///< the private part of a rating, or of what may have been one, is gone
    std::map<Judged, std::int64_t> reopened;
};

/// A household's score of a proposal.
void add_score(RatingReplay& found, Judged const& matter, json const& payload, json const& who)
{
    Rater const rater{payload.value("round", std::int64_t{0}), who.value("household", "")};
    found.ratings[matter][rater] = {payload.value("score", std::int64_t{0}), who.value("comment", "")};
}

/// A member of a step's input, which is a list of one; null when it was not given.
json given(json const& input, char const* name)
{
    auto const found = input.find(name);
    return found == input.end() || !found->is_array() || found->empty() ? json{} : found->front();
}

/// A reporter's stars came with the step of the report that they caused; each reopening begins another round.
void add_stars(RatingReplay& found, Judged const& matter, json const& payload, json const& who)
{
    auto const input = who.value("input", json::object());
    auto& reopened = found.reopened[matter];
    auto const stars = given(input, "stars");
    auto const words = given(input, "text");
    if (stars.is_number_integer())
        found.ratings[matter][{reopened + 1, who.value("person", "")}] = {stars.get<std::int64_t>(),
                                                                          words.is_string() ? words.get<std::string>() : std::string{}};
    auto const from = payload.value("from", "");
    bool const reopens = payload.value("to", "") == "in_progress" && (from == "feedback" || from == "closed");
    reopened += reopens ? 1 : 0;
}

RatingReplay replay_ratings(Database& db)
{
    RatingReplay found;
    auto rows = db.query("SELECT community, ref_no, kind, payload, private_payload FROM ledger WHERE kind = 'rated' OR kind = 'case_step' "
                         "ORDER BY seq");
    while (rows.next()) {
        Judged const matter{rows.str(0), rows.integer(1)};
        auto const payload = json::parse(rows.text(3), nullptr, false);
        auto const who = rows.null(4) ? json{} : json::parse(rows.text(4), nullptr, false);
        if (!payload.is_object() || !who.is_object())
            found.erased.insert(matter);
        else if (rows.text(2) == "rated")
            add_score(found, matter, payload, who);
        else
            add_stars(found, matter, payload, who);
    }
    return found;
}

std::string judged_text(Judged const& matter, std::string const& what)
{
    return matter.first + " 的事项 " + std::to_string(matter.second) + " " + what;
}

/// The rows against the replay.
std::optional<std::string> rows_differ(Database& db, RatingReplay const& ledger)
{
    auto left = ledger.ratings;
    auto rows = db.query("SELECT community, no, round, rater, score, comment FROM rating ORDER BY community, no, round, rater");
    while (rows.next()) {
        Judged const matter{rows.str(0), rows.integer(1)};
        if (ledger.erased.contains(matter))
            continue;
        auto& said = left[matter];
        auto const found = said.find(Rater{rows.integer(2), rows.str(3)});
        if (found == said.end())
            return judged_text(matter, "有一条评议，账本里没有");
        if (found->second != Said{rows.integer(4), rows.str(5)})
            return judged_text(matter, "有一条评议与账本不符");
        said.erase(found);
    }
    for (auto const& [matter, said] : left)
        if (!said.empty() && !ledger.erased.contains(matter))
            return judged_text(matter, "少了 " + std::to_string(said.size()) + " 条评议，账本里有");
    return std::nullopt;
}

struct RatingTotals {
    std::int64_t raters = 0, sum = 0, satisfied = 0;
    friend bool operator==(RatingTotals const&, RatingTotals const&) = default;
};

RatingTotals totals_of(std::map<Rater, Said> const& said, std::int64_t round)
{
    RatingTotals counted;
    for (auto const& [rater, score] : said)
        if (rater.first == round) {
            ++counted.raters;
            counted.sum += score.first;
            counted.satisfied += score.first >= 3 ? 1 : 0;
        }
    return counted;
}

/// What a proposal says of its last evaluation that ended against the replay.
std::optional<std::string> evaluations_differ(Database& db, RatingReplay const& ledger)
{
    auto rows = db.query("SELECT community, no, state, document FROM matter WHERE kind = 'proposal' ORDER BY community, no");
    while (rows.next()) {
        Judged const matter{rows.str(0), rows.integer(1)};
        auto const document = json::parse(rows.text(3), nullptr, false);
        auto const evaluation = document.is_object() ? document.value("evaluation", json::object()) : json::object();
        if (ledger.erased.contains(matter) || !evaluation.contains("result") || evaluation["result"].is_null())
            continue;
        auto const scores = evaluation.value("scores", json::object());
        RatingTotals const kept{scores.value("raters", std::int64_t{0}), scores.value("sum", std::int64_t{0}),
                                scores.value("satisfied", std::int64_t{0})};
        auto const round = evaluation.value("round", std::int64_t{0}) - (rows.text(2) == "evaluating" ? 1 : 0);
        auto const said = ledger.ratings.find(matter);
        if (kept != (said == ledger.ratings.end() ? RatingTotals{} : totals_of(said->second, round)))
            return judged_text(matter, "的评议总数与账本不符");
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> ratings(Database& db)
{
    auto const ledger = replay_ratings(db);
    auto differs = rows_differ(db, ledger);
    return differs ? differs : evaluations_differ(db, ledger);
}

} // namespace storage::checks
