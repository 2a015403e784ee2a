#include "commands.hpp"

#include "../store_start.hpp"

#include "bot/procedure_clock.hpp"
#include "bot/zone.hpp"
#include "storage/csv.hpp"
#include "storage/district.hpp"
#include "storage/export.hpp"
#include "storage/migrations.hpp"
#include "storage/points.hpp"

#include <nlohmann/json.hpp>
#include <xlsxwriter.h>

#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

namespace bot::cli {
namespace {

constexpr std::uintmax_t kLargestFile = 64U << 20U;

/// Reads a file to import; empty with a message when that is not possible.
std::optional<std::string> content(std::string const& file)
{
    std::error_code error;
    auto const size = std::filesystem::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in) {
        std::cerr << file << ": cannot be read\n";
        return std::nullopt;
    }
    if (size > kLargestFile) {
        std::cerr << file << ": larger than 64 MiB\n";
        return std::nullopt;
    }
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

using Import = std::function<std::vector<std::string>(storage::Database&, std::string_view)>;

int import_file(Config const& config, std::string const& file, Import const& import)
{
    auto const text = content(file);
    if (!text)
        return 1;
    auto const store = open_configured_store(config, true);
    migrate_store(*store);
    std::vector<std::string> problems;
    store->write_now([&](storage::Database& db) { problems = import(db, *text); });
    for (auto const& problem : problems)
        std::cerr << file << ": " << problem << "\n";
    if (!problems.empty()) {
        std::cerr << "没有导入：请改好以上 " << problems.size() << " 处再试\n";
        return 1;
    }
    std::cout << "已导入 " << file << "\n";
    return 0;
}

void write_csv(std::ostream& out, storage::ExportTable const& table)
{
    auto line = [&](std::vector<std::string> const& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            out << (i == 0 ? "" : ",") << storage::csv_cell(cells[i]);
        out << "\r\n";
    };
    out << "\xEF\xBB\xBF"; // spreadsheet programs take the file for UTF-8 only with the mark
    line(table.columns);
    for (auto const& row : table.rows)
        line(row);
}

void write_json(std::ostream& out, storage::ExportTable const& table)
{
    auto rows = nlohmann::ordered_json::array();
    for (auto const& row : table.rows) {
        auto& object = rows.emplace_back(nlohmann::ordered_json::object());
        for (std::size_t i = 0; i < row.size(); ++i)
            object[table.columns[i]] = row[i];
    }
    out << rows.dump(1) << "\n";
}

bool write_xlsx(std::string const& file, storage::ExportTable const& table)
{
    auto* book = workbook_new(file.c_str());
    auto* sheet = workbook_add_worksheet(book, nullptr);
    auto line = [&](std::size_t at, std::vector<std::string> const& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            worksheet_write_string(sheet, static_cast<lxw_row_t>(at), static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr);
    };
    line(0, table.columns);
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        line(i + 1, table.rows[i]);
    return workbook_close(book) == LXW_NO_ERROR;
}

} // namespace

int import_roll(Config const& config, std::string const& file)
{
    return import_file(config, file, storage::import_roll);
}

int import_catalogue(Config const& config, std::string const& file)
{
    auto const zone = system_zone(config.zone);
    return import_file(config, file, [&](storage::Database& db, std::string_view csv) {
        auto const now = ProcedureClock::machine_time() + ProcedureClock::stored(db).value_or(std::chrono::microseconds{0});
        return storage::import_catalogue(db, csv, governance::next_quarter(zone, now));
    });
}

int export_data(Config const& config, ExportOptions const& options)
{
    if (options.format == "xlsx" && options.out.empty()) {
        std::cerr << "export: --format xlsx needs --out FILE\n";
        return 2;
    }
    auto const store = open_configured_store(config, false);
    std::optional<storage::ExportTable> table;
    store->read_now([&](storage::Database& db) {
        storage::require_schema(db);
        table = storage::export_table(db, options.what, governance::CommunityId{options.community});
    });
    if (!table)
        return not_in_this_build("export " + options.what);
    if (options.format == "xlsx") {
        if (write_xlsx(options.out, *table))
            return 0;
        std::cerr << options.out << ": cannot be written\n";
        return 1;
    }
    std::ofstream file;
    if (!options.out.empty())
        file.open(options.out, std::ios::binary | std::ios::trunc);
    std::ostream& out = options.out.empty() ? std::cout : file;
    if (options.format == "json")
        write_json(out, *table);
    else
        write_csv(out, *table);
    out.flush();
    if (!out) {
        std::cerr << (options.out.empty() ? "standard output" : options.out) << ": cannot be written\n";
        return 1;
    }
    return 0;
}

} // namespace bot::cli
