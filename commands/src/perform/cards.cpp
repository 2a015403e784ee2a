#include "perform/cards.hpp"

#include "perform/drafts.hpp"
#include "perform/intents.hpp"
#include "perform/official.hpp"
#include "perform/signatures.hpp"
#include "storage/matters.hpp"

#include <charconv>

namespace commands {
namespace {

std::vector<std::string> parts(std::string const& text)
{
    std::vector<std::string> found;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        auto const end = text.find('@', begin);
        found.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos)
            break;
        begin = end + 1;
    }
    return found;
}

std::int64_t number(std::string const& text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void update(Turn& turn, std::string text)
{
    if (!turn.answers.update)
        turn.answers.update = adapters::chat::CardUpdate{turn.event.action->task_id, std::move(text), {}};
}

/// The kept draft of a card; only the account it was written for may answer it.
std::optional<storage::Draft> own_draft(Turn& turn, std::string const& id)
{
    auto draft = storage::find_draft(turn.scene.db, number(id));
    if (!draft || draft->account != turn.event.account || draft->user_id != turn.event.user_id || draft->expires_at <= turn.scene.now) {
        turn.say_key("say.draft_gone");
        update(turn, turn.scene.world.wording.say("say.card_over"));
        return std::nullopt;
    }
    return draft;
}

void answer_vote(Turn& turn, std::vector<std::string> const& id)
{
    auto const& action = *turn.event.action;
    reader::Reading reading;
    reading.mode = reader::Mode::execute;
    reading.intent = reader::Intent::vote_cast;
    reading.args.set("ref_no", reader::ArgValue{number(id.size() > 2 ? id[2] : "0")});
    for (auto const& selection : action.selections)
        for (auto const& option : selection.options) {
            if (option.starts_with("option_"))
                reading.args.set("option", reader::ArgValue{option.substr(7)});
            else
                reading.args.set("choice", reader::ArgValue{option});
        }
    if (!reading.args.has("choice") && !reading.args.has("option"))
        reading.args.set("choice", reader::ArgValue{action.key});
    cast_vote(turn, reading);
}

} // namespace

adapters::chat::Card vote_card(Scene const& scene, governance::Proposal const& proposal, std::string const& occasion)
{
    auto const& wording = scene.world.wording;
    auto const& round = proposal.rounds.back();
    auto const ref = std::to_string(proposal.no.value());
    adapters::chat::Card card;
    card.kind = adapters::chat::CardKind::choice;
    card.task_id = "v@" + proposal.community.str() + "@" + ref + "@" + std::to_string(std::hash<std::string>{}(occasion));
    card.title = wording.say("say.vote_card_title", {{"ref", ref}, {"title", cut(proposal.title, 16)}});
    card.body = cut(round.question.empty() ? proposal.title : round.question, 40);
    card.facts = {{"截止", moment_text(scene, round.closes_at)}};
    card.question = "choice";
    if (round.options.empty()) {
        for (auto const* choice : {"for", "against", "abstain"})
            card.options.push_back({choice, wording.word("choice." + std::string{choice}, choice)});
    } else {
        for (auto const& option : round.options)
            card.options.push_back({"option_" + option.substr(0, option.find(' ')), option});
    }
    card.submit_key = "vote";
    card.submit_text = "投票";
    card.url = page_url(scene, proposal.community, proposal.no);
    card.fallback = wording.say("say.vote_card_fallback", {{"ref", ref}, {"title", proposal.title}});
    return card;
}

void answer_card(Turn& turn, Board&)
{
    if (!turn.event.action)
        return;
    auto const& action = *turn.event.action;
    auto const id = parts(action.task_id);
    if (id.front() == "v")
        return answer_vote(turn, id);
    if (id.front() == "s" && id.size() > 1) {
        if (auto const draft = own_draft(turn, id[1]))
            if (auto const step = storage::read_pending_step(draft->payload)) {
                second_answer(turn, *step, action.key == "agree");
                update(turn, turn.scene.world.wording.say(action.key == "agree" ? "say.card_agreed" : "say.card_declined"));
            }
        return;
    }
    if (id.front() == "p" && id.size() > 3) {
        auto const text = answer_signature(turn, governance::CommunityId{id[1]}, governance::RefNo{number(id[2])},
                                           static_cast<std::size_t>(number(id[3])), action.key == "sign");
        return update(turn, text);
    }
    if (id.front() == "c" && id.size() > 1) {
        if (own_draft(turn, id[1])) {
            reader::Reading reading;
            reading.intent = action.key == "yes" ? reader::Intent::answer_yes : reader::Intent::answer_no;
            answer_draft(turn, reading);
            update(turn, turn.scene.world.wording.say(action.key == "yes" ? "say.card_done" : "say.card_dropped"));
        }
        return;
    }
    turn.say_key("say.draft_gone");
}

} // namespace commands
