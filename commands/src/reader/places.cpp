#include "reader/places.hpp"

#include "reader/numerals.hpp"
#include "reader/scan.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

std::uint32_t payload(PlaceKind kind, std::size_t index)
{
    return static_cast<std::uint32_t>(kind) << 16 | static_cast<std::uint32_t>(index & 0xFFFF);
}

void add_names(Automaton& automaton, PlaceKind kind, std::size_t index, std::string const& name, std::vector<std::string> const& others)
{
    automaton.add(match_form(name), payload(kind, index));
    for (auto const& other : others)
        automaton.add(match_form(other), payload(kind, index));
}

std::string label_of(std::u32string_view label)
{
    std::u32string upper(label);
    for (auto& c : upper)
        if (c >= U'a' && c <= U'z')
            c -= 0x20;
    return encode_utf8(upper);
}

/// Walks over the text and collects pieces; knows the names already found.
class PieceFinder {
public:
    PieceFinder(Scan const& scan, PlaceIndex const& places) : text_(scan.match), scan_(scan), places_(places) {}

    std::vector<PlacePiece> find()
    {
        names();
        std::size_t next_name = 0;
        for (std::uint32_t i = 0; i < text_.size();) {
            while (next_name < names_.size() && names_[next_name].begin < i)
                ++next_name;
            if (next_name < names_.size() && names_[next_name].begin == i) {
                pieces_.push_back(names_[next_name]);
                i = names_[next_name].end;
                continue;
            }
            auto const end = number_piece(i);
            i = end > i ? end : i + 1;
        }
        return std::move(pieces_);
    }

private:
    /// Names of the gazetteer and words of the lexicon for places, longest first, without overlaps.
    void names()
    {
        std::vector<PlacePiece> found;
        places_.automaton.scan(text_, [&](std::uint32_t word, std::uint32_t begin, std::uint32_t end) {
            found.push_back({static_cast<PlaceKind>(word >> 16), begin, end, static_cast<std::uint16_t>(word & 0xFFFF), {}, false});
        });
        for (auto const& hit : scan_.hits) {
            auto const cls = static_cast<W>(hit.cls);
            bool const person = cls == W::home && suffix_end(W::kin, hit.end) > 0; // 我家孩子 is nobody's address
            if ((cls == W::place_word || cls == W::home) && !person)
                found.push_back({cls == W::home ? PlaceKind::home : PlaceKind::landmark, hit.begin, hit.end, 0xFFFF, {}, false});
        }
        std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end > b.end : a.kind < b.kind;
        });
        std::erase_if(found, [&](auto const& piece) {
            return std::any_of(scan_.shadows.begin(), scan_.shadows.end(), [&](Span s) {
                return piece.begin >= s.begin && piece.begin < s.end && !(piece.begin == s.begin && piece.end > s.end);
            });
        });
        for (auto& piece : found) {
            if (!names_.empty() && piece.begin < names_.back().end)
                continue;
            name_value(piece);
            names_.push_back(std::move(piece));
        }
    }

    void name_value(PlacePiece& piece) const
    {
        auto const& g = places_.gazetteer;
        switch (piece.kind) {
        case PlaceKind::estate: piece.value = g.estates[piece.index].name; break;
        case PlaceKind::road: piece.value = g.roads[piece.index].name; break;
        case PlaceKind::village: piece.value = g.villages[piece.index].name; break;
        case PlaceKind::hamlet: piece.value = g.hamlets[piece.index].name; break;
        case PlaceKind::site: piece.value = g.sites[piece.index].name; break;
        case PlaceKind::grid_name: piece.value = g.grids[piece.index].id; break;
        case PlaceKind::home: piece.value = "home"; break;
        default: piece.value = encode_utf8(std::u32string_view(scan_.shown).substr(piece.begin, piece.end - piece.begin)); break;
        }
    }

    [[nodiscard]] char32_t at(std::size_t i) const { return i < text_.size() ? text_[i] : 0; }
    [[nodiscard]] std::u32string_view from(std::size_t i) const { return i < text_.size() ? text_.substr(i) : std::u32string_view{}; }

    [[nodiscard]] std::optional<Numeral> number_at(std::size_t i) const
    {
        if (is_digit(at(i)))
            return read_digits(from(i));
        return is_numeral(at(i)) ? read_numeral(from(i)) : std::nullopt;
    }

    [[nodiscard]] std::uint32_t suffix_end(W cls, std::uint32_t i) const
    {
        std::uint32_t best = 0;
        for (auto const& hit : hits_at(i))
            if (static_cast<W>(hit.cls) == cls)
                best = std::max(best, hit.end);
        return best;
    }

    [[nodiscard]] std::vector<Hit> hits_at(std::uint32_t i) const
    {
        auto const first =
            std::lower_bound(scan_.hits.begin(), scan_.hits.end(), i, [](Hit const& h, std::uint32_t b) { return h.begin < b; });
        std::vector<Hit> here;
        for (auto it = first; it != scan_.hits.end() && it->begin == i; ++it)
            here.push_back(*it);
        return here;
    }

    void push(PlaceKind kind, std::uint32_t begin, std::uint32_t end, std::string value)
    {
        pieces_.push_back({kind, begin, end, 0, std::move(value), false});
    }

    [[nodiscard]] bool follows(std::uint32_t begin, std::initializer_list<PlaceKind> kinds) const
    {
        if (pieces_.empty())
            return false;
        auto const& last = pieces_.back();
        bool const adjacent =
            last.end == begin || (last.end + 1 == begin && (is_space(at(last.end)) || at(last.end) == U'-' || at(last.end) == U','));
        return adjacent && std::find(kinds.begin(), kinds.end(), last.kind) != kinds.end();
    }

    /// Letters of a building or a grid code: A座, G07.
    std::uint32_t letter_piece(std::uint32_t i)
    {
        if (i > 0 && (is_letter(at(i - 1)) || is_digit(at(i - 1))))
            return i;
        if (at(i) == U'g' && is_digit(at(i + 1)) && is_digit(at(i + 2)) && !is_digit(at(i + 3))) {
            push(PlaceKind::grid, i, i + 3, label_of(text_.substr(i, 3)));
            return i + 3;
        }
        if (auto const end = suffix_end(W::building_word, i + 1); end > 0 && !is_letter(at(i + 1))) {
            if (!follows(i, {PlaceKind::building})) // 6栋B座 is building 6
                push(PlaceKind::building, i, end, label_of(text_.substr(i, 1)));
            return end;
        }
        return i;
    }

    /// Everything that begins with a number. Returns the end of what was read, or `i`.
    std::uint32_t number_piece(std::uint32_t i)
    {
        if (is_letter(at(i)))
            return letter_piece(i);
        auto const number = number_at(i);
        if (!number)
            return i;
        auto const end = static_cast<std::uint32_t>(i + number->length);
        bool const inside_word = i > 0 && (is_letter(at(i - 1)) || at(i - 1) == U'.' || at(i - 1) == U'+');
        if (inside_word || at(end) == U'.' || at(end) == U':')
            return skip_number(end);
        auto const value = std::to_string(number->value);
        if (auto const done = dashed(i, end, value))
            return done;
        if (auto const done = suffixed(i, end, value))
            return done;
        if (auto const done = bare(i, end, value))
            return done;
        return end;
    }

    std::uint32_t skip_number(std::uint32_t end) const
    {
        while (is_digit(at(end)) || ((at(end) == U'.' || at(end) == U':') && is_digit(at(end + 1))))
            ++end;
        return end;
    }

    [[nodiscard]] bool is_dash(std::uint32_t i) const { return at(i) == U'-' || at(i) == U'—' || at(i) == U'–' || at(i) == U'#'; }

    /// 3-2-501, 3#2-501, 4-302. A pair needs a room of three or four digits, so that dates and scores stay what they are.
    std::uint32_t dashed(std::uint32_t i, std::uint32_t end, std::string const& value)
    {
        bool const date_before = i > 0 && (is_dash(i - 1) || is_digit(at(i - 1)));
        if (!is_dash(end) || date_before || end - i > 3)
            return 0;
        auto const second = number_at(end + 1);
        if (!second)
            return 0;
        auto const second_end = static_cast<std::uint32_t>(end + 1 + second->length);
        if (is_dash(second_end)) {
            auto const third = number_at(second_end + 1);
            if (third && third->value >= 100 && third->value <= 9999 && second->value < 100) {
                auto const last = static_cast<std::uint32_t>(second_end + 1 + third->length);
                push(PlaceKind::building, i, end, value);
                push(PlaceKind::unit, end + 1, second_end, std::to_string(second->value));
                push(PlaceKind::room, second_end + 1, last, std::to_string(third->value));
                return room_end(last);
            }
            return 0;
        }
        bool const room = second->value >= 100 && second->value <= 9999 && second->length >= 3;
        bool const unit_before = follows(i, {PlaceKind::building});
        if (!room || (is_digit(at(second_end)) || is_dash(second_end)))
            return 0;
        push(unit_before ? PlaceKind::unit : PlaceKind::building, i, end, value);
        push(PlaceKind::room, end + 1, second_end, std::to_string(second->value));
        return room_end(second_end);
    }

    [[nodiscard]] std::uint32_t room_end(std::uint32_t end) const
    {
        auto const suffix = suffix_end(W::room_word, end);
        return suffix > 0 ? suffix : end;
    }

    /// Joined buildings: 3、4栋; 3和4号楼. `end` is the end of the first number.
    std::uint32_t joined_buildings(std::uint32_t i, std::uint32_t end, std::string const& value)
    {
        char32_t const joint = at(end);
        if (joint != U'、' && joint != U'和' && joint != U'跟' && joint != U'与' && joint != U'到' && joint != U'至' && joint != U'及')
            return 0;
        auto const second = number_at(end + 1);
        if (!second)
            return 0;
        auto const second_end = static_cast<std::uint32_t>(end + 1 + second->length);
        if (suffix_end(W::building_word, second_end) == 0)
            return 0;
        push(PlaceKind::building, i, end, value);
        return end + 1;
    }

    std::uint32_t suffixed(std::uint32_t i, std::uint32_t end, std::string const& value)
    {
        if (auto const done = suffix_end(W::building_word, end)) {
            if (at(end) == U'#' && is_digit(at(done)) && !number_at(done))
                return 0;
            push(PlaceKind::building, i, done, value);
            return done;
        }
        if (auto const done = suffix_end(W::unit_word, end)) {
            push(PlaceKind::unit, i, done, value);
            return done;
        }
        if (auto const done = suffix_end(W::grid_word, end)) {
            push(PlaceKind::grid, i, done, value);
            return done;
        }
        if (at(end) == U'室' && value.size() >= 3) {
            push(PlaceKind::room, i, end + 1, value);
            return end + 1;
        }
        if ((at(end) == U'楼' || at(end) == U'层') && is_floor(i, end)) {
            push(PlaceKind::floor, i, end + 1, value);
            return end + 1;
        }
        return joined_buildings(i, end, value);
    }

    [[nodiscard]] bool is_floor(std::uint32_t i, std::uint32_t end) const
    {
        auto const number = number_at(i);
        if (!number || number->value < 1 || number->value > 60)
            return false;
        bool const thing = at(end) == U'层' && number->value <= 3 && !is_digit(at(i)); // 一层灰 is no floor
        bool const floor_of_place = end + 1 >= text_.size() || is_mark(at(end + 1)) || at(end + 1) == U'的' || at(end + 1) == U'楼';
        return !thing || floor_of_place || follows(i, {PlaceKind::building, PlaceKind::unit});
    }

    /// Where a word of `cls` begins that ends at `i`; `i` when none does.
    [[nodiscard]] std::uint32_t begin_of(W cls, std::uint32_t i) const
    {
        constexpr std::uint32_t kLongest = 2;
        for (auto begin = i - std::min(i, kLongest); begin < i; ++begin)
            for (auto const& hit : hits_at(begin))
                if (static_cast<W>(hit.cls) == cls && hit.end == i)
                    return begin;
        return i;
    }

    /// Where the name of a road begins that ends at `i` and that the gazetteer does not have (人民路, 解放东路, 滨江大道): two characters
    /// before its end. `i` when there is none.
    [[nodiscard]] std::uint32_t unknown_road(std::uint32_t i) const
    {
        constexpr std::uint32_t kName = 2;
        auto const end = begin_of(W::road_word, i);
        auto const part = begin_of(W::road_part, end);
        if (end == i || part < kName || begin_of(W::no_road_name, end) < end)
            return i;
        auto const begin = part - kName;
        bool const han = std::all_of(text_.begin() + begin, text_.begin() + i, [](char32_t c) { return is_han(c); });
        return han && (pieces_.empty() || pieces_.back().end <= begin) ? begin : i;
    }

    /// Numbers that get their meaning from the piece before them.
    std::uint32_t bare(std::uint32_t i, std::uint32_t end, std::string const& value)
    {
        bool const hao = at(end) == U'号';
        if (auto const begin = hao ? unknown_road(i) : i; begin < i)
            push(PlaceKind::road, begin, i, encode_utf8(std::u32string_view(scan_.shown).substr(begin, i - begin)));
        if (hao && follows(i, {PlaceKind::road})) {
            push(PlaceKind::road_no, i, end + 1, value);
            return end + 1;
        }
        if (hao && follows(i, {PlaceKind::hamlet, PlaceKind::village, PlaceKind::site})) {
            push(PlaceKind::house_no, i, end + 1, value);
            return end + 1;
        }
        bool const room_size = value.size() == 3 || value.size() == 4;
        if (room_size && follows(i, {PlaceKind::building, PlaceKind::unit, PlaceKind::floor})) {
            auto const suffix = suffix_end(W::room_word, end);
            bool const unit_of_measure = suffix == 0 && is_han(at(end)) && suffix_end(W::not_ref_after, end) > 0;
            if (!unit_of_measure) {
                push(PlaceKind::room, i, end, value);
                return suffix > 0 ? suffix : end;
            }
        }
        return 0;
    }

    std::u32string_view text_;
    Scan const& scan_;
    PlaceIndex const& places_;
    std::vector<PlacePiece> names_;
    std::vector<PlacePiece> pieces_;
};

} // namespace

