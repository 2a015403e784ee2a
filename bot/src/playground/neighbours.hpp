#pragma once

#include "bot/public/reference.hpp"
#include "playground/requests.hpp"

#include <vector>

namespace bot::playground {

/// What the neighbours of a matter would say now: households of its scope that have not endorsed, voted or rated yet, one adult each, in
/// the order of the roll; fewer than asked for when there are no more. Errors: BadRequest when there is no such proposal or its state does
/// not ask for that (409).
std::vector<Spoken> neighbours(storage::Database& db, PublicReference const& reference, NeighbourRequest const& request);

} // namespace bot::playground
