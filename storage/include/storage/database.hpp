#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// The narrow view of a database that repositories are written against, in SQL that SQLite and PostgreSQL both speak:
/// `$1` parameters, `INSERT ... ON CONFLICT`, `RETURNING`, BIGINT and TEXT columns only.
namespace storage {

/// A parameter. Text must be UTF-8; bytes that are not text are stored in hexadecimal or base64.
using Bind = std::variant<std::nullptr_t, std::int64_t, std::string_view>;

/// Rows of a running query. Values are valid until the next call of next(); a cursor must not outlive its Database, and the same
/// SQL must not be queried again on the same Database while a cursor over it is open.
class Cursor {
public:
    class Source {
    public:
        virtual ~Source() = default;
        virtual bool next() = 0;
        virtual bool null(int column) const = 0;
        virtual std::int64_t integer(int column) const = 0;
        virtual std::string_view text(int column) const = 0;
    };

    explicit Cursor(std::unique_ptr<Source> source) : source_(std::move(source)) {}
    /// Moves to the next row; false at the end.
    bool next() { return source_->next(); }
    [[nodiscard]] bool null(int column) const { return source_->null(column); }
    /// 0 when null.
    [[nodiscard]] std::int64_t integer(int column) const { return source_->integer(column); }
    /// Empty when null.
    [[nodiscard]] std::string_view text(int column) const { return source_->text(column); }
    [[nodiscard]] std::string str(int column) const { return std::string(source_->text(column)); }
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const
    {
        return null(column) ? std::nullopt : std::optional(integer(column));
    }

private:
    std::unique_ptr<Source> source_;
};

/// One connection, used by one thread at a time. Errors of the store come as StoreError.
class Database {
public:
    virtual ~Database() = default;
    /// Runs a statement and returns the number of rows changed. Statements are prepared once per connection and kept.
    virtual std::int64_t run(std::string_view sql, std::initializer_list<Bind> binds = {}) = 0;
    /// Starts a query. The binds are copied.
    virtual Cursor query(std::string_view sql, std::initializer_list<Bind> binds = {}) = 0;
    /// Runs several statements without parameters, as a migration holds them.
    virtual void script(std::string_view sql) = 0;
};

} // namespace storage
