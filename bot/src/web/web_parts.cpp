#include "bot/web_parts.hpp"

#include "bot/playground.hpp"
#include "bot/public_site.hpp"
#include "bot/zone.hpp"

#include <memory>
#include <utility>

namespace bot {

void add_web(Parts& parts)
{
    // The channel is needed long before the routes; both are doors of one simulated platform. It lives as long as the parts do.
    auto playground = std::make_shared<std::unique_ptr<Playground>>();
    parts.channels = [playground](ChannelSet& channels, storage::Store& store, Setting const& setting) {
        if (!setting.config.playground)
            return;
        *playground = std::make_unique<Playground>(store, setting.now, setting.files.web);
        channels.add((*playground)->make_channel(setting.config.bot_names));
    };
    auto site = std::make_shared<std::unique_ptr<PublicSite>>();
    parts.routes = [playground, site](Router& router, Running const& running) {
        PublicSite::Parts made{running.store,
                               running.setting.now,
                               system_zone(running.setting.config.zone),
                               states_of_kept_procedures(),
                               running.setting.files.web,
                               running.setting.files.data / "openapi.json",
                               running.setting.config.playground};
        *site = std::make_unique<PublicSite>(std::move(made));
        (*site)->add_to(router);
        if (*playground)
            (*playground)->add_to(router);
    };
}

} // namespace bot
