#include "statement.hpp"

#include "faults.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace storage::sqlite {
namespace {

std::string_view first_word(std::string_view sql)
{
    auto const begin = std::find_if(sql.begin(), sql.end(), [](unsigned char c) { return std::isspace(c) == 0; });
    auto const end = std::find_if(begin, sql.end(), [](unsigned char c) { return std::isalpha(c) == 0; });
    return {begin, end};
}

/// n - 1 of a parameter named $n.
std::size_t place_of(char const* name, std::string_view sql)
{
    std::size_t number = 0;
    std::string_view const text = name != nullptr ? name : "";
    auto const digits = text.substr(std::min<std::size_t>(1, text.size()));
    auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (text.empty() || text.front() != '$' || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || number == 0)
        throw StoreError(StoreFault::other, "sqlite: parameters are written $1, $2, ...: " + std::string(sql));
    return number - 1;
}

} // namespace

Statement::Statement(Session& session, std::string_view sql) : session_(session)
{
    char const* tail = nullptr;
    int const code =
        sqlite3_prepare_v3(session.handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_, &tail);
    if (code != SQLITE_OK)
        throw error_of(session.handle, sqlite3_extended_errcode(session.handle), sql);
    if (statement_ == nullptr)
        throw StoreError(StoreFault::other, "sqlite: empty statement");
    try {
        for (int i = 1; i <= sqlite3_bind_parameter_count(statement_); ++i) {
            order_.push_back(place_of(sqlite3_bind_parameter_name(statement_, i), sql));
            parameters_ = std::max(parameters_, order_.back() + 1);
        }
    } catch (...) {
        sqlite3_finalize(statement_);
        throw;
    }
    readonly_ = sqlite3_stmt_readonly(statement_) != 0;
    auto const word = first_word(sql);
    counted_ = word == "INSERT" || word == "UPDATE" || word == "DELETE";
}

Statement::~Statement()
{
    sqlite3_finalize(statement_);
}

std::int64_t Statement::run(std::initializer_list<Bind> binds)
{
    check_binds(binds.size());
    for (std::size_t i = 0; i < order_.size(); ++i)
        bind(static_cast<int>(i) + 1, binds.begin()[order_[i]]);
    int code = step();
    while (code == SQLITE_ROW)
        code = step();
    if (code != SQLITE_DONE)
        fail(code);
    std::int64_t const changes = counted_ ? sqlite3_changes64(session_.handle) : 0;
    sqlite3_reset(statement_);
    return changes;
}

void Statement::open(std::initializer_list<Bind> binds)
{
    check_binds(binds.size());
    std::size_t length = 0;
    for (Bind const& value : binds)
        if (auto const* text = std::get_if<std::string_view>(&value))
            length += text->size();
    copies_.clear();
    copies_.reserve(length); // so that what is bound below never moves
    for (std::size_t i = 0; i < order_.size(); ++i) {
        Bind value = binds.begin()[order_[i]];
        if (auto* text = std::get_if<std::string_view>(&value)) {
            auto const at = copies_.size();
            copies_ += *text;
            *text = std::string_view(copies_).substr(at);
        }
        bind(static_cast<int>(i) + 1, value);
    }
    lent_ = true;
    done_ = false;
    ++session_.open_cursors;
}

bool Statement::next()
{
    if (done_ || !lent_)
        return false;
    int const code = step();
    if (code == SQLITE_ROW)
        return true;
    done_ = true;
    if (code != SQLITE_DONE)
        fail(code);
    sqlite3_reset(statement_); // ends the read here, not when the cursor's scope ends
    return false;
}

bool Statement::null(int column) const
{
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    int const type = sqlite3_column_type(statement_, column);
    if (type != SQLITE_INTEGER && type != SQLITE_NULL)
        wrong_type(column);
    return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const
{
    int const type = sqlite3_column_type(statement_, column);
    if (type == SQLITE_NULL)
        return {};
    if (type != SQLITE_TEXT)
        wrong_type(column);
    auto const* data = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::close() noexcept
{
    if (!lent_)
        return;
    sqlite3_reset(statement_);
    lent_ = false;
    --session_.open_cursors;
}

void Statement::check_binds(std::size_t given) const
{
    if (given != parameters_)
        throw StoreError(StoreFault::other, "sqlite: " + std::to_string(given) + " values for " + std::to_string(parameters_) +
                                                " parameters in: " + sqlite3_sql(statement_));
}

void Statement::bind(int index, Bind const& value)
{
    int code = SQLITE_OK;
    if (auto const* number = std::get_if<std::int64_t>(&value))
        code = sqlite3_bind_int64(statement_, index, *number);
    else if (auto const* text = std::get_if<std::string_view>(&value)) // no data pointer would be taken for null
        code =
            sqlite3_bind_text64(statement_, index, text->data() != nullptr ? text->data() : "", text->size(), SQLITE_STATIC, SQLITE_UTF8);
    else
        code = sqlite3_bind_null(statement_, index);
    if (code != SQLITE_OK)
        fail(code);
}

int Statement::step()
{
    if (readonly_)
        return sqlite3_step(statement_);
    auto const before = sqlite3_total_changes64(session_.handle);
    int const code = sqlite3_step(statement_);
    // A row of RETURNING tells of a change that SQLite counts only when the statement ends, which a cursor may leave to its reset.
    if (!counted_ || code == SQLITE_ROW || sqlite3_total_changes64(session_.handle) != before)
        session_.changed = true;
    return code;
}

void Statement::fail(int code)
{
    auto const error = error_of(session_.handle, code, sqlite3_sql(statement_));
    sqlite3_reset(statement_);
    throw error;
}

void Statement::wrong_type(int column) const
{
    throw StoreError(StoreFault::corrupt, "sqlite: column " + std::to_string(column) +
                                              " has a value of another type in: " + std::string(sqlite3_sql(statement_)).substr(0, 80));
}

} // namespace storage::sqlite
