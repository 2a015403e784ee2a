#pragma once

#include "statement.hpp"

#include <SQLiteCpp/Database.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace storage::sqlite {

enum class Access { read, write, create };

/// One connection to an SQLite file, with its prepared statements. Belongs to one thread at a time.
class Connection final : public Database {
public:
    /// Errors: StoreError.
    Connection(std::filesystem::path const& file, Access access);

    std::int64_t run(std::string_view sql, std::initializer_list<Bind> binds = {}) override;
    Cursor query(std::string_view sql, std::initializer_list<Bind> binds = {}) override;
    void script(std::string_view sql) override;
    bool has_table(std::string_view name) override;
    std::vector<std::string> tables() override;
    std::string damage() override;

    [[nodiscard]] sqlite3* handle() const { return session_.handle; }
    /// True when no transaction is open, also because SQLite rolled it back by itself.
    [[nodiscard]] bool idle() const { return sqlite3_get_autocommit(session_.handle) != 0; }
    /// Takes back statements of cursors left open.
    void close_cursors() noexcept;
    /// Whether anything was written since the last call.
    bool take_changed() { return std::exchange(session_.changed, false); }

private:
    struct Kept {
        std::string sql;
        std::vector<std::unique_ptr<Statement>> copies; ///< more than one when the same SQL is read within its own rows
    };
    Kept& find(std::string_view sql);
    Statement& free_copy(std::string_view sql);

    std::unique_ptr<SQLite::Database> database_;
    Session session_;
    std::unordered_map<std::string_view, std::unique_ptr<Kept>> kept_;
    std::array<Kept*, 256> by_address_{}; ///< literals are found here without hashing their text
};

/// The path of "sqlite:PATH". Errors: StoreError when the URL is of another kind.
std::filesystem::path file_of(std::string_view url);

} // namespace storage::sqlite
