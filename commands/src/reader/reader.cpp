#include "commands/reader/reader.hpp"

#include "reader/places.hpp"
#include "reader/repair.hpp"
#include "reader/rules.hpp"
#include "reader/scan.hpp"

namespace commands::reader {

struct Reader::Tables {
    Tables(Lexicon words, Gazetteer names) : lexicon(std::move(words)), places(std::move(names)), sounds(lexicon.data()) {}
    Lexicon lexicon;
    PlaceIndex places;
    Sounds sounds;
};

Reader::Reader(Lexicon lexicon, Gazetteer gazetteer) : tables_(std::make_unique<Tables const>(std::move(lexicon), std::move(gazetteer))) {}
Reader::~Reader() = default;

std::size_t Prepared::work() const
{
    return scan_->work;
}
std::size_t Prepared::length() const
{
    return scan_->match.size();
}

Prepared Reader::prepare(std::string_view text) const
{
    return Prepared(scan_text(text, tables_->lexicon.data(), tables_->places, tables_->sounds));
}

Result Reader::read(Prepared const& prepared, Context const& context) const
{
    return apply_policy(View(prepared.scan(), context, tables_->lexicon.data(), tables_->places));
}

Address Reader::read_address(std::string_view text) const
{
    return prepare(text).scan().address;
}

} // namespace commands::reader
