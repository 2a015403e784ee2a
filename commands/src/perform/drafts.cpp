#include "perform/drafts.hpp"

#include "perform/context.hpp"
#include "perform/intents.hpp"
#include "perform/official.hpp"

#include <algorithm>

namespace commands {
namespace {

storage::Draft draft_for(Turn const& turn, storage::PendingText const& pending)
{
    return {0,
            turn.community(),
            turn.event.account,
            turn.event.user_id,
            std::string{kDraftText},
            storage::write_pending_text(pending),
            turn.scene.now,
            turn.scene.now + kDraftLife};
}

storage::PendingText pending_text(Turn const& turn, reader::Reading const& reading)
{
    storage::PendingText pending;
    pending.text = turn.event.text;
    pending.group = turn.group ? turn.group->id.str() : std::string{};
    pending.intent = std::string{name_of(reading.intent)};
    return pending;
}

/// Reads the kept text again, as if it had been said to the bot, and performs it when it is the command that was asked about.
void perform_again(Turn& turn, storage::PendingText const& pending, std::string const& text, bool confirmed)
{
    auto event = turn.event;
    event.text = text;
    event.media = turn.event.media;
    Turn inner{turn.scene, event, turn.actor, turn.group, turn.board, turn.occasion, turn.private_door, {}, std::nullopt, confirmed};
    if (!pending.group.empty())
        inner.group = storage::load_group(turn.scene.db, governance::GroupId{pending.group});
    auto context = reading_context(inner, inner.board);
    context.pending_question.reset();
    context.mention = !confirmed; // a missing part was given to the bot; a confirmation is about what was heard
    if (confirmed)
        context.chat = inner.group ? reader::Chat::group : reader::Chat::direct;
    auto const result = turn.scene.world.reader->read(text, context);
    for (auto reading : result.readings) {
        if (name_of(reading.intent) != pending.intent)
            continue;
        if (confirmed)
            reading.mode = reading.missing.empty() ? reader::Mode::execute : reader::Mode::clarify;
        respond(inner, reading);
        turn.answers = std::move(inner.answers);
        return;
    }
    turn.say_key("say.draft_gone");
}

/// The kept text with the missing part added where the grammar expects it.
std::string completed(storage::PendingText const& pending, std::string const& answer)
{
    if (pending.missing == "address")
        return pending.text + "\n地点：" + answer;
    if (pending.missing == "evidence")
        return pending.text + "\n证据：" + answer;
    if (pending.missing == "choice" || pending.missing == "option")
        return answer + " " + (pending.refs.empty() ? std::string{} : std::to_string(pending.refs.front()));
    return pending.text + " " + answer;
}

} // namespace

std::optional<reader::PendingQuestion> pending_question(Turn const& turn)
{
    auto const& draft = turn.draft;
    if (!draft)
        return std::nullopt;
    if (draft->kind == kDraftSecond)
        return reader::PendingQuestion{"pick", 2};
    if (draft->kind != kDraftText)
        return std::nullopt;
    auto const pending = storage::read_pending_text(draft->payload);
    if (!pending)
        return std::nullopt;
    if (pending->missing.empty())
        return reader::PendingQuestion{"confirm", 0};
    if (pending->missing == "ref_no" && !pending->refs.empty())
        return reader::PendingQuestion{"pick", static_cast<int>(pending->refs.size())};
    return std::nullopt;
}

void ask_confirmation(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto draft = draft_for(turn, pending_text(turn, reading));
    if (reading.intent == reader::Intent::proposal_create) {
        auto const drops_at = detect_proposal(turn, reading);
        if (!drops_at)
            return;
        draft.expires_at = *drops_at;
    }
    auto const id = storage::put_draft(scene.db, draft);
    auto const action = scene.world.wording.word("offer." + std::string{name_of(reading.intent)}, "办这件事");
    turn.say_notice("N-C03", {{"原文摘要", cut(turn.event.text, 30)}, {"动作", action}});
    adapters::chat::Card card;
    card.kind = adapters::chat::CardKind::buttons;
    card.task_id = "c@" + std::to_string(id);
    card.title = scene.world.wording.say("say.confirm_title", {{"action", action}});
    card.body = cut(turn.event.text, 60);
    card.buttons = {{"yes", "是", true}, {"no", "不用", false}};
    card.fallback = turn.answers.personal.back();
    turn.answers.card = std::move(card);
}

void ask_missing(Turn& turn, reader::Reading const& reading)
{
    auto const& scene = turn.scene;
    auto const& wording = scene.world.wording;
    auto pending = pending_text(turn, reading);
    pending.missing = reading.missing.empty() ? "text" : std::string{reading.missing.front()};
    if (auto const ref = reading.args.integer("ref_no"))
        pending.refs.push_back(*ref);
    if (pending.missing == "open_vote" && !pending.refs.empty() &&
        turn.board.proposal(scene.db, turn.community(), governance::RefNo{pending.refs.front()}) != nullptr)
        return cast_vote(turn, reading); // which says where that matter is now
    if (pending.missing == "ref_no" || pending.missing == "open_vote") {
        auto const context = reading_context(turn, turn.board);
        auto const& open = reading.intent == reader::Intent::proposal_endorse ? context.open_endorse
                           : reading.intent == reader::Intent::rate_submit    ? context.pending_rate
                                                                              : context.open_votes;
        if (reading.intent == reader::Intent::vote_cast && pending.missing == "ref_no" && open.empty()) {
            turn.say_notice("N-C07", {{"ref", "编号"}});
            return;
        }
        if (pending.missing == "open_vote" && open.empty()) {
            turn.say_notice("N-V10", {{"原因", turn.scene.world.wording.say("refusal.voting_not_open")},
                                      {"办法", turn.scene.world.wording.say("vote_help.voting_not_open")}});
            return;
        }
        pending.refs = open;
    }
    storage::put_draft(scene.db, draft_for(turn, pending));
    auto const ref = pending.refs.empty() ? std::string{"编号"} : std::to_string(pending.refs.front());
    if (reading.intent == reader::Intent::report_create && pending.missing == "address") {
        turn.say_notice("N-R02", {});
        return;
    }
    auto const key = "ask." + pending.missing;
    turn.say_notice(
        "N-C02",
        {{"缺什么", wording.has(key) ? wording.say(key, {{"ref", ref}}) : pending.missing},
         {"例子", wording.has("ask_example." + pending.missing) ? wording.say("ask_example." + pending.missing, {{"ref", ref}}) : "……"}});
}

void answer_draft(Turn& turn, reader::Reading const& reading)
{
    auto const draft = storage::newest_draft(turn.scene.db, turn.event.account, turn.event.user_id, turn.scene.now);
    if (!draft) {
        turn.say_key("say.nothing_pending");
        return;
    }
    bool const yes = reading.intent == reader::Intent::answer_yes;
    auto const index = reading.args.integer("index").value_or(0);
    if (draft->kind == kDraftSecond) {
        if (auto const step = storage::read_pending_step(draft->payload))
            second_answer(turn, *step, yes || index == 1);
        return;
    }
    auto const pending = storage::read_pending_text(draft->payload);
    storage::drop_draft(turn.scene.db, draft->id);
    if (!pending)
        return;
    if (reading.intent == reader::Intent::answer_no) {
        turn.say_key("say.dropped");
        return;
    }
    if (index > 0 && static_cast<std::size_t>(index) <= pending->refs.size())
        perform_again(turn, *pending, pending->text + " " + std::to_string(pending->refs[static_cast<std::size_t>(index) - 1]), false);
    else
        perform_again(turn, *pending, pending->text, true);
}

bool fill_draft(Turn& turn, storage::Draft const& draft)
{
    if (draft.kind == kDraftItem) {
        auto step = storage::read_pending_step(draft.payload);
        if (!step)
            return false;
        storage::drop_draft(turn.scene.db, draft.id);
        if (!add_item(turn, *step, turn.event.text)) {
            turn.say_key("say.not_understood_item", {{"item", turn.scene.world.wording.word("item." + step->item, step->item)}});
            storage::put_draft(turn.scene.db, draft);
            return true;
        }
        step->item.clear();
        run_official(turn, std::move(*step));
        return true;
    }
    auto const pending = draft.kind == kDraftText ? storage::read_pending_text(draft.payload) : std::nullopt;
    if (!pending || pending->missing.empty())
        return false;
    storage::drop_draft(turn.scene.db, draft.id);
    perform_again(turn, *pending, completed(*pending, turn.event.text), false);
    return true;
}

} // namespace commands
