#include "commands/world.hpp"

#include "governance/five_talks.hpp"
#include "governance/report.hpp"
#include "governance/workflow/check.hpp"
#include "storage/definition_file.hpp"
#include "storage/definitions.hpp"
#include "storage/district.hpp"
#include "storage/points.hpp"
#include "storage/rule_files.hpp"

#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace commands {
namespace {

namespace workflow = governance::workflow;

std::string slurp(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error(file.string() + ": cannot be read");
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// The district's own table where it brought one, else the program's.
std::string district_or(storage::Database& db, std::string_view name, std::filesystem::path const& fallback)
{
    auto text = storage::district_file(db, name);
    return text.empty() ? slurp(fallback) : text;
}

workflow::Vocabulary vocabulary(std::string const& id, World const& world)
{
    auto words = id == "report"         ? governance::report_vocabulary()
                 : id == "points_entry" ? governance::points_vocabulary()
                                        : governance::five_talks_vocabulary();
    for (auto const& [notice, definition] : world.wording.catalogue())
        words.notices.insert(notice);
    for (auto const& [word, roles] : world.permissions.actors)
        words.actors.insert(word);
    return words;
}

void add_definition(World& world, workflow::Definition definition, std::string const& file)
{
    auto const problems = workflow::check(definition, vocabulary(definition.id, world));
    if (!problems.empty())
        throw std::runtime_error(file + ":" + std::to_string(problems.front().line) + ": " + problems.front().where + ": " +
                                 problems.front().what);
    world.definitions.add(std::move(definition));
}

/// Loads every procedure file and keeps its text in the store; versions that only the store still has come from there.
void load_definitions(storage::Database& db, World& world, WorldOptions const& options, governance::Instant now)
{
    storage::Definitions kept{db};
    std::set<std::string> seen;
    for (auto const& entry : std::filesystem::directory_iterator(options.data_dir / "procedures")) {
        if (entry.path().extension() != ".toml")
            continue;
        auto const file = entry.path().string();
        auto const text = slurp(entry.path());
        auto definition = storage::parse_definition(text, file);
        auto const key = definition.id + "@" + std::to_string(definition.version);
        if (!seen.insert(key).second)
            throw std::runtime_error(file + ": another file holds " + key + " too");
        auto const before = kept.latest({}, key);
        if (before && before->text != text)
            throw std::runtime_error(file + ": the text of " + key + " has changed; matters may be running on it: give it a new version");
        add_definition(world, std::move(definition), file);
        if (!before)
            kept.put({}, key, text, now);
    }
    for (auto const& stored : kept.all({}))
        if (stored.id.find('@') != std::string::npos && !seen.contains(stored.id))
            add_definition(world, storage::parse_definition(stored.text, "store:" + stored.id), "store:" + stored.id);
}

governance::LocalDate date_from(std::string const& text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::from_chars(text.data(), text.data() + 4, year);
    std::from_chars(text.data() + 5, text.data() + 7, month);
    std::from_chars(text.data() + 8, text.data() + 10, day);
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

void load_calendar(storage::Database& db, World& world, governance::Zone const& zone)
{
    world.calendar.zone = zone;
    for (auto const& [day, kind] : storage::load_calendar(db)) {
        auto const date = date_from(day);
        (kind == "holiday" ? world.calendar.holidays : world.calendar.shifted_workdays).insert(date);
        // The notice of a year covers all of it.
        world.calendar.known_until = date.year() / std::chrono::December / 31;
    }
}

} // namespace

std::shared_ptr<World const> load_world(storage::Database& db, WorldOptions const& options, governance::Instant now)
{
    auto world = std::make_shared<World>();
    world->district_version = storage::district_version(db);
    world->organisation = storage::load_organisation(db);
    world->permissions = storage::read_permissions(district_or(db, "permissions.json", options.data_dir / "permissions.json"));
    world->wording = Wording{storage::read_notices(district_or(db, "notices.json", options.data_dir / "notices.json")),
                             options.data_dir / "wording.toml"};
    load_calendar(db, *world, options.zone);
    load_definitions(db, *world, options, now);
    world->routing = storage::read_routing(district_or(db, "routing.csv", options.data_dir / "demo" / "routing.csv"));
    world->sla = storage::read_sla(district_or(db, "sla.csv", options.data_dir / "demo" / "sla.csv"));
    world->catalogue = storage::load_catalogue(db);
    auto gazetteer = options.gazetteer(storage::district_file(db, "org.json"), storage::district_file(db, "departments.csv"),
                                       storage::district_file(db, "points_shop.csv"));
    gazetteer.bot_names = options.bot_names;
    world->reader = std::make_unique<reader::Reader const>(reader::load_lexicon(options.lexicon_dir), std::move(gazetteer));
    world->public_url = options.public_url;
    return world;
}

} // namespace commands
