#pragma once

#include "adapters/chat/event.hpp"
#include "adapters/chat/message.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

/// A door: one configured place of a platform where messages come in, go out, or both.
namespace adapters::chat {

/// A request as it arrived, before anything in it is believed. `query` is percent-decoded once.
struct WebhookRequest {
    std::string_view method; ///< "GET" or "POST"
    std::map<std::string, std::string, std::less<>> query;
    std::string_view content_type;
    std::string_view body;
    Instant received_at; ///< machine clock
};

struct WebhookResponse {
    int status = 200;
    std::string content_type;
    std::string body;
};

/// What the channel must remember between decoding an event and encoding its reply (nonce, ids). Opaque to the rest.
struct ReplyContext {
    std::map<std::string, std::string, std::less<>> values;
};

/// A genuine event, and what is needed to answer it in the same response.
struct Received {
    Event event;
    ReplyContext context;
};

/// The request is answered at once and has no event: a verification of the address, or a refusal in the platform's own words.
struct Answered {
    WebhookResponse response;
    std::string reason; ///< for the log and the metrics: "verified", "bad_signature", "replayed", "malformed", ...; no personal data
};

/// What a channel can do.
struct Capabilities {
    bool receives = false;
    bool pushes_to_person = false;            ///< can speak first to one person
    bool pushes_to_group = false;             ///< can speak first into the group it is tied to
    bool cards = false;                       ///< shows buttons and choices that call back
    bool late_replies = false;                ///< send_late with the reply_handle of a message says something in the chat of that message
    bool card_updates = false;                ///< send_late with the reply_handle of a click, or with an update_handle, changes a card
    std::chrono::milliseconds reply_limit{0}; ///< how long the platform waits for the passive reply
    int per_minute = 0;                       ///< messages a minute that the platform takes from this door; 0: no such limit
    std::size_t text_limit_bytes = 2048;
};

class Channel {
public:
    virtual ~Channel() = default;

    /// "platform/name".
    [[nodiscard]] virtual std::string const& id() const = 0;
    /// Tenant of its user and chat ids; see Event::account.
    [[nodiscard]] virtual std::string const& account() const = 0;
    [[nodiscard]] virtual Capabilities capabilities() const = 0;
    /// Id of the one group it speaks into; empty when it is not tied to a group. As in the configuration, e.g. "CG-G01".
    [[nodiscard]] virtual std::string const& group() const = 0;

    /// Verifies, decrypts and decodes. Runs on an I/O thread, takes microseconds, keeps no reference to `request`, never throws for
    /// what a stranger can send.
    [[nodiscard]] virtual std::variant<Received, Answered> receive(WebhookRequest const& request) = 0;
    /// Encodes the passive reply. A reply that this platform cannot carry here comes out as the platform's empty acknowledgement.
    [[nodiscard]] virtual WebhookResponse reply(ReplyContext const& context, Reply const& reply) = 0;
    /// What reply() leaves unsaid of `reply` here, such as a text in answer to a click where the platform lets only the card change.
    /// Empty: reply() says all of it. The caller pushes the rest by send_late() or send().
    [[nodiscard]] virtual Reply leftover([[maybe_unused]] ReplyContext const& context, [[maybe_unused]] Reply const& reply) const
    {
        return {};
    }

    using Sent = std::function<void(SendResult)>;
    /// Sends one message; `done` is called exactly once, on any thread, within the channel's own time limit.
    virtual void send(Outbound message, Sent done) = 0;

    /// Sends a late reply through `reply_handle` of an event (a response_url and the like), or changes a card by that handle or the
    /// `update_handle` of its sending. A handle serves once. `done` as in send().
    virtual void send_late(std::string reply_handle, Outbound message, Sent done) = 0;
    /// Asks the platform, without showing anybody anything, whether this channel is set up well enough to send. `done` as in send();
    /// `sent` also where there is nothing to ask.
    virtual void probe(Sent done)
    {
        Sent const answer = std::move(done);
        answer(SendResult{SendOutcome::sent, {}, "nothing to ask", {}, {}});
    }

    struct Fetched {
        bool ok = false;
        std::string bytes;
        std::string content_type;
        std::string detail; ///< why not, without secrets
    };
    /// Fetches a picture or file of an event, at most `limit_bytes`.
    virtual void fetch_media(Media media, std::size_t limit_bytes, std::function<void(Fetched)> done) = 0;
};

} // namespace adapters::chat
