#pragma once

#include "commands/reader/gazetteer.hpp"
#include "commands/reader/reading.hpp"
#include "reader/automaton.hpp"
#include "reader/lexicon_data.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace commands::reader {

struct Scan;

enum class PlaceKind : std::uint8_t {
    estate,
    road,
    village,
    hamlet,
    site,
    grid_name,
    landmark,
    department,
    goods,
    building,
    unit,
    room,
    floor,
    house_no,
    road_no,
    grid,
    home,
};

/// One part of an address in a text, or another name of the gazetteer.
struct PlacePiece {
    PlaceKind kind{};
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint16_t index = 0; ///< into the gazetteer's list of that kind
    std::string value;       ///< as it goes into the address
    bool speaker = false;    ///< says where the speaker lives, not where the matter is
};

/// The gazetteer in the form that scanning needs.
struct PlaceIndex {
    explicit PlaceIndex(Gazetteer names);
    Gazetteer gazetteer;
    Automaton automaton; ///< payload: kind << 16 | index
    std::vector<std::u32string> bot_names;
};

/// Finds the pieces of `scan` (match, hits and raw numbers are there already), by position and without overlaps.
[[nodiscard]] std::vector<PlacePiece> find_pieces(Scan const& scan, PlaceIndex const& places);

struct Place {
    Address address;
    bool impossible = false;
};

/// Puts the pieces between two positions together (domain.md 15.5).
[[nodiscard]] Place place_of(Scan const& scan, PlaceIndex const& places, std::uint32_t begin, std::uint32_t end);

} // namespace commands::reader
