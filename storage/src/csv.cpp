#include "storage/csv.hpp"

namespace storage {
namespace {

/// Splits text into records of cells; `line` of a record is where it begins.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text)
    {
        if (text_.starts_with("\xEF\xBB\xBF"))
            at_ = 3;
    }

    bool record(std::vector<std::string>& cells, std::size_t& line)
    {
        cells.clear();
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'))
            newline();
        if (at_ >= text_.size())
            return false;
        line = line_;
        bool more = true;
        while (more)
            more = cell(cells.emplace_back());
        return true;
    }

    [[nodiscard]] bool open_quote() const { return open_quote_; }

private:
    void newline()
    {
        if (text_[at_] == '\n')
            ++line_;
        ++at_;
    }

    /// Reads one cell; true when another follows in the same record.
    bool cell(std::string& out)
    {
        if (at_ < text_.size() && text_[at_] == '"')
            quoted(out);
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
            out += text_[at_++];
        if (at_ < text_.size() && text_[at_] == ',') {
            ++at_;
            return true;
        }
        return false;
    }

    void quoted(std::string& out)
    {
        ++at_;
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (c == '"') {
                ++at_;
                if (at_ >= text_.size() || text_[at_] != '"')
                    return;
            } else if (c == '\n') {
                ++line_;
            }
            out += c;
            ++at_;
        }
        open_quote_ = true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    bool open_quote_ = false;
};

} // namespace

std::string const& CsvRow::at(std::string_view column) const
{
    static std::string const kEmpty;
    auto const found = cells.find(column);
    return found == cells.end() ? kEmpty : found->second;
}

CsvTable read_csv(std::string_view text)
{
    CsvTable table;
    Scanner scanner{text};
    std::vector<std::string> cells;
    std::size_t line = 0;
    if (!scanner.record(table.columns, line)) {
        table.problems.emplace_back("line 1: no header");
        return table;
    }
    while (scanner.record(cells, line)) {
        if (cells.size() != table.columns.size()) {
            table.problems.push_back("line " + std::to_string(line) + ": " + std::to_string(cells.size()) + " cells where the header has " +
                                     std::to_string(table.columns.size()));
            continue;
        }
        CsvRow row;
        row.line = line;
        for (std::size_t i = 0; i < cells.size(); ++i)
            row.cells.emplace(table.columns[i], std::move(cells[i]));
        table.rows.push_back(std::move(row));
    }
    if (scanner.open_quote())
        table.problems.emplace_back("end of file: a quote is not closed");
    return table;
}

std::string csv_cell(std::string_view value)
{
    if (value.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string{value};
    std::string out = "\"";
    for (char const c : value) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

} // namespace storage
