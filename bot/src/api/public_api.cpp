#include "api/public_api.hpp"

#include "bot/public/json.hpp"
#include "bot/public/rankings.hpp"
#include "bot/web/answers.hpp"
#include "storage/ledger.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace bot::api {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostItems = 100;
constexpr std::int64_t kLargestNumber = 1'000'000'000;
constexpr std::int64_t kLargestSeq = 1'000'000'000'000'000;

governance::CommunityId known_community(PublicReference const& reference, std::string_view id)
{
    auto const* unit = reference.community(id);
    if (unit == nullptr)
        throw BadRequest("no such community", 404);
    return governance::community_from(unit->id);
}

bool is_word(std::string_view text)
{
    return text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

HttpResponse list(json items, std::int64_t next)
{
    return json_answer({{"items", std::move(items)}, {"next", next == 0 ? json(nullptr) : json(std::to_string(next))}});
}

} // namespace

std::int64_t matter_number(std::string_view text)
{
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || text.front() == '0' || error != std::errc() || end != text.data() + text.size() || number < 1 ||
        number > kLargestNumber)
        throw BadRequest("no such matter", 404);
    return number;
}

HttpResponse communities(storage::Database& db, PublicReference const& reference, Query const& query)
{
    query.allow_only({});
    auto items = json::array();
    for (auto const* unit : reference.organisation.communities()) {
        auto const live = storage::live_matters(db, governance::community_from(unit->id));
        auto const open = std::count_if(live.begin(), live.end(), [](auto const& head) {
            return head.kind == storage::kProposal && !head.confidential && head.state != "draft";
        });
        items.push_back({{"id", unit->id.str()},
                         {"name", unit->name},
                         {"type", std::string(governance::name(unit->type))},
                         {"households", unit->households},
                         {"open_proposals", open},
                         {"page", "/c/" + unit->id.str() + "/"}});
    }
    return list(std::move(items), 0);
}

HttpResponse matters(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view kind,
                     Query const& query)
{
    query.allow_only({"state", "limit", "cursor"});
    auto const id = known_community(reference, community);
    auto const state = query.text("state", 32);
    if (!is_word(state))
        throw BadRequest("state must be a state id, as in \"voting\"");
    auto const limit = query.integer("limit", 20, 1, kMostItems);
    auto const before = query.integer("cursor", 0, 1, kLargestNumber);
    auto const page = views.list(id, kind, state, before, static_cast<int>(limit));
    auto items = json::array();
    for (auto const& one : page.items)
        items.push_back(to_json(one, Detail::summary));
    return list(std::move(items), page.next);
}

HttpResponse matter(PublicReference const& reference, PublicViews& views, std::string_view community, std::string_view no,
                    Query const& query)
{
    query.allow_only({"community"});
    auto const found = views.matter(known_community(reference, community), matter_number(no), Detail::full);
    if (!found || found->kind != storage::kProposal)
        throw BadRequest("no such proposal", 404);
    return json_answer(to_json(*found, Detail::full));
}

HttpResponse rankings(storage::Database& db, PublicReference const& reference, std::string_view community, Query const& query,
                      std::string const& current_quarter)
{
    query.allow_only({"period", "subject"});
    auto const id = known_community(reference, community);
    auto const period = query.has("period") ? query.text("period", 8) : current_quarter;
    auto const subject = query.has("subject") ? query.text("subject", 16) : std::string("grid");
    static constexpr std::array<std::string_view, 4> kSubjects = {"grid", "village", "household", "resident"};
    auto const months = months_of(period);
    if (!months)
        throw BadRequest("period must be a year, a quarter or a month, as in 2026, 2026Q3, 2026-07");
    if (std::find(kSubjects.begin(), kSubjects.end(), subject) == kSubjects.end())
        throw BadRequest("subject must be grid, village, household or resident");
    auto items = json::array();
    for (auto const& row : published_ranking(db, reference, id, subject, *months))
        items.push_back({{"rank", row.rank},
                         {"subject", {{"id", row.subject}, {"name", reference.place(governance::UnitId{row.subject})}}},
                         {"points", governance::to_text(row.points)}});
    return list(std::move(items), 0);
}

HttpResponse ledger_head(storage::Database& db, Query const& query)
{
    query.allow_only({});
    auto const head = storage::Ledger(db).head();
    return json_answer({{"size", head.size}, {"hash", head.hash}});
}

HttpResponse ledger_entries(storage::Database& db, Query const& query)
{
    query.allow_only({"after", "limit"});
    auto const after = query.integer("after", 0, 0, kLargestSeq);
    auto const limit = query.integer("limit", 50, 1, kMostItems);
    auto const entries = storage::Ledger(db).entries(after, limit + 1);
    auto items = json::array();
    for (auto const& entry : entries) {
        if (items.size() == static_cast<std::size_t>(limit))
            break;
        items.push_back({{"seq", entry.seq},
                         {"at_us", entry.at.time_since_epoch().count()},
                         {"community", entry.community.str()},
                         {"kind", entry.kind},
                         {"ref_no", entry.ref_no.value()},
                         {"payload", entry.payload},
                         {"private_digest", entry.private_digest},
                         {"hash", entry.hash}});
    }
    auto const more = entries.size() > static_cast<std::size_t>(limit);
    return list(std::move(items), more ? entries[static_cast<std::size_t>(limit) - 1].seq : 0);
}

} // namespace bot::api
