#include "commands/conversation.hpp"

#include "adapters/chat/stored.hpp"
#include "perform/announce.hpp"
#include "perform/cards.hpp"
#include "perform/context.hpp"
#include "perform/drafts.hpp"
#include "perform/intents.hpp"
#include "perform/pace.hpp"
#include "perform/standing_jobs.hpp"
#include "perform/turn.hpp"
#include "storage/district.hpp"
#include "storage/inbox.hpp"
#include "storage/matters.hpp"
#include "storage/people.hpp"

#include <algorithm>
#include <mutex>

namespace commands {

namespace chat = adapters::chat;

namespace {

/// Text hygiene done ahead, and the rules it was done with.
struct Ahead {
    std::shared_ptr<World const> world;
    reader::Prepared text;
};

constexpr std::size_t kOpenLines = 2; // 13.1: an answer in the group has at most two lines

std::string joined(std::vector<std::string> const& lines)
{
    std::string out;
    for (auto const& line : lines)
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::size_t lines_of(std::string const& text)
{
    return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// What may be said in a group, and what goes to the writer alone. Source: design.md "Identity", domain.md 13.1.
chat::Reply compose(Turn& turn)
{
    auto& answers = turn.answers;
    chat::Reply reply;
    reply.update = std::move(answers.update);
    if (turn.direct()) {
        auto lines = answers.open;
        lines.insert(lines.end(), answers.personal.begin(), answers.personal.end());
        if (!answers.urgent.empty())
            lines.insert(lines.begin(), answers.urgent);
        reply.text = joined(lines);
        reply.card = std::move(answers.card);
        return reply;
    }
    if (!answers.urgent.empty()) {
        reply.text = answers.urgent;
    } else if (auto open = joined(answers.open); !open.empty() && lines_of(open) <= kOpenLines) {
        reply.text = std::move(open);
    } else {
        answers.personal.insert(answers.personal.begin(), answers.open.begin(), answers.open.end());
    }
    if (answers.personal.empty() && !answers.card)
        return reply;
    if (turn.private_door && turn.actor.bound()) {
        About const about{turn.community(), {}, {}, turn.occasion + "/reply"};
        tell(turn.scene, about, "", turn.actor.person, joined(answers.personal), storage::Lane::now, answers.card);
    } else if (reply.text.empty() && (answers.noted || turn.event.mention)) {
        reply.text = turn.scene.world.wording.say(turn.actor.bound() ? "say.neutral" : "say.write_privately");
    }
    return reply;
}

} // namespace

struct Conversation::Impl {
    explicit Impl(ConversationOptions with) : options(std::move(with)) {}

    ConversationOptions options;
    mutable std::mutex guard;
    std::shared_ptr<World const> world; ///< under guard
    Board board;
    Pace pace;

    std::shared_ptr<World const> current() const
    {
        std::lock_guard const lock{guard};
        return world;
    }

    void answer(Turn& turn, Prepared const& prepared);
    void read_text(Turn& turn, Prepared const& prepared);
};

Conversation::Conversation(ConversationOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Conversation::~Conversation() = default;

std::shared_ptr<World const> Conversation::world() const
{
    return impl_->current();
}

void Conversation::load(storage::Database& db, governance::Instant now, bool force)
{
    auto const before = impl_->current();
    if (before && !force && before->district_version == storage::district_version(db))
        return;
    auto fresh = load_world(db, impl_->options.world, now);
    arm_standing_jobs({db, *fresh, now});
    std::lock_guard const lock{impl_->guard};
    impl_->world = std::move(fresh);
}

Prepared Conversation::prepare(chat::Event const& event) const
{
    auto world = impl_->current();
    if (!world || event.text.empty())
        return nullptr;
    auto text = world->reader->prepare(event.text);
    return std::make_shared<Ahead const>(Ahead{std::move(world), std::move(text)});
}

void Conversation::Impl::read_text(Turn& turn, Prepared const& prepared)
{
    auto const* ahead = static_cast<Ahead const*>(prepared.get());
    auto const context = reading_context(turn, board);
    auto const& reader = *turn.scene.world.reader;
    auto const result = ahead != nullptr && ahead->world.get() == &turn.scene.world ? reader.read(ahead->text, context)
                                                                                    : reader.read(turn.event.text, context);
    bool const command = !result.ignored() && result.readings.front().mode == reader::Mode::execute;
    if (turn.direct()) {
        // What was asked for may be any words at all; only a full new command wins over it.
        bool const fresh = command && result.readings.front().intent != reader::Intent::proposal_create &&
                           result.readings.front().intent != reader::Intent::help;
        auto const draft = turn.draft; // a copy: filling it may take it away
        if (draft && !fresh && fill_draft(turn, *draft))
            return;
    }
    if (command && !pace.allow(turn, result.readings.front()))
        return;
    for (auto const& reading : result.readings)
        respond(turn, reading);
}

void Conversation::Impl::answer(Turn& turn, Prepared const& prepared)
{
    if (turn.group && !turn.group->bot_enabled)
        return;
    switch (turn.event.kind) {
    case chat::EventKind::message: return read_text(turn, prepared);
    case chat::EventKind::card_action: return answer_card(turn, board);
    case chat::EventKind::entered: turn.say_key("say.welcome"); return;
    case chat::EventKind::ignored: return;
    }
}

chat::Reply Conversation::handle(storage::Database& db, chat::Event const& event, Prepared const& prepared, governance::Instant now)
{
    storage::Inbox inbox{db};
    storage::MessageKey const key{event.channel, event.dedup_key};
    if (auto const stored = inbox.reply_to(key))
        return chat::decode_reply(*stored).value_or(chat::Reply{});
    load(db, now, false);
    auto const world = impl_->current();
    Scene const scene{db, *world, now};
    auto& board = impl_->board;
    board.follow(world->district_version);
    auto const doors = impl_->options.private_doors(event.account);
    Turn turn{scene, event,       board.actor(db, event.account, event.user_id), std::nullopt, board, event.dedup_key, doors > 0,
              {},    std::nullopt};
    if (turn.direct())
        turn.draft = storage::newest_draft(db, event.account, event.user_id, now);
    else
        turn.group = storage::find_group(db, event.account, event.chat_id);
    // Which door was used last matters only where there is a choice.
    if (turn.actor.bound() && doors > 1)
        storage::touch_identity(db, event.account, event.user_id, event.channel, now);
    impl_->answer(turn, prepared);
    auto reply = compose(turn);
    inbox.keep(key, impl_->options.machine_now(), reply.empty() ? std::string{} : chat::encode_reply(reply));
    return reply;
}

bool Conversation::fire_next_job(storage::Database& db, governance::Instant until)
{
    load(db, until, false);
    return fire_job(db, *impl_->current(), until, impl_->options.machine_now());
}

std::vector<PersonAddress> Conversation::person(storage::Database& db, governance::PersonId const& person) const
{
    std::vector<PersonAddress> found;
    for (auto const& identity : storage::identities(db, person))
        found.push_back({identity.account, identity.user_id, identity.last_channel, identity.last_used});
    return found;
}

std::vector<GroupAddress> Conversation::group(storage::Database& db, governance::GroupId const& group) const
{
    std::vector<GroupAddress> found;
    for (auto const& [account, chat_id] : storage::group_links(db, group))
        found.push_back({account, chat_id});
    return found;
}

} // namespace commands
