#pragma once

#include "bot/public/redactor.hpp"
#include "governance/organisation.hpp"
#include "governance/routing.hpp"
#include "storage/database.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace bot {

/// What public pages need to know besides the matters: places, kinds of reports, what must be taken out. Immutable.
struct PublicReference {
    std::int64_t district_version = 0;
    std::string as_of;
    governance::Organisation organisation;
    governance::RoutingTable routing;
    Redactor redactor;

    /// The community of that id; null when there is none.
    [[nodiscard]] governance::Unit const* community(std::string_view id) const;
    /// Name of a unit; empty for an unknown one.
    [[nodiscard]] std::string place(governance::UnitId const& unit) const;
};

/// A state in words.
struct StateWords {
    std::string title;
    std::string stage;
    std::string next_step; ///< trigger of the usual next step
};
/// Words of a state of a procedure in the version that the matter began with.
using StateLookup = std::function<StateWords(storage::Database&, std::string const& definition, int version, std::string const& state)>;

/// Reads the procedures that the store keeps. Versions never change, so each is read once.
StateLookup states_of_kept_procedures();

/// Loads the reference when the district changed, and once a minute for changes of the roll. Any thread.
class ReferenceCache {
public:
    [[nodiscard]] std::shared_ptr<PublicReference const> get(storage::Database& db);

private:
    std::mutex mutex_;
    std::shared_ptr<PublicReference const> kept_;       ///< under mutex_
    std::chrono::steady_clock::time_point loaded_at_{}; ///< under mutex_
};

} // namespace bot
