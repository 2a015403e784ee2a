#pragma once

#include "adapters/chat/event.hpp"
#include "adapters/chat/message.hpp"
#include "commands/reader/reader.hpp"
#include "governance/permissions.hpp"
#include "perform/scene.hpp"
#include "storage/matters.hpp"

#include <optional>
#include <string>
#include <vector>

/// One message being answered.
namespace commands {

class Board;

/// What will be said to the writer, and how openly.
struct Answers {
    std::vector<std::string> personal; ///< for the writer alone: never in a group
    std::vector<std::string> open;     ///< public and short: may stand in the group when the writer asked there
    std::string urgent;                ///< danger: goes into the same chat at once, whatever its length
    std::optional<adapters::chat::Card> card;
    std::optional<adapters::chat::CardUpdate> update;
    bool noted = false; ///< something was recorded, so that silence would leave the writer in doubt
};

struct Turn {
    Scene scene;
    adapters::chat::Event const& event;
    governance::Actor actor;             ///< without a person when the account is not bound
    std::optional<storage::Group> group; ///< the group it was written in, when it is one we know
    Board& board;
    std::string occasion;     ///< tells this message from every other; part of outbox keys and card ids
    bool private_door = true; ///< the writer's account has a door that can speak first to a person
    Answers answers;
    std::optional<storage::Draft> draft; ///< the newest that waits for the writer, in a private chat
    bool confirmed = false;              ///< the writer said yes to a draft of this message

    [[nodiscard]] bool direct() const { return event.place == adapters::chat::Place::direct; }
    /// The community that numbers in this message belong to: the writer's own, else the group's.
    [[nodiscard]] governance::CommunityId community() const;

    void say(std::string text) { answers.personal.push_back(std::move(text)); }
    void say_openly(std::string text) { answers.open.push_back(std::move(text)); }
    /// A sentence of the wording file, for the writer alone.
    void say_key(std::string_view key, Params const& params = {}) { say(scene.world.wording.say(key, params)); }
    /// A notice of the catalogue as the private answer.
    void say_notice(std::string_view id, Params const& params) { say(scene.world.wording.render(id, params)); }
    void refuse(governance::Refusal const& refusal, Params extra = {});
};

/// Performs one reading that is clear enough: checks who may, and does it.
void perform(Turn& turn, reader::Reading const& reading);
/// The same for a reading of any mode: asks back where the reader could not be sure.
void respond(Turn& turn, reader::Reading const& reading);

/// True when the writer has one of the actions that the intent needs, for something lying in `place`; else they were told whom to turn to.
bool may(Turn& turn, std::string_view intent, std::string_view deciding, governance::UnitId const& place);

} // namespace commands
