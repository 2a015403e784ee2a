#include "bot/cli.hpp"
#include "bot/gazetteer_files.hpp"
#include "bot/parse_parts.hpp"
#include "bot/web_parts.hpp"
#include "bot/zone.hpp"
#include "commands/conversation.hpp"
#include "commands/peace.hpp"

#include <memory>
#include <string>

namespace {

/// How many doors of the account can speak first to a person.
int private_doors(bot::ChannelSet const& channels, std::string const& account)
{
    int doors = 0;
    for (auto const& channel : channels.all())
        doors += channel->account() == account && channel->capabilities().pushes_to_person ? 1 : 0;
    return doors;
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
    options.private_doors = [&channels](std::string const& account) { return private_doors(channels, account); };
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
    parts.parse = bot::parse_utterances;
    bot::add_web(parts);
    return bot::run_command_line(argc, argv, parts);
}
