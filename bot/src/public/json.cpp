#include "bot/public/json.hpp"

#include "bot/public/words.hpp"
#include "bot/web/answers.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace bot {
namespace {

using nlohmann::json;

json maybe(std::optional<governance::Instant> const& at)
{
    return at ? json(utc_text(*at)) : json(nullptr);
}

std::string iso_date(governance::LocalDate date)
{
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    return text;
}

json turnout(PublicVote const& vote)
{
    auto const percent = vote.eligible > 0 ? (vote.participating * 10'000 / vote.eligible) : 0;
    return {{"participating", vote.participating}, {"eligible", vote.eligible}, {"percent", hundredths_words(percent)}};
}

json result(PublicVote const& vote)
{
    auto const& result = *vote.result;
    json out = {{"outcome", result.outcome},
                {"outcome_title", outcome_word(result.outcome)},
                {"eligible", result.tally.eligible},
                {"participating", result.tally.participating()},
                {"quorum_needed", result.quorum_needed},
                {"votes_needed", result.votes_needed}};
    if (vote.options.empty()) {
        out["for"] = result.tally.votes_for;
        out["against"] = result.tally.votes_against;
    } else {
        out["options"] = result.tally.options;
        out["winner"] = result.winner.empty() ? json(nullptr) : json(result.winner);
    }
    out["abstain"] = result.tally.abstain;
    return out;
}

json vote_json(PublicVote const& vote)
{
    return {{"question", vote.question},
            {"options", vote.options},
            {"mode", vote.mode},
            {"mode_title", mode_word(vote.mode)},
            {"opens_at", utc_text(vote.opens_at)},
            {"closes_at", utc_text(vote.closes_at)},
            {"extended", vote.extended}};
}

json execution_json(PublicExecution const& execution)
{
    json out = {{"responsible", execution.responsible}, {"budget_fen", execution.budget_fen}, {"spent_fen", execution.spent_fen},
                {"percent", execution.percent},         {"milestones", json::array()},        {"progress", json::array()}};
    out["responsible_body"] = execution.body.empty() ? json(nullptr) : json({{"id", execution.body}, {"name", body_word(execution.body)}});
    for (auto const& [due, text] : execution.milestones)
        out["milestones"].push_back({{"due", iso_date(due)}, {"text", text}});
    for (auto const& entry : execution.progress)
        out["progress"].push_back({{"at", utc_text(entry.at)}, {"percent", entry.percent}, {"text", entry.text}});
    return out;
}

json evaluation_json(PublicEvaluation const& evaluation)
{
    json out = {{"raters", evaluation.raters}, {"ended", evaluation.ended}};
    if (evaluation.counted) {
        out["average"] = hundredths_words(evaluation.average_hundredths);
        out["satisfaction_percent"] = hundredths_words(evaluation.satisfaction_hundredths);
    }
    if (!evaluation.closing.empty())
        out["closing"] = evaluation.closing;
    return out;
}

void add_proposal(json& out, PublicMatter const& matter, Detail detail)
{
    out["endorsements"] = {{"households", matter.endorsements}, {"needed", matter.endorsements_needed}};
    if (matter.vote) {
        out["vote"] = vote_json(*matter.vote);
        out["turnout"] = turnout(*matter.vote);
        if (matter.vote->result)
            out["result"] = result(*matter.vote);
    }
    if (matter.publication)
        out["publication"] = {{"posted_at", utc_text(matter.publication->posted_at)},
                              {"objection_until", utc_text(matter.publication->objection_until)},
                              {"display_until", utc_text(matter.publication->display_until)}};
    if (matter.execution)
        out["execution"] = execution_json(*matter.execution);
    if (matter.evaluation)
        out["evaluation"] = evaluation_json(*matter.evaluation);
    if (detail != Detail::full)
        return;
    out["text"] = matter.text;
    out["cost"] = matter.cost.empty() ? json(nullptr) : json(matter.cost);
    out["minutes"] = matter.minutes;
    out["speakers"] = matter.speakers;
    out["objections"] = json::array();
    for (auto const& objection : matter.objections)
        out["objections"].push_back({{"raised_at", utc_text(objection.raised_at)},
                                     {"answered_at", maybe(objection.answered_at)},
                                     {"upheld", objection.upheld},
                                     {"answer", objection.answer}});
}

} // namespace

json to_json(PublicMatter const& matter, Detail detail)
{
    json out = {{"community", matter.community.str()},
                {"no", matter.no},
                {"kind", matter.kind},
                {"title", matter.title},
                {"state", matter.state},
                {"state_title", matter.state_title},
                {"stage", matter.stage},
                {"live", matter.live},
                {"overdue", matter.overdue},
                {"scope", {{"id", matter.scope}, {"name", matter.place}}},
                {"opened_at", utc_text(matter.opened_at)},
                {"state_since", utc_text(matter.state_since)},
                {"deadline", maybe(matter.deadline)},
                {"links", json::array()}};
    for (auto const& [kind, no] : matter.links)
        out["links"].push_back({{"kind", kind}, {"no", no}});
    if (matter.kind == storage::kProposal) {
        add_proposal(out, matter, detail);
    } else {
        out["category"] = matter.category;
        out["category_title"] = matter.category_title;
        out["subcategory"] = matter.subcategory;
        out["urgency"] = matter.urgency;
        out["closed_at"] = maybe(matter.closed_at);
    }
    if (detail == Detail::full) {
        out["notices"] = json::array();
        for (auto const& notice : matter.notices)
            out["notices"].push_back({{"kind", notice.kind}, {"text", notice.text}, {"at", utc_text(notice.at)}});
    }
    return out;
}

} // namespace bot
