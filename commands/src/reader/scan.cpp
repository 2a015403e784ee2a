#include "reader/scan.hpp"

#include "commands/reader/reader.hpp"
#include "reader/hygiene_cells.hpp"
#include "reader/repair.hpp"
#include "reader/unicode.hpp"

#include <algorithm>

namespace commands::reader {

namespace {

char32_t match_char(char32_t c)
{
    if (c >= U'A' && c <= U'Z')
        return c + 0x20;
    return c < 0x80 ? c : simplified(c);
}

/// Takes "@bot" out of the text and notes whether somebody else is addressed.
void take_mentions(Cells& cells, std::vector<std::u32string> const& bot_names, Scan& scan)
{
    for (std::size_t at = cells.clean.find(U'@'); at != std::u32string::npos; at = cells.clean.find(U'@', at + 1)) {
        std::size_t length = 0;
        for (auto const& name : bot_names) {
            std::u32string here = cells.clean.substr(at + 1, name.size());
            std::transform(here.begin(), here.end(), here.begin(), match_char);
            if (here == name)
                length = std::max(length, name.size() + 1);
        }
        if (length == 0) {
            bool const mail = at > 0 && (is_letter(cells.clean[at - 1]) || is_digit(cells.clean[at - 1]));
            scan.mentions_other = scan.mentions_other || !mail;
            continue;
        }
        scan.mentions_bot = true;
        cells.clean.replace(at, length, 1, U' ');
        cells.shown.replace(at, length, 1, U' ');
    }
}

/// The command word that ends at `end` goes on as another word (记分员, 兑换码), and no word of its own begins there (举报员工, 上报栏杆).
bool goes_on(Scan const& scan, LexiconData const& lexicon, std::uint32_t end)
{
    std::uint32_t part = 0, word = 0;
    for (auto it = first_from(scan.hits, end); it != scan.hits.end() && it->begin == end; ++it) {
        bool const bound = static_cast<W>(it->cls) == W::bound_after && lexicon.value_name(*it) == "part";
        (bound ? part : word) = std::max(bound ? part : word, it->end);
    }
    return part != 0 && part >= word;
}

/// What may follow a command word is a mark, a number, a place or a word of its own.
void drop_bound_keywords(Scan& scan, LexiconData const& lexicon)
{
    std::vector<Span> bound;
    for (auto const& hit : scan.hits)
        if (static_cast<W>(hit.cls) == W::keyword && goes_on(scan, lexicon, hit.end))
            bound.push_back({hit.begin, hit.end});
    if (bound.empty())
        return;
    std::erase_if(scan.hits, [&](Hit const& hit) {
        return std::any_of(bound.begin(), bound.end(), [&](Span s) { return hit.begin >= s.begin && hit.end <= s.end; });
    });
}

void find_words(Scan& scan, LexiconData const& lexicon)
{
    lexicon.automaton.scan(scan.match, [&](std::uint32_t payload, std::uint32_t begin, std::uint32_t end) {
        scan.hits.push_back({static_cast<ClassId>(payload >> 16), static_cast<std::uint16_t>(payload & 0xFFFF), begin, end});
    });
    std::sort(scan.hits.begin(), scan.hits.end(), [](Hit const& a, Hit const& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end > b.end : a.cls != b.cls ? a.cls < b.cls : a.value < b.value;
    });
    // A word inside a word of another meaning (上报 in 上报纸) is not there.
    std::uint32_t shadow_begin = 0, shadow_end = 0;
    std::erase_if(scan.hits, [&](Hit const& hit) {
        if (static_cast<W>(hit.cls) == W::shadow) {
            if (hit.end > shadow_end) {
                shadow_begin = hit.begin;
                shadow_end = hit.end;
                scan.shadows.push_back({hit.begin, hit.end});
            }
            return true;
        }
        bool const same = hit.begin == shadow_begin && hit.end == shadow_end;
        return hit.begin >= shadow_begin && hit.end <= shadow_end && !same;
    });
    drop_bound_keywords(scan, lexicon);
    for (auto const& hit : scan.hits)
        scan.classes.set(std::min<std::size_t>(hit.cls, kMostClasses - 1));
    scan.work += scan.match.size() + scan.hits.size();
}

/// Numbers inside an address are no references.
void mark_places(Scan& scan)
{
    std::size_t p = 0;
    for (auto& n : scan.numbers) {
        while (p < scan.pieces.size() && scan.pieces[p].end <= n.span.begin)
            ++p;
        if (p < scan.pieces.size() && scan.pieces[p].begin <= n.span.begin && scan.pieces[p].kind >= PlaceKind::building)
            n.measure = true;
    }
}

void analyse(Scan& scan, LexiconData const& lexicon, PlaceIndex const& places)
{
    find_words(scan, lexicon);
    scan.pieces = find_pieces(scan, places);
    find_numbers(scan);
    mark_places(scan);
    auto place = place_of(scan, places, 0, static_cast<std::uint32_t>(scan.match.size()));
    scan.address = std::move(place.address);
    scan.impossible_place = place.impossible;
    classify(scan, lexicon);
    scan.work += scan.pieces.size() + scan.numbers.size();
}

} // namespace

std::u32string match_form(std::string_view utf8)
{
    auto cells = clean_cells(utf8, std::string_view::npos);
    std::transform(cells.clean.begin(), cells.clean.end(), cells.clean.begin(), match_char);
    return std::move(cells.clean);
}

bool has_hit(Scan const& scan, ClassId cls)
{
    return scan.classes.test(std::min<std::size_t>(cls, kMostClasses - 1));
}

std::vector<Hit>::const_iterator first_from(std::vector<Hit> const& hits, std::uint32_t begin)
{
    return std::lower_bound(hits.begin(), hits.end(), begin, [](Hit const& h, std::uint32_t p) { return h.begin < p; });
}

std::shared_ptr<Scan const> scan_text(std::string_view text, LexiconData const& lexicon, PlaceIndex const& places, Sounds const& sounds)
{
    auto scan = std::make_shared<Scan>();
    auto cells = clean_cells(text, kReadLimitBytes);
    scan->truncated = text.size() > kReadLimitBytes;
    scan->damaged = cells.damaged;
    take_mentions(cells, places.bot_names, *scan);
    while (!cells.clean.empty() && is_space(cells.clean.back()))
        cells.pop();
    scan->shown = std::move(cells.shown);
    scan->match = std::move(cells.clean);
    std::transform(scan->match.begin(), scan->match.end(), scan->match.begin(), match_char);
    analyse(*scan, lexicon, places);
    if (auto const mended = repaired_text(*scan, sounds)) {
        auto again = std::make_shared<Scan>();
        again->match = *mended;
        again->shown = scan->shown;
        again->mentions_bot = scan->mentions_bot;
        again->mentions_other = scan->mentions_other;
        analyse(*again, lexicon, places);
        scan->work += again->work;
        scan->repaired = std::move(again);
    }
    return scan;
}

} // namespace commands::reader
