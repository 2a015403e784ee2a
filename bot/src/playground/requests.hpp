#pragma once

#include "playground/speech.hpp"

#include <map>
#include <string>
#include <string_view>

/// What the page asks for, read and checked. Errors: BadRequest.
namespace bot::playground {

/// POST /api/v1/playground/messages
Spoken read_message(std::string_view body);

enum class NeighbourAction { endorse, vote, rate };
/// POST /api/v1/playground/neighbours
struct NeighbourRequest {
    std::string community;
    std::int64_t no = 0;
    NeighbourAction action = NeighbourAction::endorse;
    std::size_t count = 1;
    std::map<std::string, std::int64_t> mix; ///< weights: for/against/abstain or labels of options; 1..5 for ratings
    bool in_group = false;
};
NeighbourRequest read_neighbours(std::string_view body);

/// Deals `count` places by weight, so that every beginning of the list has about the wanted mix.
std::vector<std::string> deal(std::map<std::string, std::int64_t> const& mix, std::size_t count);

} // namespace bot::playground
