#include "reader/automaton.hpp"

#include <bit>
#include <queue>

namespace commands::reader {

namespace {

std::uint64_t mix(std::uint64_t key)
{
    key *= 0x9E3779B97F4A7C15ULL;
    return key ^ (key >> 29);
}

} // namespace

void Automaton::add(std::u32string_view word, std::uint32_t payload)
{
    if (word.empty())
        return;
    std::uint32_t state = 0;
    for (char32_t const c : word) {
        auto [it, fresh] = building_.try_emplace(key(state, c), static_cast<std::uint32_t>(nodes_.size()));
        if (fresh)
            nodes_.push_back(Node{0, 0, 0, nodes_[state].depth + 1});
        state = it->second;
    }
    if (nodes_[state].words == 0) {
        nodes_[state].words = static_cast<std::uint32_t>(outputs_.size());
        outputs_.emplace_back();
    }
    outputs_[nodes_[state].words].emplace_back(payload, static_cast<std::uint32_t>(word.size()));
}

void Automaton::finish()
{
    std::uint64_t const slots = std::bit_ceil(building_.size() * 2 + 2);
    mask_ = slots - 1;
    edges_.assign(slots, {0, 0});
    std::vector<std::vector<std::pair<char32_t, std::uint32_t>>> children(nodes_.size());
    for (auto const& [edge, target] : building_) {
        auto slot = mix(edge) & mask_;
        while (edges_[slot].first != 0)
            slot = (slot + 1) & mask_;
        edges_[slot] = {edge, target};
        children[edge >> 32].emplace_back(static_cast<char32_t>(edge & 0xFFFFFFFF), target);
    }
    building_.clear();
    std::queue<std::uint32_t> order;
    for (auto const& [c, target] : children[0])
        order.push(target);
    while (!order.empty()) {
        std::uint32_t const state = order.front();
        order.pop();
        for (auto const& [c, target] : children[state]) {
            nodes_[target].fail = step(nodes_[state].fail, c);
            order.push(target);
        }
        std::uint32_t const fail = nodes_[state].fail;
        nodes_[state].shorter = nodes_[fail].words ? fail : nodes_[fail].shorter;
    }
}

std::uint32_t Automaton::child(std::uint32_t state, char32_t c) const
{
    std::uint64_t const wanted = key(state, c);
    for (auto slot = mix(wanted) & mask_; edges_[slot].first != 0; slot = (slot + 1) & mask_)
        if (edges_[slot].first == wanted)
            return edges_[slot].second;
    return 0;
}

std::uint32_t Automaton::step(std::uint32_t state, char32_t c) const
{
    if (c == 0)
        return 0;
    for (;;) {
        if (auto const next = child(state, c))
            return next;
        if (state == 0)
            return 0;
        state = nodes_[state].fail;
    }
}

} // namespace commands::reader
