#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A row of a table with a header line: column name -> cell, and the line of the file it began in (1-based).
struct CsvRow {
    std::size_t line = 0;
    std::map<std::string, std::string, std::less<>> cells;
    /// The cell of that column; empty when the column is missing.
    [[nodiscard]] std::string const& at(std::string_view column) const;
};

struct CsvTable {
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;
    std::vector<std::string> problems; ///< "line 12: 3 cells where the header has 5"; rows at fault are left out
};

/// Reads comma-separated text with a header line (RFC 4180: quoted cells, doubled quotes, line breaks inside quotes, optional UTF-8
/// byte-order mark).
CsvTable read_csv(std::string_view text);

/// One cell as it is written into a file: quoted where needed.
std::string csv_cell(std::string_view value);

} // namespace storage
