#include "checks/checks.hpp"
#include "storage/settings.hpp"
#include "storage/verify.hpp"

namespace storage {
namespace {

/// A series behind the ledger would give a number out twice. Source: domain.md 3.1.
std::optional<std::string> numbers_behind_ledger(Database& db)
{
    auto rows = db.query("SELECT l.community, MAX(l.ref_no), MAX(COALESCE(n.last, 0)) FROM ledger l LEFT JOIN numbers n "
                         "ON n.community = l.community AND n.name = $1 WHERE l.ref_no > 0 GROUP BY l.community "
                         "HAVING MAX(l.ref_no) > MAX(COALESCE(n.last, 0)) ORDER BY l.community",
                         {kRefNoSeries});
    if (!rows.next())
        return std::nullopt;
    return rows.str(0) + " 的编号只发到 " + std::to_string(rows.integer(2)) + "，账本里已有 " + std::to_string(rows.integer(1));
}

} // namespace

/// Each repository that keeps totals beside the ledger adds its check here.
std::vector<DerivedCheck> derived_checks()
{
    return {{"编号", numbers_behind_ledger},
            {"积分", checks::points},
            {"选票", checks::ballots},
            {"附议", checks::endorsements},
            {"评议", checks::ratings}};
}

} // namespace storage
