#include "checks/checks.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace storage::checks {
namespace {

using Book = std::map<std::pair<std::string, std::int64_t>, std::int64_t>;

Book of_ledger(Database& db)
{
    Book book;
    auto rows = db.query("SELECT community, payload FROM ledger WHERE kind = 'points_posted' ORDER BY seq");
    while (rows.next()) {
        auto const payload = nlohmann::json::parse(rows.text(1), nullptr, false);
        if (payload.is_object())
            book[{rows.str(0), payload.value("record", std::int64_t{0})}] += payload.value("delta", std::int64_t{0});
    }
    return book;
}

Book of_entries(Database& db)
{
    Book book;
    auto rows = db.query("SELECT community, no, posted FROM points_entry WHERE counted = 1");
    while (rows.next())
        book[{rows.str(0), rows.integer(1)}] = rows.integer(2);
    return book;
}

} // namespace

std::optional<std::string> points(Database& db)
{
    auto ledger = of_ledger(db);
    for (auto const& [key, posted] : of_entries(db)) {
        auto const found = ledger.find(key);
        auto const name = key.first + " 的 P" + std::to_string(key.second);
        if (found == ledger.end())
            return name + " 计了分，账本里没有";
        if (found->second != posted)
            return name + " 记的是 " + std::to_string(posted) + "（百分之一分），账本里是 " + std::to_string(found->second);
        ledger.erase(found);
    }
    if (!ledger.empty())
        return ledger.begin()->first.first + " 的 P" + std::to_string(ledger.begin()->first.second) + " 在账本里，积分手册里没有";
    return std::nullopt;
}

} // namespace storage::checks
