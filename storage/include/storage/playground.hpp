#pragma once

#include "governance/time.hpp"
#include "storage/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The simulated chats of the playground: what a platform would keep, so that it survives a restart and a page can show it.
namespace storage {

enum class PlaygroundLineKind {
    said,    ///< a person wrote
    clicked, ///< a person pressed a button; nobody sees it, its update follows
    reply,   ///< the bot answered in that chat
    push,    ///< the bot spoke first
    update,  ///< a card looks different from now on: for `user_id`, or for everybody when that is empty
};

struct PlaygroundLine {
    std::int64_t id = 0;
    governance::Instant at{}; ///< procedure time
    PlaygroundLineKind kind = PlaygroundLineKind::said;
    std::string chat_id; ///< external id of the group; empty: the private chat of `user_id`
    std::string user_id; ///< who spoke or is spoken to; empty for a push into a group
    std::string text;
    std::string quote;
    std::int64_t picture = 0; ///< 0: none
    std::string payload;      ///< opaque to the store; of reply, push and update
};

struct PlaygroundPicture {
    std::string content_type;
    std::string base64;
};

class PlaygroundChats {
public:
    explicit PlaygroundChats(Database& db) : db_(db) {}

    /// Which chat; neither set: all of them.
    struct Filter {
        std::string chat_id; ///< this group
        std::string user_id; ///< the private chat of this user; ignored when chat_id is set
    };

    /// Appends; its id, from 1 and ascending. Nothing when a line with that dedup key (empty: none) is there already.
    std::optional<std::int64_t> add(PlaygroundLine const& line, std::string_view dedup_key = {});
    /// Lines with id > after, oldest first.
    std::vector<PlaygroundLine> after(Filter const& filter, std::int64_t after, std::int64_t limit);
    /// The newest lines with id < before (0: no bound), oldest first.
    std::vector<PlaygroundLine> newest(Filter const& filter, std::int64_t before, std::int64_t limit);
    /// Keeps a picture; its id, from 1.
    std::int64_t add_picture(PlaygroundPicture const& picture);
    std::optional<PlaygroundPicture> picture(std::int64_t id);

private:
    Database& db_;
};

} // namespace storage
