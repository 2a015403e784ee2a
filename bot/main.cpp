#include "bot/cli.hpp"
#include "bot/gazetteer_files.hpp"
#include "bot/web_parts.hpp"
#include "bot/zone.hpp"
#include "commands/conversation.hpp"
#include "commands/peace.hpp"

#include <memory>
#include <string>

namespace {

/// True when the account has a door that can speak first to a person.
bool speaks_to_persons(bot::ChannelSet const& channels, std::string const& account)
{
    for (auto const& channel : channels.all()) {
        if (channel->account() == account && channel->capabilities().pushes_to_person)
            return true;
    }
    return false;
}

bot::Conversing make_conversation(storage::Store& store, bot::ChannelSet const& channels, bot::Setting const& setting)
{
    commands::ConversationOptions options;
    options.world.data_dir = setting.files.data;
    options.world.lexicon_dir = setting.files.lexicon;
    options.world.zone = bot::system_zone(setting.config.zone);
    options.world.public_url = setting.config.server.public_url;
    options.world.bot_names = setting.config.bot_names;
    options.world.gazetteer = bot::gazetteer_from_texts;
    options.has_private_door = [&channels](std::string const& account) { return speaks_to_persons(channels, account); };
    auto conversation = std::make_shared<commands::Conversation>(std::move(options));
    auto load = [&store, conversation, now = setting.now](bool force) {
        store.write_now([&](storage::Database& db) { conversation->load(db, now(), force); });
    };
    load(true);

    bot::Conversing conversing;
    conversing.service = conversation;
    conversing.directory = conversation;
    conversing.notice_rules = std::make_shared<commands::Peace>([conversation] { return conversation->world(); });
    conversing.reload = [load] { load(true); };
    return conversing;
}

} // namespace

/// The composition root: the one place that picks concrete classes.
int main(int argc, char** argv)
{
    bot::Parts parts;
    parts.conversation = make_conversation;
    bot::add_web(parts);
    return bot::run_command_line(argc, argv, parts);
}