PlaceIndex::PlaceIndex(Gazetteer names) : gazetteer(std::move(names))
{
    for (std::size_t i = 0; i < gazetteer.estates.size(); ++i)
        add_names(automaton, PlaceKind::estate, i, gazetteer.estates[i].name, gazetteer.estates[i].aliases);
    for (std::size_t i = 0; i < gazetteer.roads.size(); ++i)
        add_names(automaton, PlaceKind::road, i, gazetteer.roads[i].name, {});
    for (std::size_t i = 0; i < gazetteer.villages.size(); ++i)
        add_names(automaton, PlaceKind::village, i, gazetteer.villages[i].name, {});
    for (std::size_t i = 0; i < gazetteer.hamlets.size(); ++i)
        add_names(automaton, PlaceKind::hamlet, i, gazetteer.hamlets[i].name, gazetteer.hamlets[i].aliases);
    for (std::size_t i = 0; i < gazetteer.sites.size(); ++i)
        add_names(automaton, PlaceKind::site, i, gazetteer.sites[i].name, gazetteer.sites[i].aliases);
    for (std::size_t i = 0; i < gazetteer.grids.size(); ++i) {
        auto const& grid = gazetteer.grids[i];
        bool const ordinal = grid.name.find("第") != std::string::npos; // 江南水都第二网格: an estate and grid 2, told apart later
        add_names(automaton, PlaceKind::grid_name, i, ordinal ? std::string{} : grid.name, grid.aliases);
    }
    for (std::size_t i = 0; i < gazetteer.landmarks.size(); ++i)
        add_names(automaton, PlaceKind::landmark, i, gazetteer.landmarks[i], {});
    for (std::size_t i = 0; i < gazetteer.departments.size(); ++i)
        add_names(automaton, PlaceKind::department, i, gazetteer.departments[i].name, gazetteer.departments[i].aliases);
    for (std::size_t i = 0; i < gazetteer.goods.size(); ++i)
        add_names(automaton, PlaceKind::goods, i, gazetteer.goods[i].name, gazetteer.goods[i].synonyms);
    automaton.finish();
    for (auto const& name : gazetteer.bot_names)
        bot_names.push_back(match_form(name));
}

std::vector<PlacePiece> find_pieces(Scan const& scan, PlaceIndex const& places)
{
    return PieceFinder(scan, places).find();
}

} // namespace commands::reader
