#include "five_talks/rules.hpp"

#include <algorithm>

/// Stage 3: minutes, time to think, revision, consensus. Source: domain.md 4.1, 4.5, 4.6 rows 14, 15, 17, 22.
namespace governance::five_talks {

using namespace workflow;

namespace {

Verdict minutes_published(Ask const& asking, Values const&)
{
    if (has_item(asking.input(), "minutes") || !asking.before.deliberation.minutes.empty())
        return std::nullopt;
    return Refusal{RefusalCode::missing_item, {{"item", "minutes"}}};
}

Verdict deliberated(Ask const& asking, Values const& params)
{
    auto const began = asking.before.deliberation.began_at.value_or(asking.before.state_since);
    auto const earliest = add_calendar_days(asking.calendar(), began, static_cast<int>(integer(params, "days")));
    if (asking.now() >= earliest)
        return std::nullopt;
    return Refusal{RefusalCode::too_early, {{"not_before", seconds_text(earliest)}}};
}

Verdict revision_supported(Ask const& asking, Values const&)
{
    if (asking.facts().author_agrees.value_or(false))
        return std::nullopt;
    auto const speakers = fact(asking.facts().speakers, "speakers");
    auto const have = fact(asking.facts().speakers_for_revision, "speakers_for_revision");
    if (speakers > 0 && 3 * have >= speakers)
        return std::nullopt;
    return Refusal{RefusalCode::revision_not_supported, {{"needed", decimal((speakers + 2) / 3)}, {"have", decimal(have)}}};
}

Verdict all_signed(Ask const& asking, Values const&)
{
    auto const& review = asking.before.review;
    if (review.mode != ResolutionMode::consensus_multi_party)
        return Refusal{RefusalCode::not_a_consensus, {{"mode", review.mode ? name(*review.mode) : ""}}};
    auto const& signed_by = asking.before.deliberation.signed_by;
    std::vector<std::string> missing;
    for (auto const& party : review.parties)
        if (std::find(signed_by.begin(), signed_by.end(), party) == signed_by.end())
            missing.push_back(party);
    if (missing.empty() && !review.parties.empty())
        return std::nullopt;
    return Refusal{RefusalCode::party_not_signed,
                   {{"party", missing.empty() ? "" : missing.front()}, {"missing", decimal(static_cast<std::int64_t>(missing.size()))}}};
}

void begin_deliberation(Do& doing, Values const&)
{
    auto& after = doing.after();
    after.deliberation = {};
    after.deliberation.began_at = doing.now();
    after.publication.reset(); // after an objection upheld nothing is resolved any more
    if (has_item(doing.input(), "reason"))
        doing.parameters["reason"] = *doing.input().reason;
}

void publish_minutes(Do& doing, Values const&)
{
    if (!has_item(doing.input(), "minutes"))
        return;
    doing.after().deliberation.minutes = *doing.input().minutes;
    doing.after().deliberation.minutes_at = doing.now();
}

} // namespace

void add_deliberation(Book& book)
{
    book.guards["minutes_published"] = {{}, minutes_published};
    book.guards["deliberated"] = {{{"days", {ParamType::integer, true}}}, deliberated};
    book.guards["revision_supported"] = {{}, revision_supported};
    book.guards["all_signed"] = {{}, all_signed};
    book.effects["begin_deliberation"] = {{}, begin_deliberation};
    book.effects["publish_minutes"] = {{}, publish_minutes};
}

} // namespace governance::five_talks
