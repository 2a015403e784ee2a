#include "bot/public/reference.hpp"

#include "bot/log.hpp"
#include "storage/district.hpp"
#include "storage/roster.hpp"
#include "storage/rule_files.hpp"

#include <exception>

namespace bot {
namespace {

constexpr std::chrono::seconds kOldestRoll{60};

governance::RoutingTable routing_of(storage::Database& db)
{
    auto const text = storage::district_file(db, "routing.csv");
    if (text.empty())
        return {};
    try {
        return storage::read_routing(text);
    } catch (std::exception const& fault) {
        log(Level::error, "routing_unreadable", {{"error", fault.what()}});
        return {};
    }
}

std::shared_ptr<PublicReference const> load(storage::Database& db, std::int64_t version)
{
    auto reference = std::make_shared<PublicReference>();
    reference->district_version = version;
    reference->as_of = storage::district_file(db, "as_of");
    reference->organisation = storage::load_organisation(db);
    reference->routing = routing_of(db);
    std::vector<std::string> hamlets;
    for (auto const& unit : reference->organisation.units()) {
        if (unit.type != governance::UnitType::hamlet)
            continue;
        hamlets.push_back(unit.name);
        hamlets.insert(hamlets.end(), unit.aliases.begin(), unit.aliases.end());
    }
    reference->redactor = Redactor(storage::all_names(db), hamlets);
    return reference;
}

} // namespace

governance::Unit const* PublicReference::community(std::string_view id) const
{
    auto const* unit = organisation.find(governance::UnitId{std::string(id)});
    using governance::UnitType;
    return unit != nullptr && (unit->type == UnitType::urban_community || unit->type == UnitType::village) ? unit : nullptr;
}

std::string PublicReference::place(governance::UnitId const& unit) const
{
    auto const* found = organisation.find(unit);
    return found == nullptr ? std::string() : found->name;
}

std::shared_ptr<PublicReference const> ReferenceCache::get(storage::Database& db)
{
    auto const version = storage::district_version(db);
    auto const now = std::chrono::steady_clock::now();
    std::lock_guard const lock(mutex_);
    if (!kept_ || kept_->district_version != version || now - loaded_at_ > kOldestRoll) {
        kept_ = load(db, version);
        loaded_at_ = now;
    }
    return kept_;
}

} // namespace bot
