// How long one small durable transaction takes with nothing else going on: four rows, WAL, synchronous=FULL, in a file next to the one
// that the service uses. Prints one line of JSON.
//   bench_solo_commit FILE COUNT
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

void run(sqlite3* db, std::string const& sql)
{
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        std::cerr << "bench_solo_commit: " << sqlite3_errmsg(db) << '\n';
        std::exit(1);
    }
}

sqlite3_stmt* prepare(sqlite3* db, char const* sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK) {
        std::cerr << "bench_solo_commit: " << sqlite3_errmsg(db) << '\n';
        std::exit(1);
    }
    return statement;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: bench_solo_commit FILE COUNT\n";
        return 2;
    }
    sqlite3* db = nullptr;
    if (sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 1;
    run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, kind BIGINT, text TEXT)");
    auto* const begin = prepare(db, "BEGIN IMMEDIATE");
    auto* const insert = prepare(db, "INSERT INTO row (kind, text) VALUES (?1, ?2)");
    auto* const commit = prepare(db, "COMMIT");
    std::string const text(200, 'x');
    std::vector<double> times;
    // As many before, unmeasured: a write-ahead log that has its size once is what a running service writes into.
    int const count = std::atoi(argv[2]);
    for (int i = -count; i < count; ++i) {
        auto const start = std::chrono::steady_clock::now();
        sqlite3_step(begin);
        sqlite3_reset(begin);
        for (int row = 0; row < 4; ++row) {
            sqlite3_bind_int(insert, 1, row);
            sqlite3_bind_text(insert, 2, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        if (sqlite3_step(commit) != SQLITE_DONE)
            return 1;
        sqlite3_reset(commit);
        if (i >= 0)
            times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    if (!times.empty())
        std::cout << R"({"p50_ms":)" << times[times.size() / 2] << R"(,"p99_ms":)" << times[times.size() * 99 / 100] << "}" << std::endl;
    for (auto* statement : {begin, insert, commit})
        sqlite3_finalize(statement);
    sqlite3_close(db);
}
