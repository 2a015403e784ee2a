#pragma once

#include "storage/database.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace storage::sqlite {

/// What the statements of a connection share.
struct Session {
    sqlite3* handle = nullptr;
    bool changed = false; ///< something was written since this was last cleared
    int open_cursors = 0;
};

/// A prepared statement, kept by its connection and lent out as the source of one cursor at a time.
class Statement final : public Cursor::Source {
public:
    /// Errors: StoreError when the SQL does not compile.
    Statement(Session& session, std::string_view sql);
    ~Statement();
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;

    /// Runs to the end; returns the rows changed.
    std::int64_t run(std::initializer_list<Bind> binds);
    /// Binds copies and lends the statement out until close().
    void open(std::initializer_list<Bind> binds);
    [[nodiscard]] bool lent() const { return lent_; }

    bool next() override;
    [[nodiscard]] bool null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;
    void close() noexcept override;

private:
    void check_binds(std::size_t given) const;
    void bind(int index, Bind const& value);
    int step();
    [[noreturn]] void fail(int code);
    [[noreturn]] void wrong_type(int column) const;

    Session& session_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<std::size_t> order_; ///< SQLite numbers $n by first appearance: order_[i] is n - 1 of its i-th parameter
    std::size_t parameters_ = 0;     ///< highest n
    std::string copies_;             ///< texts bound by open()
    bool readonly_ = false;
    bool counted_ = false; ///< INSERT, UPDATE, DELETE: SQLite counts its changes
    bool lent_ = false;
    bool done_ = false;
};

} // namespace storage::sqlite
