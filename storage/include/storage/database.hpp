#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The narrow view of a database that repositories are written against, in SQL that SQLite and PostgreSQL both speak:
/// `$1` parameters, `INSERT ... ON CONFLICT`, `RETURNING`, row values, BIGINT and TEXT columns only. Aggregates are cast:
/// `CAST(SUM(x) AS BIGINT)`.
namespace storage {

/// A parameter. Text must be UTF-8; bytes that are not text are stored in hexadecimal or base64.
using Bind = std::variant<std::nullptr_t, std::int64_t, std::string_view>;

/// Rows of a running query. Texts are valid until the next call of next(). A cursor ends with the unit of work it was opened in.
class Cursor {
public:
    /// What a driver supplies. It stays the driver's: a cursor only hands it back.
    class Source {
    public:
        virtual bool next() = 0;
        virtual bool null(int column) const = 0;
        virtual std::int64_t integer(int column) const = 0;
        virtual std::string_view text(int column) const = 0;
        virtual void close() noexcept = 0;

    protected:
        ~Source() = default;
    };

    explicit Cursor(Source& source) : source_(&source) {}
    /// Moves to the next row; false at the end.
    bool next() { return source_->next(); }
    [[nodiscard]] bool null(int column) const { return source_->null(column); }
    /// 0 when null. Errors: StoreFault::corrupt when the value is no integer.
    [[nodiscard]] std::int64_t integer(int column) const { return source_->integer(column); }
    /// Empty when null. Errors: StoreFault::corrupt when the value is no text.
    [[nodiscard]] std::string_view text(int column) const { return source_->text(column); }
    [[nodiscard]] std::string str(int column) const { return std::string(source_->text(column)); }
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const
    {
        return null(column) ? std::nullopt : std::optional(integer(column));
    }

private:
    struct HandBack {
        void operator()(Source* source) const noexcept { source->close(); }
    };
    std::unique_ptr<Source, HandBack> source_;
};

/// One connection, used by one thread at a time. Errors of the store come as StoreError.
class Database {
public:
    virtual ~Database() = default;
    /// Runs a statement and returns the number of rows changed. Statements are prepared once per connection and kept, found
    /// again quickest when `sql` is a literal.
    virtual std::int64_t run(std::string_view sql, std::initializer_list<Bind> binds = {}) = 0;
    /// Starts a query, also of a statement with RETURNING. The binds are copied. The statement runs at the first next().
    virtual Cursor query(std::string_view sql, std::initializer_list<Bind> binds = {}) = 0;
    /// Runs several statements without parameters, as a migration holds them (storage/migrations/README.md).
    virtual void script(std::string_view sql) = 0;
    virtual bool has_table(std::string_view name) = 0;
    /// Names of all tables, in order.
    virtual std::vector<std::string> tables() = 0;
    /// The driver's own check of its files: the first damage found, empty when there is none. Slow.
    virtual std::string damage() = 0;
};

} // namespace storage
