#include "bot/parse_parts.hpp"

#include "bot/gazetteer_files.hpp"
#include "bot/parse_lines.hpp"
#include "commands/reader/reader.hpp"
#include "storage/district.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace bot {
namespace {

namespace reader = commands::reader;

std::string content(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Names and permissions of the imported district; empty texts where nothing was imported.
struct DistrictTexts {
    std::string org, departments, goods, permissions;
};

DistrictTexts texts_of(storage::Store& store)
{
    DistrictTexts texts;
    store.read_now([&](storage::Database& db) {
        texts = {storage::district_file(db, "org.json"), storage::district_file(db, "departments.csv"),
                 storage::district_file(db, "points_shop.csv"), storage::district_file(db, "permissions.json")};
    });
    return texts;
}

/// The argument that decides which action an intent needs, where one does.
std::string deciding_argument(reader::Reading const& reading)
{
    switch (reading.intent) {
    case reader::Intent::stage_advance: return std::string{reading.args.text("to_stage")};
    case reader::Intent::case_action: return std::string{reading.args.text("action")};
    case reader::Intent::whistle_blow: {
        auto const level = reading.args.text("level");
        return level.empty() ? "work" : std::string{level};
    }
    default: return {};
    }
}

bool allowed(governance::PermissionMatrix const& permissions, std::string const& role, reader::Reading const& reading)
{
    auto const needed = permissions.needed(name_of(reading.intent), deciding_argument(reading));
    if (needed.empty())
        return true;
    if (role == "unbound" && reading.intent == reader::Intent::report_create)
        return reading.args.text("urgency") == "critical";
    return std::any_of(needed.begin(), needed.end(), [&](auto const& action) { return permissions.role_may(role, action); });
}

} // namespace

int parse_utterances(std::istream& in, std::ostream& out, storage::Store* store, Setting const& setting)
{
    auto texts = store == nullptr ? DistrictTexts{} : texts_of(*store);
    auto gazetteer = texts.org.empty() ? gazetteer_from_folder(setting.files.data / "demo")
                                       : gazetteer_from_texts(texts.org, texts.departments, texts.goods);
    gazetteer.bot_names = setting.config.bot_names;
    if (texts.permissions.empty())
        texts.permissions = content(setting.files.data / "permissions.json");
    auto const permissions = storage::read_permissions(texts.permissions);
    reader::Reader const language{reader::load_lexicon(setting.files.lexicon), std::move(gazetteer)};
    auto const faults =
        parse_lines(in, out, language, [&](auto const& role, auto const& reading) { return allowed(permissions, role, reading); });
    return faults == 0 ? 0 : 1;
}

} // namespace bot
