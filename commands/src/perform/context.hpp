#pragma once

#include "perform/turn.hpp"
#include "storage/matters.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace commands {

/// What messages ask for again and again, kept while the books have not changed. Used on the writer only, inside its unit of work.
class Board {
public:
    /// Forgets everybody when the district's version is another one. Called before the others of this class.
    void follow(std::int64_t district_version);
    /// Who a platform user is.
    governance::Actor const& actor(storage::Database& db, std::string const& account, std::string const& user_id);
    /// Live matters of a community.
    std::vector<storage::MatterHead> const& live(storage::Database& db, governance::CommunityId const& community);
    /// A proposal; null when there is none of that number.
    governance::Proposal const* proposal(storage::Database& db, governance::CommunityId const& community, governance::RefNo no);

private:
    struct Entry {
        std::string revision;
        bool loaded = false;
        std::vector<storage::MatterHead> matters;
        std::map<governance::RefNo, std::optional<governance::Proposal>> proposals;
    };
    Entry& entry(storage::Database& db, governance::CommunityId const& community);

    std::map<governance::CommunityId, Entry> entries_;
    std::unordered_map<std::string, governance::Actor> actors_;
    std::int64_t district_version_ = -1;
};

/// What decides, beside its text, how the message is read.
reader::Context reading_context(Turn const& turn, Board& board);
/// Kind of card that a quoted text of ours is, with its number: "【表决 12】…" is a vote. Anything else is a neighbour's message.
reader::ReplyTo quoted(adapters::chat::Quote const& quote);
/// Whole numbers written in digits in a text, each once, at most 20.
std::vector<std::int64_t> numbers_in(std::string_view text);

} // namespace commands
