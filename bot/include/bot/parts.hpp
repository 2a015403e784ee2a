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

/// The concrete classes of the program, picked in main.cpp alone. What is empty is not in this build, and the commands that need it say so.
struct Parts {
    /// Makes the conversation over a migrated store. Errors: std::runtime_error saying what to mend.
    std::function<std::unique_ptr<commands::Service>(storage::Store&, Setting const&)> service;
    /// Takes over changed files (wording, lexicon, workflows). Errors: std::runtime_error; everything stays as it was.
    std::function<void(commands::Service&, storage::Store&, Setting const&)> reload;
    std::function<std::unique_ptr<commands::RecipientDirectory>(Setting const&)> directory;
    std::function<std::unique_ptr<commands::NoticeRules>(Setting const&)> notice_rules;
    /// Channels beside those of the file: the playground's. Called before the server starts.
    std::function<void(ChannelSet&, storage::Store&, Setting const&)> channels;
    /// Pages and API beside webhooks, health and clock.
    std::function<void(Router&, Running const&)> routes;
    /// `yiqi parse`: JSON lines in, JSON lines out. `store` is null where there is none. Returns the exit code.
    std::function<int(std::istream&, std::ostream&, storage::Store*, Setting const&)> parse;
};

} // namespace bot
