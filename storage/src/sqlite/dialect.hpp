#pragma once

#include <string>
#include <string_view>

namespace storage::sqlite {

/// Turns the SQL of a migration into SQLite's: the words of `/* sqlite: ... */` count, and `BIGINT PRIMARY KEY` becomes the row
/// number. See storage/migrations/README.md.
std::string dialect(std::string_view sql);

} // namespace storage::sqlite
