#include "bot/public/reference.hpp"

#include "bot/log.hpp"
#include "storage/definition_file.hpp"
#include "storage/definitions.hpp"

namespace bot {
namespace {

using Key = std::tuple<std::string, int>;
using States = std::map<std::string, StateWords>;

States read_states(storage::Database& db, std::string const& id, int version)
{
    States states;
    auto const kept = storage::Definitions(db).latest({}, id + "@" + std::to_string(version));
    if (!kept)
        return states;
    try {
        for (auto const& state : storage::parse_definition(kept->text, id).states)
            states[state.id] = {state.title, state.stage, state.next_step};
    } catch (storage::DefinitionError const& fault) {
        log(Level::error, "procedure_unreadable", {{"procedure", id}, {"error", fault.what()}});
    }
    return states;
}

} // namespace

StateLookup states_of_kept_procedures()
{
    struct Kept {
        std::mutex mutex;
        std::map<Key, States> by_version; ///< under mutex
    };
    return [kept = std::make_shared<Kept>()](storage::Database& db, std::string const& definition, int version, std::string const& state) {
        std::lock_guard const lock(kept->mutex);
        auto found = kept->by_version.find({definition, version});
        if (found == kept->by_version.end()) {
            auto states = read_states(db, definition, version);
            if (states.empty())
                return StateWords{};
            found = kept->by_version.emplace(Key{definition, version}, std::move(states)).first;
        }
        auto const words = found->second.find(state);
        return words == found->second.end() ? StateWords{} : words->second;
    };
}

} // namespace bot
