#pragma once

#include "bot/channels.hpp"
#include "bot/config.hpp"
#include "bot/installed.hpp"
#include "bot/procedure_clock.hpp"
#include "bot/router.hpp"
#include "commands/notice_rules.hpp"
#include "commands/recipients.hpp"
#include "commands/service.hpp"
#include "governance/time.hpp"
#include "storage/store.hpp"

#include <functional>
#include <iosfwd>
#include <memory>

namespace bot {

/// What the concrete classes are made from.
struct Setting {
    Config config;
    InstalledFiles files;
    std::function<governance::Instant()> now; ///< procedure time
};

/// What routes that others add may use; all of it lives as long as the server.
struct Running {
    storage::Store& store;
    commands::Service& service;
    ChannelSet const& channels;
    ProcedureClock const& clock;
    Setting const& setting;
    std::function<void()> on_commit; ///< to call after a commit that may have put something into the outbox
};

/// The conversation as the program uses it, over one store.
struct Conversing {
    std::shared_ptr<commands::Service> service;
    std::shared_ptr<commands::RecipientDirectory> directory;
    std::shared_ptr<commands::NoticeRules> notice_rules;
    /// Takes over changed files (wording, lexicon, workflows). Errors: std::runtime_error; everything stays as it was.
    std::function<void()> reload;
};

/// The concrete classes of the program, picked in main.cpp alone. What is empty is not in this build, and the commands that need it say so.
struct Parts {
    /// Makes the conversation over a migrated store whose clock is set. Errors: std::runtime_error saying what to mend.
    std::function<Conversing(storage::Store&, ChannelSet const&, Setting const&)> conversation;
    /// Channels beside those of the file: the playground's. Called before the conversation is made.
    std::function<void(ChannelSet&, storage::Store&, Setting const&)> channels;
    /// Pages and API beside webhooks, health and clock.
    std::function<void(Router&, Running const&)> routes;
    /// `yiqi parse`: JSON lines in, JSON lines out. `store` is null where there is none. Returns the exit code.
    std::function<int(std::istream&, std::ostream&, storage::Store*, Setting const&)> parse;
};

} // namespace bot
