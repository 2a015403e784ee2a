#include "storage/verify.hpp"

#include "storage/store.hpp"

namespace storage {
namespace {

std::optional<std::string> outcome(DerivedCheck const& check, Database& db)
{
    try {
        return check.run(db);
    } catch (std::exception const& error) { // also of contents that no longer have their form
        return std::string("查不下去：") + error.what();
    }
}

} // namespace

BooksReport verify_books(Database& db, std::vector<DerivedCheck> const& checks)
{
    BooksReport report;
    if (auto const damage = db.damage(); !damage.empty())
        report.faults.push_back("数据库文件已损坏：" + damage);
    report.ledger = verify_ledger(db);
    if (!report.ledger.ok())
        report.faults.push_back(report.ledger.fault);
    for (auto const& check : checks)
        if (auto const difference = outcome(check, db))
            report.faults.push_back(check.name + "：" + *difference);
    return report;
}

} // namespace storage
