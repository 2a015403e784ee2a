#include "perform/announce.hpp"

#include "adapters/chat/stored.hpp"
#include "storage/matters.hpp"

namespace commands {
namespace {

using governance::NoticeChannel;

storage::NewMessage message(Scene const& scene, About const& about, std::string_view notice, std::string payload, storage::Lane lane)
{
    storage::NewMessage out;
    out.community = about.community;
    out.notice = std::string{notice};
    out.ref_no = about.no;
    out.lane = lane;
    out.payload = std::move(payload);
    out.not_before = scene.now;
    out.created_at = scene.now;
    return out;
}

std::string key(About const& about, std::string_view notice, std::string_view recipient)
{
    return std::string{notice} + "/" + std::to_string(about.no.value()) + "/" + about.occasion + "/" + std::string{recipient};
}

} // namespace

void tell(Scene const& scene, About const& about, std::string_view notice, governance::PersonId const& person, std::string text,
          storage::Lane lane, std::optional<adapters::chat::Card> card)
{
    if (person.empty())
        return;
    adapters::chat::Reply reply;
    reply.text = std::move(text);
    reply.card = std::move(card);
    auto out = message(scene, about, notice, adapters::chat::encode_reply(reply), lane);
    out.recipient = {storage::RecipientKind::person, person.str()};
    if (!about.occasion.empty())
        out.dedup_key = key(about, notice, person.str());
    storage::Outbox{scene.db}.put(out);
}

void tell_group(Scene const& scene, About const& about, std::string_view notice, governance::GroupId const& group, std::string text,
                storage::Lane lane)
{
    adapters::chat::Reply reply;
    reply.text = std::move(text);
    auto out = message(scene, about, notice, adapters::chat::encode_reply(reply), lane);
    out.recipient = {storage::RecipientKind::group, group.str()};
    if (!about.occasion.empty())
        out.dedup_key = key(about, notice, group.str());
    storage::Outbox{scene.db}.put(out);
}

std::vector<storage::Group> groups_for(Scene const& scene, governance::UnitId const& scope)
{
    auto const* unit = scene.world.organisation.find(scope);
    if (unit == nullptr)
        return {};
    using governance::UnitType;
    if (unit->type == UnitType::urban_community || unit->type == UnitType::village)
        return storage::groups_at(scene.db, scope, "community_notice");
    std::vector<storage::Group> groups;
    for (auto const* grid : scene.world.organisation.grids_for(scope))
        for (auto& group : storage::groups_at(scene.db, grid->id, "grid"))
            groups.push_back(std::move(group));
    return groups;
}

std::vector<storage::Group> staff_groups(Scene const& scene, governance::UnitId const& scope)
{
    auto const community = scene.world.organisation.community_of(scope);
    if (!community.empty())
        return storage::groups_at(scene.db, governance::unit_of(community), "committee_work");
    return storage::groups_at(scene.db, scope, "dispatch");
}

void announce(Scene const& scene, About const& about, std::string_view notice, Params const& params,
              std::vector<governance::PersonId> const& persons)
{
    auto const* definition = scene.world.wording.notice(notice);
    auto const text = scene.world.wording.render(notice, params);
    auto const on = [&](NoticeChannel channel) { return definition->channels.contains(channel); };
    auto const lane = definition->timing == governance::NoticeTiming::digest ? storage::Lane::digest : storage::Lane::now;
    if (on(NoticeChannel::group) || on(NoticeChannel::digest))
        for (auto const& group : groups_for(scene, about.scope))
            tell_group(scene, about, notice, group.id, text, on(NoticeChannel::digest) ? storage::Lane::digest : lane);
    if (on(NoticeChannel::staff))
        for (auto const& group : staff_groups(scene, about.scope))
            tell_group(scene, about, notice, group.id, text, lane);
    if (on(NoticeChannel::private_chat))
        for (auto const& person : persons)
            tell(scene, about, notice, person, text, lane);
    // The page of a matter shows what its groups are told, so that who missed the group finds it.
    if (!about.no.empty() && (on(NoticeChannel::page) || on(NoticeChannel::group) || on(NoticeChannel::digest)))
        storage::add_page_notice(scene.db, about.community, about.no, notice, text, scene.now);
}

} // namespace commands
