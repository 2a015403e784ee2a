#pragma once

#include "adapters/playground/playground.hpp"
#include "bot/http.hpp"
#include "storage/playground.hpp"
#include "storage/store.hpp"

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bot::playground {

/// Something that a person does in a chat.
struct Spoken {
    std::string user_id;
    std::string chat_id; ///< group; empty: the private chat with the bot
    std::string text;
    std::string quote_text;
    std::string quote_task_id;
    storage::PlaygroundPicture picture; ///< empty: none
    std::string picture_name;
    std::optional<adapters::chat::CardAction> action;
};

/// What came of it.
struct Heard {
    std::int64_t line_id = 0;
    int status = 0; ///< of the webhook's answer: 200 means that the service took it
    adapters::chat::Reply reply;
};

/// Lets people speak: keeps each line as a platform would, hands it to the webhook, keeps what is answered.
class Speech : public std::enable_shared_from_this<Speech> {
public:
    Speech(storage::Store& store, std::function<governance::Instant()> now, Dispatcher& webhook)
        : store_(store), now_(std::move(now)), webhook_(webhook)
    {
    }

    using Done = std::function<void(std::vector<Heard> const&, std::exception_ptr)>;
    /// Each of `spoken` is an event of its own; they are handed over in order and answered in any. `done` is called once, on any thread,
    /// after everything is kept.
    void speak(std::vector<Spoken> spoken, Done done);
    /// The same, but each speaks when the one before has been answered, as people in a group do.
    void speak_in_turn(std::vector<Spoken> spoken, Done done);

private:
    struct Batch;
    struct Turns;
    using BatchPtr = std::shared_ptr<Batch>;
    void next_turn(std::shared_ptr<Turns> const& turns);
    void keep_lines(storage::Database& db, Batch& batch) const;
    void hand_over(BatchPtr const& batch);
    void heard(BatchPtr const& batch, std::size_t index, HttpResponse const& response);
    void keep_answers(BatchPtr const& batch);

    storage::Store& store_;
    std::function<governance::Instant()> now_; ///< procedure time
    Dispatcher& webhook_;
};

} // namespace bot::playground
