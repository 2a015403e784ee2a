#pragma once

#include "adapters/playground/playground.hpp"
#include "bot/public/reference.hpp"
#include "bot/router.hpp"
#include "bot/web/static_files.hpp"
#include "governance/time.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bot {

namespace playground {
class Speech;
}

/// The simulated platform behind the channel "playground/playground": it keeps the chats in the store, lets people of the roll speak
/// through the same webhook pipeline as any platform's, and serves the page that looks like a phone. Only for a service whose playground is
/// enabled.
class Playground : public adapters::playground::Platform {
public:
    /// `now`: procedure time. `web`: folder with playground/. Errors: std::runtime_error when its files cannot be read.
    Playground(storage::Store& store, std::function<governance::Instant()> now, std::filesystem::path const& web);
    ~Playground() override;

    /// The channel of this platform, for the set that the webhooks know.
    std::unique_ptr<adapters::chat::Channel> make_channel(std::vector<std::string> const& bot_names);
    /// Adds /playground/ and /api/v1/playground/… (the clock's door is bot/clock_api.hpp). What people say goes to the webhook that the
    /// same router knows.
    void add_to(Router& router);

    void show(adapters::chat::Outbound message, Sent done) override;
    void change_card(std::string user_id, adapters::chat::CardUpdate update, std::string dedup_key, Sent done) override;
    void picture(std::int64_t id, std::size_t limit_bytes, std::function<void(adapters::chat::Channel::Fetched)> done) override;

private:
    void take_message(ExchangePtr const& exchange);
    void take_neighbours(ExchangePtr const& exchange);
    void add_lists(Router& router);

    storage::Store& store_;
    std::function<governance::Instant()> now_;
    ReferenceCache reference_;
    StaticFiles files_;
    std::string bot_name_;
    std::shared_ptr<playground::Speech> speech_;
};

} // namespace bot
