#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::reader {

/// Where a message was written.
enum class Chat { group, direct };

/// What a known number stands for. Source: domain.md 15.1 (`refs`: number -> kind[:stage]).
struct Ref {
    std::string kind;  ///< "proposal", "report", "whistle", "question", "service", "mediation"
    std::string stage; ///< "deliberating", "screening", ...; empty when it is not told
};

/// The message that the speaker quoted.
struct ReplyTo {
    std::string kind;                   ///< kind of our card ("vote", "proposal", "rate_request", ...), or "chat" for a neighbour's message
    std::optional<std::int64_t> ref_no; ///< its number, when it is a card about a matter
    std::vector<std::string> options;   ///< labels that the card offers, as in A, B
};

/// The bot waits for this speaker's answer.
struct PendingQuestion {
    std::string kind; ///< "confirm", "pick" or "consent"
    int options = 0;  ///< how many there are to pick from; 0 when it is no pick
};

/// Everything besides its text that decides how a message is read. Numbers are those that concern this group or speaker.
struct Context {
    Chat chat = Chat::group;
    bool mention = false;           ///< the bot was addressed
    std::vector<std::string> roles; ///< of the speaker; "unbound" for an account without a binding
    std::vector<std::int64_t> open_votes;
    std::vector<std::int64_t> open_endorse;
    std::vector<std::int64_t> pending_rate;
    std::map<std::int64_t, Ref> refs;
    std::optional<ReplyTo> reply_to;
    std::string session; ///< "sunshine_open" while a report meeting takes questions; else empty
    std::optional<PendingQuestion> pending_question;
};

/// Splits "kind[:stage]" as `refs` of the example files writes it.
[[nodiscard]] Ref ref_from(std::string_view kind_and_stage);

} // namespace commands::reader
