#include "perform/pending_steps.hpp"

#include "perform/announce.hpp"
#include "perform/drafts.hpp"

#include <algorithm>

namespace commands {
namespace {

using storage::PendingStep;

/// People who may be the second: holders of the roles that the actor words mean, in the matter's grid or community, without those already
/// in it.
std::vector<governance::PersonId> candidates(Scene const& scene, StepMatter const& matter, PendingStep const& step,
                                             std::string const& words)
{
    std::vector<governance::PersonId> found;
    auto add = [&](governance::PersonId const& person) {
        if (person != step.by && std::find(step.concurred.begin(), step.concurred.end(), person) == step.concurred.end() &&
            std::find(found.begin(), found.end(), person) == found.end())
            found.push_back(person);
    };
    auto add_holders = [&](std::string const& role) {
        auto const* unit = scene.world.organisation.find(matter.scope);
        for (int depth = 0; unit != nullptr && depth < 8; ++depth) {
            for (auto const& person : storage::holders(scene.db, role, unit->id))
                add(person);
            unit = scene.world.organisation.find(unit->parent);
        }
    };
    std::size_t begin = 0;
    while (begin <= words.size()) {
        auto const end = words.find('|', begin);
        auto const word = words.substr(begin, end == std::string::npos ? end : end - begin);
        if (word == "author")
            add(matter.author);
        if (auto const roles = scene.world.permissions.actors.find(word); roles != scene.world.permissions.actors.end())
            for (auto const& role : roles->second)
                add_holders(role);
        if (end == std::string::npos)
            break;
        begin = end + 1;
    }
    return found;
}

} // namespace

void ask_item(Turn& turn, PendingStep step, std::string const& item)
{
    auto const& wording = turn.scene.world.wording;
    step.item = item;
    storage::Draft draft;
    draft.community = step.community;
    draft.account = turn.event.account;
    draft.user_id = turn.event.user_id;
    draft.kind = std::string{kDraftItem};
    draft.payload = storage::write_pending_step(step);
    draft.created_at = turn.scene.now;
    draft.expires_at = turn.scene.now + kDraftLife;
    storage::put_draft(turn.scene.db, draft);
    turn.say_notice("N-C02", {{"缺什么", wording.word("item." + item, item)}, {"例子", wording.word("item_example." + item, "……")}});
}

void ask_second(Turn& turn, StepMatter const& matter, PendingStep step, std::string const& words)
{
    auto const& scene = turn.scene;
    step.item.clear();
    auto const payload = storage::write_pending_step(step);
    auto const asked = candidates(scene, matter, step, words);
    if (asked.empty()) {
        turn.say_key("say.no_second_person", {{"roles", actors_text(scene, words)}});
        return;
    }
    // A step begun anew replaces the one that still waits.
    forget_waiting(scene, step);
    Params params{{"ref", matter.shown_no},
                  {"title", cut(matter.title, 20)},
                  {"who", turn.actor.roles.empty() ? "同事" : role_text(scene, turn.actor.roles.front().role)},
                  {"action", scene.world.wording.word("act." + step.trigger, step.trigger)},
                  {"settings", step.shown}};
    auto const text = scene.world.wording.say("say.second_asked", params);
    for (auto const& person : asked) {
        adapters::chat::Card card;
        for (auto const& identity : storage::identities(scene.db, person)) {
            storage::Draft draft{0,       step.community, identity.account,      identity.user_id, std::string{kDraftSecond},
                                 payload, scene.now,      scene.now + kDraftLife};
            auto const id = storage::put_draft(scene.db, draft);
            card.task_id = "s@" + std::to_string(id);
        }
        card.kind = adapters::chat::CardKind::buttons;
        card.title = scene.world.wording.say("say.second_title", params);
        card.body = step.shown;
        card.buttons = {{"agree", "同意", true}, {"decline", "不同意", false}};
        card.fallback = text;
        tell(scene, {matter.community, matter.no, matter.scope, turn.occasion + "/second"}, "N-B05", person, text, storage::Lane::now,
             card);
    }
    turn.say_key("say.second_waits", {{"ref", matter.shown_no}, {"roles", actors_text(scene, words)}});
    turn.answers.noted = true;
}

std::optional<storage::Draft> waiting_for(Turn const& turn, PendingStep const& step)
{
    for (auto& draft : storage::drafts_of(turn.scene.db, turn.event.account, turn.event.user_id, kDraftSecond, turn.scene.now)) {
        auto const other = storage::read_pending_step(draft.payload);
        if (other && other->no == step.no && other->community == step.community && other->trigger == step.trigger &&
            other->intent == step.intent && other->by != step.by)
            return draft;
    }
    return std::nullopt;
}

bool same_settings(PendingStep const& a, PendingStep const& b)
{
    return storage::write_step_input(a.input) == storage::write_step_input(b.input);
}

void decline_step(Turn& turn, StepMatter const& matter, PendingStep const& step)
{
    auto const& scene = turn.scene;
    forget_waiting(scene, step);
    tell(scene, {matter.community, matter.no, matter.scope, turn.occasion + "/declined"}, "N-B05", step.by,
         scene.world.wording.say("say.second_declined", {{"ref", matter.shown_no}, {"title", cut(matter.title, 20)}}));
    turn.say_key("say.second_declined_noted", {{"ref", matter.shown_no}});
    turn.answers.noted = true;
}

void forget_waiting(Scene const& scene, PendingStep const& step)
{
    storage::drop_second_drafts(scene.db, step.community, kDraftSecond, step.no, step.trigger);
}

int pictures_in(Turn const& turn)
{
    return static_cast<int>(std::count_if(turn.event.media.begin(), turn.event.media.end(),
                                          [](auto const& media) { return media.kind == adapters::chat::MediaKind::image; }));
}

} // namespace commands
