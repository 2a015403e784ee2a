#include "playground/lists.hpp"

#include "adapters/playground/playground.hpp"
#include "bot/public/words.hpp"
#include "bot/web/answers.hpp"
#include "storage/playground.hpp"
#include "storage/roster.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace bot::playground {
namespace {

using nlohmann::json;
using storage::RosterRow;

constexpr std::int64_t kMostPeople = 1000;
constexpr std::int64_t kMostLines = 500;
constexpr std::int64_t kLargestId = 1'000'000'000'000;

bool works_for(RosterRow const& row, governance::UnitId const& unit)
{
    static constexpr std::array<std::string_view, 7> kOffices = {"party_secretary",  "committee_member", "supervision_member", "mediator",
                                                                 "points_collector", "grid_leader",      "grid_worker"};
    return std::any_of(row.roles.begin(), row.roles.end(), [&](auto const& grant) {
        return grant.scope == unit && std::find(kOffices.begin(), kOffices.end(), grant.role) != kOffices.end();
    });
}

bool is_street_staff(RosterRow const& row, PublicReference const& reference)
{
    return std::any_of(row.roles.begin(), row.roles.end(), [&](auto const& grant) {
        auto const* unit = reference.organisation.find(grant.scope);
        return unit == nullptr || unit->type == governance::UnitType::street || grant.role == "party_secretary";
    });
}

/// Who sits in a group: residents by where they live, staff by what they look after.
bool sits_in(RosterRow const& row, storage::Group const& group, PublicReference const& reference)
{
    auto const& organisation = reference.organisation;
    if (group.kind == "dispatch")
        return row.household.empty() && is_street_staff(row, reference);
    if (row.community != group.community || !group.bot_enabled)
        return false;
    if (!row.household.empty())
        return group.kind == "community_notice" ||
               ((group.kind == "grid" || group.kind == "owners") && organisation.within(row.home, group.scope));
    auto const community = governance::unit_of(group.community);
    if (works_for(row, community))
        return group.kind != "owners";
    auto const of_grid = [&](auto const& grant) { return organisation.within(grant.scope, group.scope) || grant.scope == group.scope; };
    return (group.kind == "grid" && std::any_of(row.roles.begin(), row.roles.end(), of_grid)) || group.kind == "community_notice" ||
           group.kind == "committee_work";
}

json person_json(RosterRow const& row, std::vector<std::pair<std::string, storage::Group>> const& groups, PublicReference const& reference)
{
    auto roles = json::array();
    for (auto const& grant : row.roles) {
        auto word = role_word(grant.role);
        if (std::find(roles.begin(), roles.end(), word) == roles.end())
            roles.push_back(std::move(word));
    }
    auto chats = json::array();
    for (auto const& [chat, group] : groups)
        if (sits_in(row, group, reference))
            chats.push_back(chat);
    return {{"id", row.user_id},
            {"name", row.name},
            {"community", row.community.str()},
            {"household", row.household.str()},
            {"home", reference.place(row.home)},
            {"adult", row.adult},
            {"staff", row.household.empty()},
            {"roles", std::move(roles)},
            {"groups", std::move(chats)}};
}

char const* kind_word(storage::PlaygroundLineKind kind)
{
    using Kind = storage::PlaygroundLineKind;
    switch (kind) {
    case Kind::said: return "said";
    case Kind::clicked: return "clicked";
    case Kind::reply: return "reply";
    case Kind::push: return "push";
    case Kind::update: return "update";
    }
    return "said";
}

json line_json(storage::PlaygroundLine const& line)
{
    json out = {{"id", line.id},        {"at", utc_text(line.at)}, {"kind", kind_word(line.kind)},
                {"chat", line.chat_id}, {"user", line.user_id},    {"text", line.text}};
    if (!line.quote.empty())
        out["quote"] = line.quote;
    if (line.picture != 0)
        out["picture"] = "/api/v1/playground/pictures/" + std::to_string(line.picture);
    auto message = json::parse(line.payload, nullptr, false);
    if (!message.is_object())
        return out;
    for (auto const* part : {"card", "update"})
        if (auto const found = message.find(part); found != message.end())
            out[part] = std::move(*found);
    return out;
}

} // namespace

HttpResponse people(storage::Database& db, PublicReference const& reference, Query const& query)
{
    query.allow_only({"limit", "cursor"});
    auto const limit = query.integer("limit", 500, 1, kMostPeople);
    auto const rows = storage::roster(db, adapters::playground::kAccount, query.text("cursor"), limit + 1);
    auto const groups = storage::linked_groups(db, adapters::playground::kAccount);
    auto items = json::array();
    for (auto const& row : rows) {
        if (items.size() == static_cast<std::size_t>(limit))
            break;
        items.push_back(person_json(row, groups, reference));
    }
    auto const more = rows.size() > static_cast<std::size_t>(limit);
    auto next = more ? json(rows[static_cast<std::size_t>(limit) - 1].user_id) : json(nullptr);
    return json_answer({{"items", std::move(items)}, {"next", std::move(next)}});
}

HttpResponse groups(storage::Database& db, PublicReference const& reference, Query const& query, std::string const& bot_name)
{
    query.allow_only({});
    auto items = json::array();
    for (auto const& [chat, group] : storage::linked_groups(db, adapters::playground::kAccount))
        items.push_back({{"id", chat},
                         {"name", group.name},
                         {"kind", group.kind},
                         {"kind_title", group_word(group.kind)},
                         {"community", group.community.str()},
                         {"community_title", reference.place(governance::unit_of(group.community))},
                         {"scope", group.scope.str()},
                         {"bot_enabled", group.bot_enabled}});
    return json_answer({{"items", std::move(items)}, {"next", nullptr}, {"bot", bot_name}});
}

HttpResponse timeline(storage::Database& db, Query const& query)
{
    query.allow_only({"after", "last", "before", "chat", "user", "limit"});
    storage::PlaygroundChats chats(db);
    storage::PlaygroundChats::Filter const filter{query.text("chat"), query.text("user")};
    std::vector<storage::PlaygroundLine> lines;
    auto more = false;
    if (query.has("last")) {
        lines = chats.newest(filter, query.integer("before", 0, 1, kLargestId), query.integer("last", 100, 1, kMostLines));
    } else {
        auto const limit = query.integer("limit", 200, 1, kMostLines);
        lines = chats.after(filter, query.integer("after", 0, 0, kLargestId), limit + 1);
        more = lines.size() > static_cast<std::size_t>(limit);
        if (more)
            lines.pop_back();
    }
    auto items = json::array();
    for (auto const& line : lines)
        items.push_back(line_json(line));
    return json_answer({{"items", std::move(items)}, {"next", more ? json(std::to_string(lines.back().id)) : json(nullptr)}});
}

} // namespace bot::playground
