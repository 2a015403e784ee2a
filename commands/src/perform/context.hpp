#pragma once

#include "perform/turn.hpp"
#include "storage/matters.hpp"

#include <cstdint>
#include <map>
#include <memory>

namespace commands {

/// Live matters of communities as the reader needs them, kept until a matter of the community changes. Used on the writer only.
class Board {
public:
    /// Live matters of a community.
    std::vector<storage::MatterHead> const& live(storage::Database& db, governance::CommunityId const& community);

private:
    struct Entry {
        std::int64_t revision = -1;
        std::vector<storage::MatterHead> matters;
    };
    std::map<governance::CommunityId, Entry> entries_;
};

/// What decides, beside its text, how the message is read.
reader::Context reading_context(Turn const& turn, Board& board);
/// Kind of card that a quoted text of ours is, with its number: "【表决 12】…" is a vote. Anything else is a neighbour's message.
reader::ReplyTo quoted(adapters::chat::Quote const& quote);
/// Whole numbers written in digits in a text, each once, at most 20.
std::vector<std::int64_t> numbers_in(std::string_view text);

} // namespace commands
