#include "reader/places.hpp"
#include "reader/scan.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

using Pieces = std::vector<PlacePiece const*>;

bool is_place(PlaceKind kind)
{
    return kind != PlaceKind::department && kind != PlaceKind::goods && kind != PlaceKind::home;
}

bool joined(Scan const& scan, PlacePiece const& a, PlacePiece const& b)
{
    if (b.begin < a.end || b.begin > a.end + 1)
        return false;
    if (b.begin == a.end)
        return true;
    char32_t const c = scan.match[a.end];
    return is_space(c) || c == U',' || c == U'、' || c == U'-' || c == U'的';
}

bool hit_ends_at(Scan const& scan, W cls, std::uint32_t end)
{
    return std::any_of(scan.hits.begin(), scan.hits.end(), [&](Hit const& h) { return static_cast<W>(h.cls) == cls && h.end == end; });
}

bool hit_begins_at(Scan const& scan, W cls, std::uint32_t begin)
{
    return std::any_of(scan.hits.begin(), scan.hits.end(), [&](Hit const& h) { return static_cast<W>(h.cls) == cls && h.begin == begin; });
}

/// The places of the matter: what says where the speaker lives is left out when another place is named (domain.md 15.5, last row).
Pieces places_of_matter(Scan const& scan, std::uint32_t begin, std::uint32_t end)
{
    Pieces all, matter;
    bool speaker = false;
    for (auto const& piece : scan.pieces) {
        if (piece.begin < begin || piece.end > end || !is_place(piece.kind))
            continue;
        bool const continues = !all.empty() && joined(scan, *all.back(), piece);
        if (!continues)
            speaker = scan.classes.test(static_cast<std::size_t>(W::speaker_home)) && hit_ends_at(scan, W::speaker_home, piece.begin);
        all.push_back(&piece);
        if (!speaker)
            matter.push_back(&piece);
    }
    bool const other_place = std::any_of(matter.begin(), matter.end(), [](auto const* p) { return p->kind != PlaceKind::landmark; });
    return other_place ? matter : all;
}

/// The building that the matter is at: the one followed by 门口, 前面, 旁边, else the first.
std::size_t chosen_building(Scan const& scan, Pieces const& pieces)
{
    std::size_t first = pieces.size();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i]->kind != PlaceKind::building)
            continue;
        if (hit_begins_at(scan, W::place_suffix, pieces[i]->end))
            return i;
        first = std::min(first, i);
    }
    return first;
}

/// 3栋和4栋, 3、4栋: buildings joined by one character.
std::vector<std::string> building_list(Scan const& scan, Pieces const& pieces, std::size_t first)
{
    std::vector<std::string> labels{pieces[first]->value};
    for (std::size_t i = first + 1; i < pieces.size() && pieces[i]->kind == PlaceKind::building; ++i) {
        auto const gap = pieces[i]->begin - pieces[i - 1]->end;
        char32_t const c = gap == 1 ? scan.match[pieces[i - 1]->end] : U'\0';
        constexpr std::u32string_view joints = U"和跟与、到至及,";
        bool const listed = gap == 0 || (gap == 1 && joints.find(c) != std::u32string_view::npos);
        if (!listed)
            break;
        if (pieces[i]->value != labels.back())
            labels.push_back(pieces[i]->value);
    }
    return labels;
}

std::string* field_of(Address& a, PlaceKind kind)
{
    switch (kind) {
    case PlaceKind::estate: return &a.estate;
    case PlaceKind::road: return &a.road;
    case PlaceKind::village: return &a.village;
    case PlaceKind::hamlet: return &a.hamlet;
    case PlaceKind::site: return &a.site;
    case PlaceKind::grid_name:
    case PlaceKind::grid: return &a.grid;
    case PlaceKind::landmark: return &a.landmark;
    case PlaceKind::unit: return &a.unit;
    case PlaceKind::room: return &a.room;
    case PlaceKind::floor: return &a.floor;
    case PlaceKind::house_no: return &a.house_no;
    case PlaceKind::road_no: return &a.road_no;
    case PlaceKind::building:
    case PlaceKind::department:
    case PlaceKind::goods:
    case PlaceKind::home: return nullptr;
    }
    return nullptr;
}

int number_of(std::string const& text)
{
    int value = 0;
    for (char const c : text)
        value = c >= '0' && c <= '9' && value < 100000 ? value * 10 + (c - '0') : value;
    return value;
}

bool impossible_in(Building const& b, Address const& a)
{
    int const floor = !a.floor.empty() ? number_of(a.floor) : number_of(a.room) / 100;
    return (b.units > 0 && !a.unit.empty() && number_of(a.unit) > b.units) || (b.floors > 0 && floor > b.floors);
}

bool impossible(Gazetteer const& g, Address const& a)
{
    for (auto const& estate : g.estates) {
        if (a.estate != estate.name || estate.buildings.empty())
            continue;
        auto labels = a.buildings;
        if (!a.building.empty())
            labels.push_back(a.building);
        for (auto const& label : labels) {
            auto const found =
                std::find_if(estate.buildings.begin(), estate.buildings.end(), [&](auto const& b) { return b.label == label; });
            if (found == estate.buildings.end() || impossible_in(*found, a))
                return true;
        }
    }
    for (auto const& road : g.roads)
        if (a.road == road.name && !a.road_no.empty() && road.number_to > 0 &&
            (number_of(a.road_no) < road.number_from || number_of(a.road_no) > road.number_to))
            return true;
    for (auto const& hamlet : g.hamlets)
        if (a.hamlet == hamlet.name && !a.village.empty() && a.village != hamlet.village)
            return true;
    return false;
}

} // namespace

Place place_of(Scan const& scan, PlaceIndex const& places, std::uint32_t begin, std::uint32_t end)
{
    Place place;
    auto& a = place.address;
    auto const pieces = places_of_matter(scan, begin, end);
    auto const building = chosen_building(scan, pieces);
    std::size_t after = pieces.size(); // where the building list ends; its units and rooms stand there
    if (building < pieces.size()) {
        auto labels = building_list(scan, pieces, building);
        after = building + labels.size();
        if (labels.size() > 1)
            a.buildings = std::move(labels);
        else
            a.building = std::move(labels.front());
    }
    auto const belongs = [&](std::size_t i) { // parts of another building stay out
        if (building >= pieces.size())
            return true;
        if (i < building) {
            auto const at = [&](std::size_t k) { return pieces.begin() + static_cast<std::ptrdiff_t>(k); };
            return pieces[i]->kind < PlaceKind::building ||
                   std::none_of(at(0), at(building), [](auto const* p) { return p->kind == PlaceKind::building; });
        }
        return std::none_of(pieces.begin() + static_cast<std::ptrdiff_t>(std::min(after, i)),
                            pieces.begin() + static_cast<std::ptrdiff_t>(i), [](auto const* p) { return p->kind == PlaceKind::building; });
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto* field = field_of(a, pieces[i]->kind);
        if (field && field->empty() && belongs(i))
            *field = pieces[i]->value;
    }
    for (auto const& piece : scan.pieces)
        if (piece.kind == PlaceKind::home && piece.begin >= begin && piece.end <= end && a.building.empty() && a.buildings.empty())
            a.relative = piece.value;
    place.impossible = impossible(places.gazetteer, a);
    return place;
}

} // namespace commands::reader
